/** Where a picture stands in the frame it is shown in: fitting, zooming about a point, and which part of it is in view. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** `scale`: pixels of the screen for one of the picture; `x`, `y`: place of its upper left corner on the screen. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface Region {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A pixel of the picture is never shown larger than this, in pixels of the screen. */
export const MAX_SCALE = 40;

/** The whole picture, centred. Small ones are not enlarged. */
export function fitted(picture: Size, frame: Size): View {
  const scale = Math.min(1, frame.width / picture.width, frame.height / picture.height);
  return centred(picture, frame, scale);
}

export function centred(picture: Size, frame: Size, scale: number): View {
  return { scale, x: (frame.width - picture.width * scale) / 2, y: (frame.height - picture.height * scale) / 2 };
}

/** Larger or smaller by a factor, the point of the screen given staying where it is; never smaller than the whole picture fits. */
export function zoom(view: View, factor: number, at: { x: number; y: number }, picture: Size, frame: Size): View {
  const least = fitted(picture, frame).scale;
  const scale = Math.min(MAX_SCALE, Math.max(least, view.scale * factor));
  const grown = scale / view.scale;
  return held({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, picture, frame);
}

export function pan(view: View, dx: number, dy: number, picture: Size, frame: Size): View {
  return held({ ...view, x: view.x + dx, y: view.y + dy }, picture, frame);
}

/** A picture larger than its frame covers it; a smaller one stands in the middle. */
function held(view: View, picture: Size, frame: Size): View {
  const along = (place: number, length: number, room: number) =>
    length <= room ? (room - length) / 2 : Math.min(0, Math.max(room - length, place));
  return {
    scale: view.scale,
    x: along(view.x, picture.width * view.scale, frame.width),
    y: along(view.y, picture.height * view.scale, frame.height),
  };
}

/** The part in view in whole pixels of the picture. */
export function inView({ scale, x, y }: View, picture: Size, frame: Size): Region {
  const left = Math.max(0, Math.floor(-x / scale));
  const top = Math.max(0, Math.floor(-y / scale));
  const right = Math.min(picture.width, Math.ceil((frame.width - x) / scale));
  const bottom = Math.min(picture.height, Math.ceil((frame.height - y) / scale));
  return { x: left, y: top, w: Math.max(1, right - left), h: Math.max(1, bottom - top) };
}

/** Of a picture that was shrunk for the way here, the size of the original: `longer` is the longer side of that. */
export function natural(shown: Size, longer: number): Size {
  const factor = longer / Math.max(shown.width, shown.height);
  return { width: Math.round(shown.width * factor), height: Math.round(shown.height * factor) };
}
