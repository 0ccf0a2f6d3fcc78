import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importLawPack, installedLaw, packsOfPlaces, routesOf } from '../../../main/dossier/law-packs.ts';
import { packsFolder } from '../../../main/jobs/installation.ts';
import { packs } from '../../../main/law/index.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { textOf } from '../../../main/report/line.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { partsOf, reportRecord, sha } from '../../fixtures/report-record.ts';

const KOREA = path.join(import.meta.dirname, '../../../main/law/packs/kr.json');
const data = temporaryFolder();
const later = temporaryFolder();
const installed = () => installedLaw(data).packs;
const place = (value: string) => [{ kind: 'answer', key: 'place', value }];
const ids = (value: string) => packsOfPlaces(place(value), installed()).map(({ pack }) => pack.id);

/** The pack of Korea as somebody else might hand it over: another id, place and day. */
function brought(change: object): Buffer {
  const pack = readFileSync(KOREA, 'utf8').replaceAll('"kr.', '"jp.');
  return Buffer.from(JSON.stringify({ ...JSON.parse(pack), id: 'jp', jurisdiction: 'JP', ...change }));
}

test('without anything brought, the packs are those of the program, and China answers where no place is known', () => {
  expect([...installed().keys()]).toEqual([...packs().keys()]);
  expect([...installed().values()].every(({ imported }) => imported === null)).toBe(true);
  expect(['KR', 'unknown', 'other'].map(ids)).toEqual([['kr'], ['cn'], ['cn']]);
  expect(packsOfPlaces([], installed()).map(({ pack }) => pack.id)).toEqual(['cn']);
});

test('a route that two packs name is listed once', () => {
  const routes = routesOf(packs().values());
  const codes = routes.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
  expect(routes.find(({ code }) => code === 'RT-STOPNCII')?.packs).toEqual(['uk', 'us']);
});

test('a pack that is brought is checked, kept, used for another place, and takes the place of one with its id', () => {
  const faulty = brought({ asOf: 'yesterday' });
  expect(() => importLawPack(data, faulty)).toThrow(expect.objectContaining({ code: 'LAW_PACK_INVALID' }));
  expect(() => importLawPack(data, Buffer.from('{'))).toThrow(expect.objectContaining({ code: 'LAW_PACK_INVALID' }));
  expect(installed().size).toBe(packs().size);
  const { imported } = importLawPack(data, brought({}));
  expect(imported).toMatch(/^[0-9a-f]{64}$/);
  expect(installed().get('jp')).toMatchObject({ imported, pack: { jurisdiction: 'JP' } });
  expect(ids('other')).toEqual(['jp']);
  const newer = { ...JSON.parse(readFileSync(KOREA, 'utf8')), asOf: '2026-12-31' };
  importLawPack(data, Buffer.from(JSON.stringify(newer)));
  expect(installed().get('kr')!.pack.asOf).toBe('2026-12-31');
});

test('a report says of a pack that was brought that it did not come with the program', () => {
  const [one] = packsOfPlaces(place('other'), installed());
  const said = (imported: ReadonlyMap<string, string>) => {
    const record = reportRecord();
    const document = composeReport(partsOf(record), {
      ...{ language: 'en', digest: sha('json'), packs: [one!.pack], imported, pictures: new Map() },
    });
    const paragraphs = document.sections[12]!.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? [textOf('en', block.text)] : [],
    );
    return paragraphs.filter((text) => text.includes('did not come with the program'));
  };
  expect(said(new Map([['jp', one!.imported!]]))).toEqual([expect.stringContaining(one!.imported!)]);
  expect(said(new Map())).toEqual([]);
});

test('a pack that this version refuses stops nothing: the pack of the program goes on in its place, and the report says so first', () => {
  importLawPack(later, readFileSync(KOREA));
  const file = path.join(packsFolder(later), 'law', 'kr.json');
  const old = JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), duties: 'in the form of another version' });
  writeFileSync(file, old);
  const { packs: taken, refused } = installedLaw(later);
  expect(taken.get('kr')).toEqual({ pack: packs().get('kr'), imported: null });
  expect(refused).toEqual([{ id: 'kr', sha256: sha(old), why: expect.objectContaining({ code: 'LAW_PACK_INVALID' }) }]);
  for (const [language, words] of [
    ['en', 'was not used'],
    ['zh', '本报告没有使用它'],
  ] as const) {
    const document = composeReport(partsOf(reportRecord()), {
      ...{ language, digest: sha('json'), packs: [taken.get('kr')!.pack], refused, pictures: new Map() },
    });
    const [first] = document.sections[12]!.blocks;
    const said = first?.kind === 'paragraph' ? textOf(language, first.text) : '';
    expect(said).toContain(words);
    expect(said).toContain('“kr”');
    expect(said).toContain(sha(old));
  }
});
