import type { ModelAccess } from '../../../main/contract/analyzer.ts';
import { AppError, type ErrorCode } from '../../../main/contract/errors.ts';
import type { OpenMedia } from '../../../main/contract/media.ts';
import type { FaceObservation, FaceTrack } from '../../../main/contract/perception.ts';
import { addBursts } from '../../../main/perception/burst.ts';

const models: ModelAccess = {
  has: () => true,
  bytes: () => Promise.reject(new Error('no network is needed')),
  run: () => Promise.reject(new Error('no network is needed')),
};

const look: FaceObservation = {
  timeS: 2,
  frameIndex: 8,
  box: { x: 10, y: 10, w: 60, h: 60 },
  score: 0.9,
  quality: { sizePx: 60, sharpness: 50, luma: 120, yaw: 0, pitch: 0, roll: 0 },
  crop: {
    image: { width: 120, height: 120, data: new Uint8Array(120 * 120 * 3) },
    mesh: Float32Array.from({ length: 468 * 3 }, (_, i) => i % 120),
    box: { x: 30, y: 30, w: 60, h: 60 },
  },
};

const tracks = [1, 2].map(
  (n): FaceTrack => ({
    id: `face-track:${n}`,
    seenWith: [],
    fromS: 0,
    toS: 30,
    detections: 100,
    observations: [look, look, look],
    embedding: null,
    embeddingReason: null,
  }),
);

/** A film in which every step back ends in a fault. */
function film(code: ErrorCode, asked: () => void): OpenMedia {
  const info = { kind: 'video', durationS: 60, video: [{ width: 160, averageFrameRate: 25 }] };
  return {
    info,
    // biome-ignore lint/correctness/useYield: it never comes so far
    async *frames() {
      asked();
      throw new AppError(code);
    },
  } as unknown as OpenMedia;
}

function added(code: ErrorCode, signal = new AbortController().signal, asked = () => {}) {
  const options = { models, signal, most: 4, maxSide: 1920, progress: asked };
  return addBursts(tracks, film(code, asked), options);
}

test('faces that were found stand where the film is too slow to go back in, and it is not tried for each of them', async () => {
  let steps = 0;
  const found = await added('DECODE_TIMEOUT', undefined, () => steps++);
  expect(found.map(({ id }) => id)).toEqual(['face-track:1', 'face-track:2']);
  expect(found.flatMap(({ bursts = [] }) => bursts)).toEqual([]);
  expect(found.map(({ burstsFault }) => burstsFault)).toEqual(['DECODE_TIMEOUT', 'DECODE_TIMEOUT']);
  // One sign of life, one seek.
  expect(steps).toBe(2);
});

test('a fault that is not the decoder’s is no reason to go on, and cancelling is not either', async () => {
  await expect(added('MODEL_MISSING')).rejects.toMatchObject({ code: 'MODEL_MISSING' });
  await expect(added('DECODE_TIMEOUT', AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});
