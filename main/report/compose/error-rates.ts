/** How a model did on held-out material treated as the item most nearly was: printed beside each of its figures. */
import type { Finding } from '../../contract/finding.ts';
import { type Line, line } from '../line.ts';
import type { ExaminationRecord, ReportHead } from '../record.ts';
import { figure } from './composing.ts';

/** The model that a subject's calibrated figures come from. */
const MODEL_OF: Readonly<Record<string, string>> = {
  'face-track': 'synthetic-face',
  speaker: 'synthetic-voice',
  picture: 'synthetic-image',
};

type HeldOut = ReportHead['calibrations'][number]['scores'][number]['heldOut'];

/** A line for each score of the model; none where nothing was measured on its weights. */
export function errorRates(
  { subject }: Pick<Finding, 'subject'>,
  examination: ExaminationRecord,
  calibrations: ReportHead['calibrations'],
): Line[] {
  const model = MODEL_OF[subject.split(':')[0]!];
  const own = calibrations.find((one) => one.model === model);
  return (own?.scores ?? []).flatMap(({ id, heldOut }) => {
    const { conditions, wording } = conditionsOf(subject, examination, heldOut);
    return heldOut
      .filter(({ condition }) => conditions.includes(condition))
      .flatMap(({ condition, synthetic, genuine, auc, eer }) =>
        line(wording, {
          score: { answers: [`report.rates.score.${id}`] },
          condition: { answers: [`report.rates.condition.${condition}`] },
          synthetic: figure(synthetic),
          genuine: figure(genuine),
          auc: figure(withEnds(auc)),
          eer: figure(withEnds(eer)),
        }),
      );
  });
}

/** `0.656 [0.633, 0.680]` */
function withEnds([value, low, high]: readonly [number, number, number]): string {
  return `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}

/** Beginnings of the codecs of sound for which a condition was measured. */
const SOUND: readonly (readonly [codec: RegExp, condition: string])[] = [
  [/^opus/, 'opus-16k'],
  [/^mp3/, 'mp3-48k'],
  [/^aac/, 'aac-32k'],
  [/^(pcm|flac|alac)/, 'clean'],
];

/** Conditions of films: how strongly one was compressed is not read, so that both measured strengths stand for it. */
const FILMED = /^h264-/;

/** The measured conditions that stand for the item, and how that is worded: the plain one where none is like it. */
function conditionsOf(subject: string, { media, outcomes }: ExaminationRecord, heldOut: HeldOut) {
  const measured = heldOut.map(({ condition }) => condition);
  const nearest = (condition: string | undefined) =>
    condition !== undefined && measured.includes(condition)
      ? { conditions: [condition], wording: 'report.rates' }
      : { conditions: ['clean'], wording: 'report.rates.other' };
  if (subject.startsWith('speaker'))
    return nearest(SOUND.find(([codec]) => media.codecs.some((own) => codec.test(own)))?.[1]);
  if (media.kind === 'video') {
    const conditions = media.codecs.includes('h264') ? measured.filter((condition) => FILMED.test(condition)) : [];
    return conditions.length > 0 ? { conditions, wording: 'report.rates.film' } : nearest(undefined);
  }
  const facts = outcomes.flatMap((outcome) => outcome.facts);
  if (facts.some(({ id, value }) => id === 'copy.kind' && value === 'screen capture')) return nearest('screen');
  if (media.mediaType === 'image/webp') return nearest('webp');
  if (media.mediaType !== 'image/jpeg') return nearest('clean');
  const quality = facts.find(({ id }) => id === 'jpeg.ijgQuality')?.value;
  if (typeof quality !== 'number') return nearest(undefined);
  const [closest] = measured
    .flatMap((condition) => {
      const own = /^jpeg(\d+)$/.exec(condition)?.[1];
      return own === undefined ? [] : [{ condition, distance: Math.abs(Number(own) - quality) }];
    })
    .sort((a, b) => a.distance - b.distance);
  return nearest(closest?.condition);
}
