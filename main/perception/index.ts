// The door of the room: faces and voices of an opened item.
export { FACE_MODELS, type FindFacesOptions, facesIn, findFaces } from './faces.ts';
export { landmarksOf } from './landmarks.ts';
export { type FindVoicesOptions, findVoices } from './voices.ts';
