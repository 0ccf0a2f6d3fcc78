import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../../main/contract/errors.ts';
import { importPack, type LawPack, loadPack, PACK_LIMITS, packs } from '../../../main/law/index.ts';
import { say } from '../../../main/strings/index.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../main/law/packs');
const FILES = readdirSync(FOLDER);

// biome-ignore lint/suspicious/noExplicitAny: a pack that a test spoils on purpose
const raw = (): any => JSON.parse(readFileSync(path.join(FOLDER, 'cn.json'), 'utf8'));

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error('the pack was accepted');
}

test('China comes first and Korea, the EU, the US and the UK follow', () => {
  expect([...packs().keys()]).toEqual(['cn', 'eu', 'kr', 'uk', 'us']);
  expect([...packs().values()].map((p) => p.jurisdiction)).toEqual(['CN', 'EU', 'KR', 'UK', 'US']);
});

test.each(FILES)('%s has the form of a pack and is read whole', (file) => {
  const pack = importPack(readFileSync(path.join(FOLDER, file)));
  expect(pack.provisions.length).toBeGreaterThan(1);
  for (const provision of pack.provisions) {
    expect(provision.id.startsWith(`${pack.id}.`)).toBe(true);
    expect(provision.elements.length).toBeGreaterThan(0);
    expect(provision.instrument.name.zh).not.toBe('');
  }
});

test('links between packs lead somewhere', () => {
  const all = new Set([...packs().values()].flatMap((p) => p.provisions.map(({ id }) => id)));
  const cited = [...packs().values()].flatMap((p) => [
    ...p.provisions.flatMap(({ related }) => related),
    ...p.recognisability.flatMap(({ provisions }) => provisions),
    ...p.duties.flatMap(({ provisions }) => provisions),
    ...p.routes.flatMap(({ clocks }) => clocks.map(({ provision }) => provision)),
    ...p.countSchemes.flatMap(({ provision }) => provision ?? []),
    ...(p.academic ? [...p.academic.views, ...p.academic.differences].flatMap(({ provisions }) => provisions) : []),
  ]);
  expect(cited.filter((id) => !all.has(id))).toEqual([]);
  expect(cited.length).toBeGreaterThan(100);
});

test('web addresses are complete and over http or https; nothing stands unused in a pack', () => {
  for (const pack of packs().values()) {
    for (const { url } of Object.values(pack.sources)) if (url) expect(new URL(url).protocol).toMatch(/^https?:$/);
    const sources = new Set(pack.provisions.flatMap(({ versions }) => versions.flatMap(({ sources: s }) => s)));
    expect(Object.keys(pack.sources).filter((id) => !sources.has(id))).toEqual([]);
    const instruments = new Set(pack.provisions.map(({ instrument }) => instrument.id));
    expect(Object.keys(pack.instruments).filter((id) => !instruments.has(id))).toEqual([]);
  }
});

test('each provision names its source, its day of checking and how well its wording is known', () => {
  for (const pack of packs().values())
    for (const { id, versions } of pack.provisions)
      for (const version of versions) {
        expect([id, version.checkBy > pack.asOf]).toEqual([id, true]);
        expect([id, version.sources.length > 0]).toEqual([id, true]);
        const quoted = version.quotation.length > 0;
        expect([id, quoted && ['existence', 'not-found'].includes(version.level)]).toEqual([id, false]);
      }
});

test('every instrument has an English name that says what it is about, and a rule of a Chinese authority says whose', () => {
  const named = [...packs().values()].flatMap(({ instruments }) => Object.values(instruments));
  expect(named.filter(({ name }) => /^(GB|SF)[\d/T –-]*$/.test(name.en)).map(({ name }) => name.en)).toEqual([]);
  const ofAuthorities = named.filter(({ name }) => /^(最高人民|人民检察院|公安机关|全国人民)/.test(name.zh));
  expect(ofAuthorities.length).toBeGreaterThan(9);
  const anonymous = ofAuthorities.filter(({ name }) => !/Supreme|Ministry|National People’s Congress/.test(name.en));
  expect(anonymous.map(({ name }) => name.en)).toEqual([]);
});

test('the five tests of recognisability, the views and the ten differences are there, marked as academic', () => {
  const cn = packs().get('cn')!;
  expect(cn.recognisability).toHaveLength(5);
  expect(cn.academic!.differences).toHaveLength(10);
  expect([...cn.academic!.views, ...cn.academic!.differences].every(({ academic }) => academic)).toBe(true);
});

test('no provision has a place for a conclusion', () => {
  const keys = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (value && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) {
        keys.add(key);
        walk(inner);
      }
  };
  for (const pack of packs().values()) walk(pack.provisions);
  expect([...keys].filter((key) => /conclu|verdict|fulfil|satisf|\bmet\b|result/i.test(key))).toEqual([]);
  const spoilt = raw();
  spoilt.provisions[0].conclusion = 'yes';
  expect(refusal(() => loadPack(spoilt)).code).toBe('LAW_PACK_INVALID');
});

describe('an imported pack is refused with a code', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test.each([
    ['not JSON', () => importPack(bytes('{'))],
    ['not UTF-8', () => importPack(Uint8Array.of(0x22, 0xff, 0x22))],
    ['too large', () => importPack(new Uint8Array(PACK_LIMITS.bytes + 1))],
    ['null', () => importPack(bytes('null'))],
    ['an array', () => importPack(bytes('[]'))],
    ['nested without end', () => importPack(bytes('['.repeat(200_000)))],
    ['a text of another form', () => importPack(bytes('{"form":2}'))],
  ])('%s', (_, run) => {
    expect(refusal(run).code).toBe('LAW_PACK_INVALID');
  });

  // biome-ignore lint/suspicious/noExplicitAny: a pack that a test spoils on purpose
  const SPOILERS: [string, (pack: any) => void, fault: string][] = [
    ['an unknown element', (p) => p.provisions[0].elements.push('no-such-element'), 'unknown-element'],
    ['an unknown instrument', (p) => Object.assign(p.provisions[0], { instrument: 'nothing' }), 'unknown-instrument'],
    ['an unknown source', (p) => p.provisions[0].versions[0].sources.push('s999'), 'unknown-source'],
    ['an unknown route', (p) => p.provisions[0].routes.push('RT-NOWHERE'), 'unknown-route'],
    ['an unknown related provision', (p) => p.provisions[0].related.push('cn.nothing.1'), 'unknown-related'],
    ['an unknown provision of a duty', (p) => p.duties[0].provisions.push('cn.nothing.1'), 'unknown-provision'],
    ['the same id twice', (p) => p.provisions.push(p.provisions[0]), 'id-twice'],
    ['versions that overlap', (p) => p.provisions[0].versions.push(p.provisions[0].versions[0]), 'versions-overlap'],
    [
      'a span upside down',
      (p) => Object.assign(p.provisions[0].versions[0], { from: '2020-01-02', until: '2020-01-01' }),
      'span-upside-down',
    ],
    [
      'a quotation that nobody saw',
      (p) =>
        Object.assign(p.provisions[0].versions.at(-1), { level: 'existence', quotation: [{ lang: 'zh', text: '甲' }] }),
      'quotation-not-seen',
    ],
    [
      'a conclusion in Chinese',
      (p) => Object.assign(p.provisions[0].gist, { zh: '本案构成侵犯公民个人信息罪' }),
      'conclusion',
    ],
    [
      'a conclusion in English',
      (p) => Object.assign(p.provisions[0].gist, { en: 'The threshold is reached' }),
      'conclusion',
    ],
    [
      'a day that is none',
      (p) => Object.assign(p.provisions[0].versions[0], { checkBy: '2026-02-30' }),
      'invalid_format',
    ],
    [
      'an address with a script',
      (p) => Object.assign(Object.values(p.sources)[0]!, { url: 'javascript:alert(1)' }),
      'invalid_format',
    ],
    ['an unknown field', (p) => Object.assign(p, { extra: 1 }), 'unrecognized_keys'],
    [
      'a measured code of its own',
      (p) => Object.values<{ measured: string[] }>(p.elements)[0]!.measured.push('M-GUILT'),
      'invalid_value',
    ],
    [
      'text without end',
      (p) => Object.assign(p.provisions[0].gist, { en: 'x'.repeat(PACK_LIMITS.text + 1) }),
      'too_big',
    ],
    ['a view that is not marked', (p) => Object.assign(p.academic.views[0], { academic: false }), 'invalid_value'],
  ];

  test.each(SPOILERS)('%s', (_, spoil, fault) => {
    const pack = raw();
    spoil(pack);
    const { code, params } = refusal(() => loadPack(pack));
    expect(code).toBe('LAW_PACK_INVALID');
    expect(params.fault).toBe(fault);
    const told = say('zh', `error.${code}`, { ...params, place: '', furtherFaults: '' });
    expect(told).not.toMatch(/[A-Za-z]/);
  });

  test('with every fault in words, as far as can be read, and their number', () => {
    const pack = raw();
    Object.assign(pack.provisions[0], { instrument: 'nothing', gist: { zh: '', en: 7 } });
    const { code, params } = refusal(() => loadPack(pack));
    const told = 'provisions.0.gist.en：缺少，或类型不对；共 2 处';
    expect(say('zh', `error.${code}`, params)).toContain(`provisions.0.gist.zh：低于下限或为空；${told}`);
    for (const [n, provision] of pack.provisions.entries()) provision[`line\n${n}`] = 1;
    const many = refusal(() => loadPack(pack)).params;
    expect(many.faults).toBe(pack.provisions.length + 2);
    const words = say('en', `error.${code}`, many);
    expect(words.match(/provisions\.\d+\./g)).toHaveLength(8);
    expect(words).toContain(`; provisions.1.line 1: no such field; `);
  });

  test('and the same pack unspoilt is accepted, with what it says unchanged', () => {
    const pack: LawPack = loadPack(raw());
    expect(pack).toEqual(packs().get('cn'));
  });
});
