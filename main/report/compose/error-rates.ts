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
    const { condition, fits } = conditionOf(subject, examination, heldOut);
    const found = heldOut.find((one) => one.condition === condition);
    if (!found) return [];
    const { synthetic, genuine, auc, eer } = found;
    return line(fits ? 'report.rates' : 'report.rates.other', {
      score: { answers: [`report.rates.score.${id}`] },
      condition: { answers: [`report.rates.condition.${condition}`] },
      synthetic: figure(synthetic),
      genuine: figure(genuine),
      auc: figure(withEnds(auc)),
      eer: figure(withEnds(eer)),
    });
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

/** The measured condition that is nearest to the item; `fits` is false where none is like it, and the plain one stands for it. */
function conditionOf(subject: string, { media, outcomes }: ExaminationRecord, heldOut: HeldOut) {
  const measured = new Set(heldOut.map(({ condition }) => condition));
  const fitting = (condition: string | undefined) =>
    condition !== undefined && measured.has(condition)
      ? { condition, fits: true }
      : { condition: 'clean', fits: false };
  if (subject.startsWith('speaker'))
    return fitting(SOUND.find(([codec]) => media.codecs.some((own) => codec.test(own)))?.[1]);
  if (media.kind === 'video') return fitting(undefined);
  if (media.mediaType === 'image/webp') return fitting('webp');
  if (media.mediaType !== 'image/jpeg') return fitting('clean');
  const quality = outcomes.flatMap(({ facts }) => facts).find(({ id }) => id === 'jpeg.ijgQuality')?.value;
  if (typeof quality !== 'number') return fitting(undefined);
  const [nearest] = [...measured]
    .flatMap((condition) => {
      const own = /^jpeg(\d+)$/.exec(condition)?.[1];
      return own === undefined ? [] : [{ condition, distance: Math.abs(Number(own) - quality) }];
    })
    .sort((a, b) => a.distance - b.distance);
  return fitting(nearest?.condition);
}
