// The door of the room: likeness to a case's people, and what may stand for one.
export { embeddingNetworks } from '../inference/registry.ts';
export { assessFaceSample, assessVoiceSample } from './enrolment.ts';
export { faceLikeness } from './face-likeness.ts';
export { limitsFor } from './person-limits.ts';
export { type Appearance, type Groups, groupPersons, type Limits } from './persons.ts';
export { bestComparable, GATES, whyNotGrouped } from './quality.ts';
export { voiceLikeness } from './voice-likeness.ts';
