/**
 * Was this film coded before, with key frames at other distances? A fact with its surprise, and no ratio: nearly every film that reaches an
 * examiner was coded more than once, genuine or not, and what it tells is only that this is no original of its camera.
 */
import type { Analyzer } from '../contract/analyzer.ts';
import { fact, reason } from '../contract/fact.ts';
import { abstained, evidence } from '../contract/outcome.ts';
import { ANALYZER_VERSIONS } from '../contract/versions.ts';
import { codingRhythm, LEAST_PREDICTED } from './coding-rhythm.ts';

/** Measured with this coding alone; others arrange their frames in layers whose sizes alternate by themselves. */
const CODEC = 'h264';

export const filmRecoding: Analyzer = {
  id: 'film-recoding',
  version: ANALYZER_VERSIONS['film-recoding'],
  needs: [],
  looksAtPicture: true,
  models: [],
  timeLimitS: 120,
  appliesTo: ({ kind, video }) => {
    if (kind !== 'video') return reason('no-film');
    return video[0]?.codec === CODEC ? null : reason('recoding-codec', { codec: video[0]?.codec ?? '' });
  },
  leftOutOfQuickPass: () => reason('recoding-quick-pass'),
  async run({ media }, { signal }) {
    const packets = (await media.packets?.(signal)) ?? [];
    const rhythm = codingRhythm(packets);
    const examined = [`packets:${packets.length}`];
    if (!rhythm) return [abstained('file', reason('recoding-too-short', { least: LEAST_PREDICTED }), { examined })];
    const { spacing, surprise, predicted, frames, keyDistance } = rhythm;
    return [
      evidence('file', {
        examined: [...examined, `predicted:${predicted}`],
        facts: [
          fact('recoding.surprise', surprise, { unit: 'decimal-orders' }),
          ...(surprise > 0 ? [fact('recoding.spacing', spacing, { unit: 'frames' })] : []),
          ...(keyDistance === null ? [] : [fact('recoding.keyDistance', keyDistance, { unit: 'frames' })]),
          fact('recoding.frames', frames, { unit: 'frames' }),
        ],
      }),
    ];
  },
};
