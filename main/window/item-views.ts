/** What a window asks to see and hear of an item. Suspect pictures and sound are given only once they were revealed. */
import { getItem, latestExamination } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import type { Handlers, RequestValue } from '../contract/ipc.ts';
import type { Seat } from './seat.ts';
import { base64, pictureOf } from './views.ts';

export function viewHandlers(seat: Seat) {
  const views = async () => (await seat.desk()).views;
  const shown = async (item: string) => {
    const all = await views();
    all.mustBeRevealed(item);
    return all;
  };
  return {
    'item.revealed': async ({ item }: RequestValue<'item.revealed'>) => {
      (await views()).reveal(item);
      return {};
    },
    'item.crop': async ({ item, crop, blurred }: RequestValue<'item.crop'>) => {
      const desk = await seat.desk();
      const known = latestExamination(desk.case, item)?.crops.some((stored) => stored.id === crop);
      if (!known) throw new AppError('ITEM_NOT_FOUND', { sha256: item });
      if (!blurred && getItem(desk.case, item).role !== 'reference') desk.views.mustBeRevealed(item);
      return { png: base64(await desk.views.crop(crop, blurred)) };
    },
    'item.thumbnail': async ({ item, maxSide }: RequestValue<'item.thumbnail'>) =>
      (await views()).thumbnail(item, maxSide),
    'item.picture': async ({ item, maxSide, region }: RequestValue<'item.picture'>) =>
      pictureOf(await (await shown(item)).ask(item, { kind: 'picture', maxSide, region: region ?? null })),
    'item.frame': async ({ item, ...at }: RequestValue<'item.frame'>) =>
      pictureOf(await (await shown(item)).ask(item, { kind: 'frame', ...at })),
    'item.times': async ({ item }: RequestValue<'item.times'>) => ({
      timesS: [...(await (await views()).ask(item, { kind: 'times' }))],
    }),
    'item.peaks': async ({ item, ...span }: RequestValue<'item.peaks'>) => {
      const { low, high } = await (await views()).ask(item, { kind: 'peaks', ...span });
      return { low: [...low], high: [...high] };
    },
    'item.spectrogram': async ({ item, ...span }: RequestValue<'item.spectrogram'>) => {
      const { levels, ...rest } = await (await views()).ask(item, { kind: 'spectrogram', ...span });
      return { ...rest, data: base64(levels) };
    },
    'item.sound': async ({ item, ...span }: RequestValue<'item.sound'>) => {
      const { wav, fromS, toS } = await (await shown(item)).ask(item, { kind: 'sound', ...span });
      return { wav: base64(wav), fromS, toS };
    },
  } satisfies Partial<Handlers>;
}
