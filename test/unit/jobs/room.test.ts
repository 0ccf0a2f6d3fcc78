import { Room } from '../../../main/jobs/room.ts';

test('several share the room; one that asked to be alone waits for all and keeps later ones out', async () => {
  const room = new Room();
  const order: string[] = [];
  const enter = async (name: string, alone: boolean) => {
    const place = await room.enter({ alone });
    order.push(name);
    return place;
  };
  const [first, second] = await Promise.all([enter('a', false), enter('b', false)]);
  const third = enter('alone', true);
  const fourth = enter('d', false);
  first[Symbol.dispose]();
  await Promise.resolve();
  expect(order).toEqual(['a', 'b']);
  second[Symbol.dispose]();
  const alone = await third;
  expect(order).toEqual(['a', 'b', 'alone']);
  alone[Symbol.dispose]();
  await fourth;
  expect(order).toEqual(['a', 'b', 'alone', 'd']);
});
