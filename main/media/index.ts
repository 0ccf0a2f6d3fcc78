/** The room's face: what other rooms may use of media. */
export { AUDIO_RATE } from './audio.ts';
export { blurPng } from './blur.ts';
export { type Completeness, completeness } from './completeness.ts';
export { coverBoxes, coveredCopy } from './cover.ts';
export { type CoveredPlace, coveredFilm, type FilmCovering } from './cover-film.ts';
export { findEmbeddedParts } from './embedded.ts';
export { ascii, brands, claimedType, FORMATS, type Format } from './formats.ts';
export { DEFAULT_LIMITS, type DecodeLimits } from './limits.ts';
export { type LivePhotoHalf, livePhotoHalf } from './live-photo.ts';
export { type OpenOptions, openMedia, openUndecoded } from './open.ts';
export { cropRgb, encodeJpeg, encodePng, type Kernel, resizeRgb } from './pixels.ts';
export { recodePicture, recodeSound, type SoundCodec } from './recode.ts';
export { type Sniffed, sniff } from './sniff.ts';
export { bytesSource, FileSource } from './source.ts';
export { thumbnail } from './thumbnail.ts';
export { findTool, probeTools, type Tool, type ToolReport } from './tools.ts';
