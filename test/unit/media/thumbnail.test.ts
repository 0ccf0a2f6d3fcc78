import { writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { thumbnail } from '../../../main/media/index.ts';
import { makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../../fixtures/media.ts';

const folder = temporaryFolder();
const file = (name: string) => path.join(folder, name);

testWithFfmpeg('it shows the moment asked for, small and with its proportions', async () => {
  const halves = [
    '-f',
    'lavfi',
    '-i',
    'color=red:size=320x160:rate=10:duration=1',
    '-f',
    'lavfi',
    '-i',
    'color=blue:size=320x160:rate=10:duration=1',
  ];
  makeWithFfmpeg(
    ...halves,
    '-filter_complex',
    '[0][1]concat',
    '-c:v',
    'libx264',
    '-pix_fmt',
    'yuv420p',
    file('two halves.mp4'),
  );
  for (const [timeS, strongest] of [
    [0.2, 0],
    [1.7, 2],
  ] as const) {
    const { data, info } = await sharp(await thumbnail(file('two halves.mp4'), timeS, 100))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([100, 50]);
    expect([...data.subarray(0, 3)].map((x) => x > 180)).toEqual([strongest === 0, false, strongest === 2]);
  }
});

testWithFfmpeg('what is no film, and a film cut to nothing, end with a code', async () => {
  writeFileSync(file('list.mp4'), '#EXTM3U\nhttp://example.invalid/a.ts');
  await expect(thumbnail(file('list.mp4'), 0, 100)).rejects.toMatchObject({ code: 'MEDIA_REFUSED_REFERENCE' });
  writeFileSync(file('words.mp4'), 'words');
  await expect(thumbnail(file('words.mp4'), 0, 100)).rejects.toMatchObject({ code: 'FORMAT_UNSUPPORTED' });
  writeFileSync(file('stub.mp4'), Buffer.from('\0\0\0\x10ftypisom\0\0\0\0', 'latin1'));
  await expect(thumbnail(file('stub.mp4'), 0, 100)).rejects.toMatchObject({ code: 'MEDIA_CORRUPT' });
});
