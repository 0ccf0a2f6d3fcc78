import type { Detection } from '../../../main/perception/detector.ts';
import { Tracker } from '../../../main/perception/tracker.ts';

const picture = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3).fill(120) };

function face(x: number, y: number, side = 60): Detection {
  const at = (u: number, v: number) => ({ x: x + u * side, y: y + v * side });
  return {
    box: { x, y, w: side, h: side },
    score: 0.8,
    points: [at(0.3, 0.3), at(0.7, 0.3), at(0.5, 0.55), at(0.5, 0.8), at(0.05, 0.4), at(0.95, 0.4)],
  };
}

function run(tracker: Tracker, frames: readonly (readonly Detection[])[]) {
  return frames.flatMap((faces, n) => tracker.update(picture, { timeS: n / 4, frameIndex: n }, faces).ended);
}

test('a face that moves half its width between samples stays one appearance', () => {
  const tracker = new Tracker(0.25, 0.25);
  run(
    tracker,
    Array.from({ length: 8 }, (_, n) => [face(20 + 30 * n, 100)]),
  );
  const [only, ...others] = tracker.endAll();
  expect(others).toEqual([]);
  expect(only).toMatchObject({ fromS: 0, toS: 1.75, detections: 8 });
});

test('two faces that pass near each other keep apart', () => {
  const tracker = new Tracker(0.25, 0.25);
  run(
    tracker,
    Array.from({ length: 9 }, (_, n) => [face(20 + 25 * n, 40), face(260 - 25 * n, 110)]),
  );
  expect(tracker.endAll().map((t) => t.detections)).toEqual([9, 9]);
});

test('a face missed for half a second goes on; after more than a second it begins anew', () => {
  const shortGap = new Tracker(0.25, 0.25);
  expect(run(shortGap, [[face(50, 50)], [], [], [face(55, 50)]])).toEqual([]);
  expect(shortGap.endAll()).toHaveLength(1);
  const longGap = new Tracker(0.25, 0.25);
  const ended = run(longGap, [[face(50, 50)], [], [], [], [], [], [face(55, 50)]]);
  expect(ended).toHaveLength(1);
  expect(longGap.endAll()).toHaveLength(1);
});

test('a much larger face at the same place is another one', () => {
  const tracker = new Tracker(0.25, 0.25);
  run(tracker, [[face(100, 100, 40)], [face(60, 40, 160)]]);
  expect(tracker.endAll()).toHaveLength(2);
});
