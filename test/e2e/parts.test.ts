import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { HEADS, scene } from '../fixtures/heads.ts';
import { makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../fixtures/media.ts';
import { liveStill, makeLiveFilm, microVideo, motionPhoto, samsungMotionPhoto } from '../fixtures/phone.ts';
import { cli, itemNamed, linesOf, outcomesOf, scanLines } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const UUID = '0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0';

/** A drawn face, once as a picture and once as a film of one second. */
async function drawn(who: number): Promise<{ jpeg: Buffer; film: string }> {
  const png = await scene(480, 480, [{ who: HEADS[who]!, x: 90, y: 90, size: 300 }]);
  const still = path.join(work, `still${who}.png`);
  const film = path.join(work, `film${who}.mp4`);
  writeFileSync(still, png);
  makeWithFfmpeg('-loop', '1', '-r', '4', '-t', '1', '-i', still, '-pix_fmt', 'yuv420p', film);
  return { jpeg: await sharp(png).jpeg({ quality: 92 }).toBuffer(), film };
}

testWithFfmpeg(
  'picture and film of a live photo are examined and told to belong together, whatever they are called',
  async () => {
    const folder = path.join(work, 'live');
    mkdirSync(folder);
    const { jpeg, film } = await drawn(0);
    writeFileSync(path.join(folder, 'a.jpg'), liveStill(jpeg, UUID));
    makeLiveFilm(film, UUID, path.join(folder, 'z.mov'));
    writeFileSync(path.join(folder, 'lone.jpg'), liveStill(jpeg, UUID.replace('0F', 'FF')));
    const lines = scanLines((await cli(['scan', '--json', '--quick', '--data', data, '--case', 'live', folder])).out);
    const still = itemNamed(lines, 'a.jpg').item;
    const movie = itemNamed(lines, 'z.mov').item;
    expect(movie.companion).toEqual({ sha256: still.sha256, relation: 'live-photo' });
    for (const name of ['a.jpg', 'z.mov']) {
      const outcomes = outcomesOf(lines, name);
      expect(outcomes.flatMap((o) => o.facts).find((f) => f.id === 'livephoto.identifier')?.value).toBe(UUID);
      expect(outcomes.some((o) => o.subject === 'face-track:1')).toBe(true);
    }
    expect(itemNamed(lines, 'lone.jpg').item.companion).toBeUndefined();

    const shown = await cli(['case', 'show', 'live', '--lang', 'en', '--data', data]);
    expect(shown.out).toContain(`The picture of a live photo; its film is “${movie.sha256!.slice(0, 16)}…”`);
    expect(shown.out).toContain(`The film of a live photo; its picture is “${still.sha256!.slice(0, 16)}…”`);
    expect(shown.out).toContain('its film has not been seen in this case');
    const again = await cli(['scan', '--quick', '--lang', 'en', '--data', data, '--case', 'live', `${folder}/a.jpg`]);
    expect(again.out).toContain('its film is “z.mov”');
  },
);

testWithFfmpeg(
  'the film inside a motion photo is an item of its own, examined, and says what it was found in',
  async () => {
    const folder = path.join(work, 'motion');
    mkdirSync(folder);
    const kinds = [microVideo, motionPhoto, samsungMotionPhoto];
    for (const [at, make] of kinds.entries()) {
      const { jpeg, film } = await drawn(at + 1);
      writeFileSync(path.join(folder, `${make.name}.jpg`), make(jpeg, film));
    }
    const { code, out } = await cli(['scan', '--json', '--quick', '--data', data, '--case', 'motion', folder]);
    const lines = scanLines(out);
    expect(code).toBe(0);
    for (const { name } of kinds) {
      const whole = itemNamed(lines, `${name}.jpg`).item;
      const part = linesOf(lines, 'item').find((line) => line.item.parent === whole.sha256)!.item;
      expect(part).toMatchObject({ mediaType: 'video/mp4', role: 'questioned' });
      const own = linesOf(lines, 'outcome').filter((o) => o.item.sha256 === part.sha256);
      expect(own.some((o) => o.analyzer === 'synthetic-face' && o.subject === 'face-track:1')).toBe(true);
    }
    const words = await cli(['scan', '--quick', '--lang', 'en', '--data', data, '--case', 'words', folder]);
    expect(words.out).toContain('The film inside the motion photo “microVideo.jpg”');
    const zh = await cli(['case', 'show', 'motion', '--lang', 'zh', '--data', data]);
    expect(zh.out.match(/取自 [0-9a-f]{16}… 内部/g)).toHaveLength(3);
  },
);

testWithFfmpeg(
  'a reader is told that a file is cut short, that its name says something else, and what was left out',
  async () => {
    const folder = path.join(work, 'notes');
    mkdirSync(folder);
    const { jpeg, film } = await drawn(0);
    writeFileSync(path.join(folder, 'name.png'), jpeg);
    const mkv = path.join(work, 'whole.mkv');
    makeWithFfmpeg('-i', film, '-c', 'copy', mkv);
    const whole = readFileSync(mkv);
    writeFileSync(path.join(folder, 'cut.mkv'), whole.subarray(0, Math.floor(whole.length * 0.8)));
    const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=1'];
    const maps = ['-map', '0', '-map', '1', '-map', '2'];
    makeWithFfmpeg('-i', film, ...tone, ...tone, ...maps, path.join(folder, 'two.mp4'));
    const scan = ['scan', '--quick', '--data', data, '--case', 'notes'];
    const en = await cli([...scan, '--lang', 'en', folder]);
    expect(en.out).toContain('The name claims image/png, the content is image/jpeg');
    expect(en.out).toContain('The file is cut short');
    expect(en.out).toContain('The file holds 2 sound tracks; only the first was examined');
    expect(en.out).toContain('Nobody is enrolled in this case');
    const zh = await cli([...scan, '--lang', 'zh', folder]);
    expect(zh.out).toContain('文件不完整');
    expect(`${en.out}${zh.out}`).not.toMatch(/\[[a-z-]+\.|：:|： |[A-Z]{4,}_[A-Z]+/);
  },
);
