// The door of the room: faces and voices of an opened item.
export { FACE_EMBEDDING_MODELS, FACE_MODELS, type FindFacesOptions, findFaces } from './faces.ts';
