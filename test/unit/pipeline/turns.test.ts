import type { MediaInfo } from '../../../main/contract/media.ts';
import { Turns } from '../../../main/pipeline/turns.ts';

const picture = (width: number, height: number, frames = 1) =>
  ({ kind: 'image', image: { width, height, frames } }) as unknown as MediaInfo;
const film = { kind: 'video', image: null } as unknown as MediaInfo;
const silent = () => {};

test('a small picture goes beside a film, a large one and a second film wait for it', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const first = await turns.take(film, silent);
  const large = turns.take(picture(8000, 6000), silent).then((turn) => {
    order.push('large');
    return turn;
  });
  const second = turns.take(film, silent).then(() => order.push('second'));
  (await turns.take(picture(1000, 1000), silent))[Symbol.dispose]();
  order.push('small');
  first[Symbol.dispose]();
  (await large)[Symbol.dispose]();
  await second;
  expect(order).toEqual(['small', 'large', 'second']);
});

test('an animation takes a turn like a film', async () => {
  const turns = new Turns();
  const first = await turns.take(film, silent);
  let entered = false;
  const animation = turns.take(picture(100, 100, 30), silent).then(() => {
    entered = true;
  });
  await Promise.resolve();
  expect(entered).toBe(false);
  first[Symbol.dispose]();
  await animation;
  expect(entered).toBe(true);
});
