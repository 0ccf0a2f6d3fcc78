// The door of the room: likeness to a case's people, and what may stand for one.
export { assessFaceSample, assessVoiceSample } from './enrolment.ts';
export { faceLikeness } from './face-likeness.ts';
export { bestComparable } from './quality.ts';
export { voiceLikeness } from './voice-likeness.ts';
