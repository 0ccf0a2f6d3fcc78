import { readFileSync } from 'node:fs';
import path from 'node:path';
import { importLawPack, installedPacks, packsOfPlaces } from '../../../main/dossier/law-packs.ts';
import { packs } from '../../../main/law/index.ts';
import { composeReport } from '../../../main/report/compose/index.ts';
import { textOf } from '../../../main/report/line.ts';
import { temporaryFolder } from '../../fixtures/media.ts';
import { reportRecord, sha } from '../../fixtures/report-record.ts';

const KOREA = path.join(import.meta.dirname, '../../../main/law/packs/kr.json');
const data = temporaryFolder();
const place = (value: string) => [{ kind: 'answer', key: 'place', value }];
const ids = (value: string) => packsOfPlaces(place(value), installedPacks(data)).map(({ pack }) => pack.id);

/** The pack of Korea as somebody else might hand it over: another id, place and day. */
function brought(change: object): Buffer {
  const pack = readFileSync(KOREA, 'utf8').replaceAll('"kr.', '"jp.');
  return Buffer.from(JSON.stringify({ ...JSON.parse(pack), id: 'jp', jurisdiction: 'JP', ...change }));
}

test('without anything brought, the packs are those of the program, and China answers where no place is known', () => {
  expect([...installedPacks(data).keys()]).toEqual([...packs().keys()]);
  expect([...installedPacks(data).values()].every(({ imported }) => imported === null)).toBe(true);
  expect(['KR', 'unknown', 'other'].map(ids)).toEqual([['kr'], ['cn'], ['cn']]);
  expect(packsOfPlaces([], installedPacks(data)).map(({ pack }) => pack.id)).toEqual(['cn']);
});

test('a pack that is brought is checked, kept, used for another place, and takes the place of one with its id', () => {
  const faulty = brought({ asOf: 'yesterday' });
  expect(() => importLawPack(data, faulty)).toThrow(expect.objectContaining({ code: 'LAW_PACK_INVALID' }));
  expect(() => importLawPack(data, Buffer.from('{'))).toThrow(expect.objectContaining({ code: 'LAW_PACK_INVALID' }));
  expect(installedPacks(data).size).toBe(packs().size);
  const { imported } = importLawPack(data, brought({}));
  expect(imported).toMatch(/^[0-9a-f]{64}$/);
  expect(installedPacks(data).get('jp')).toMatchObject({ imported, pack: { jurisdiction: 'JP' } });
  expect(ids('other')).toEqual(['jp']);
  const newer = { ...JSON.parse(readFileSync(KOREA, 'utf8')), asOf: '2026-12-31' };
  importLawPack(data, Buffer.from(JSON.stringify(newer)));
  expect(installedPacks(data).get('kr')!.pack.asOf).toBe('2026-12-31');
});

test('a report says of a pack that was brought that it did not come with the program', () => {
  const [one] = packsOfPlaces(place('other'), installedPacks(data));
  const said = (imported: ReadonlyMap<string, string>) => {
    const record = reportRecord();
    const document = composeReport(record, {
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
