import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { HEADS, scene } from '../fixtures/heads.ts';
import { makeWithFfmpeg, temporaryFolder, testWithFfmpeg } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const work = temporaryFolder();
const data = path.join(work, 'data');
const at = (name: string) => path.join(work, name);
const json = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** A film that never stands still; no face is needed, since scenes are compared. Drawing it takes longer than comparing it. */
function makeSource(): string {
  const film = at('source.mp4');
  const moving = 'mandelbrot=s=480x360:r=25:start_scale=0.6:end_scale=0.02:end_pts=400';
  if (!existsSync(film)) makeWithFfmpeg('-f', 'lavfi', '-i', moving, '-t', '12', '-pix_fmt', 'yuv420p', film);
  return film;
}

const cut = (name: string, filter: string) =>
  makeWithFfmpeg('-ss', '3', '-i', at('source.mp4'), '-t', '6', '-vf', filter, '-crf', '32', at(name));

testWithFfmpeg(
  'a clip is traced to its source with times and frames, though scaled, covered, mirrored or cropped',
  async () => {
    const source = makeSource();
    cut('face-covered.mp4', 'scale=320:240,drawbox=x=130:y=80:w=60:h=76:color=pink:t=fill');
    cut('mirrored.mp4', 'hflip,crop=iw*0.97:ih*0.97');
    makeWithFfmpeg('-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=25', '-t', '6', '-pix_fmt', 'yuv420p', at('other.mp4'));
    const matched = async (name: string) => {
      const { code, out } = await cli(['match', at(name), source, '--json']);
      expect(code).toBe(0);
      return json(out)[0];
    };
    const covered = await matched('face-covered.mp4');
    expect(covered.ranges).toHaveLength(1);
    expect(covered.ranges[0]).toMatchObject({ sourceFromS: 3, framesOfSource: [75, 225], mirrored: false });
    expect(covered.ranges[0].fromS).toBe(0);
    expect(covered.ranges[0].toS).toBeCloseTo(6, 0);
    const mirrored = await matched('mirrored.mp4');
    expect(mirrored.ranges[0]).toMatchObject({ mirrored: true });
    expect(Math.abs(mirrored.ranges[0].sourceFromS - 3)).toBeLessThanOrEqual(0.6);
    const other = await matched('other.mp4');
    expect(other.ranges).toEqual([]);
    expect(other.compared.questionedUsable).toBeGreaterThan(8);
    const told = await cli(['match', at('face-covered.mp4'), source, '--lang', 'zh']);
    expect(told.out).toContain('帧 75–225');
  },
);

testWithFfmpeg(
  'a case groups its near duplicates from what the scan recorded, and its items are matched by digest',
  async () => {
    const picture = await scene(640, 480, [{ who: HEADS[0]!, x: 180, y: 60, size: 300 }]);
    writeFileSync(at('original.png'), picture);
    writeFileSync(at('copy.jpg'), await sharp(picture).resize(400).jpeg({ quality: 45 }).toBuffer());
    writeFileSync(at('mirror.jpg'), await sharp(picture).flop().jpeg({ quality: 80 }).toBuffer());
    writeFileSync(
      at('another.png'),
      await scene(640, 480, [
        { who: HEADS[1]!, x: 0, y: 0, size: 200 },
        { who: HEADS[0]!, x: 400, y: 200, size: 220 },
      ]),
    );
    makeSource();
    cut('again.mp4', 'scale=240:180');
    const names = ['original.png', 'copy.jpg', 'mirror.jpg', 'another.png', 'source.mp4', 'again.mp4'];
    expect((await cli(['scan', '--data', data, '--case', 'scenes', ...names.map(at)])).code).toBe(0);
    const lines = json((await cli(['case', 'groups', 'scenes', '--data', data, '--json'])).out);
    expect(lines.filter((l) => l.type === 'group').map((l) => l.items.length)).toEqual([3]);
    const pairs = lines.filter((l) => l.type === 'clip-pair');
    expect(pairs).toHaveLength(1);
    expect(lines.at(-1)).toMatchObject({ type: 'groups', pictures: 4, clips: 2, groups: 1, pairs: 1, without: 0 });
    const [first, second] = pairs[0].items as string[];
    const byItem = await cli(['match', second!.slice(0, 12), first!, '--data', data, '--case', 'scenes', '--json']);
    expect(json(byItem.out)[0].ranges[0]).toMatchObject({ sourceFromS: 3, grade: 'same' });
    const unknown = await cli(['match', 'abcdef123456', first!, '--data', data, '--case', 'scenes']);
    expect(unknown.code).toBe(4);
    expect(unknown.err).toContain('abcdef123456');
  },
);

testWithFfmpeg(
  'hashes are given of a file as of an item of the case, and a sheet that exists is not written over',
  async () => {
    const picture = at('original.png');
    const item = createHash('sha256').update(readFileSync(picture)).digest('hex');
    const ofFile = json((await cli(['hashes', picture, '--json'])).out)[0];
    expect(ofFile.digests).toEqual({
      md5: createHash('md5').update(readFileSync(picture)).digest('hex'),
      sha1: createHash('sha1').update(readFileSync(picture)).digest('hex'),
      sha256: item,
    });
    expect(ofFile.pdq).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/), quality: 100, atS: null }]);
    const ofItem = json(
      (await cli(['hashes', item.slice(0, 12), '--data', data, '--case', 'scenes', '--json'])).out,
    )[0];
    expect({ ...ofItem, name: ofFile.name }).toEqual(ofFile);
    const sheet = at('hashes.txt');
    expect((await cli(['hashes', picture, '--out', sheet, '--lang', 'zh'])).code).toBe(0);
    expect(readFileSync(sheet, 'utf8')).toContain(`PDQ      ${ofFile.pdq[0].hash}`);
    const again = await cli(['hashes', picture, '--out', sheet]);
    expect(again.code).not.toBe(0);
    expect(again.err).toContain('ARCHIVE_EXISTS');
  },
);
