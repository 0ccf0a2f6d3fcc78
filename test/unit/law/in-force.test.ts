import { type ActDate, packs, provisionsInForce } from '../../../main/law/index.ts';

const TODAY = '2026-11-24';
const cn = packs().get('cn')!;

/** Articles shown as applicable for a provision, with the day from which each counts. */
function shown(id: string, act: ActDate | null, today = TODAY, pack = packs().get(id.split('.')[0]!)!) {
  return provisionsInForce(pack, act, today)
    .applicable.filter(({ provision }) => provision.id === id)
    .map(({ version }) => version.article);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}

/** Every wording of every pack that counts by the day of the act. */
const WORDINGS = [...packs().values()]
  .flatMap((pack) =>
    pack.provisions
      .filter(
        ({ basis, standing }) =>
          basis === 'act' && ['in-force', 'recommended-standard', 'decided-case'].includes(standing),
      )
      .flatMap((provision) => provision.versions.map((version) => ({ pack, provision, version }))),
  )
  .filter(({ version }) => version.from !== null);

test('each wording of each provision begins on its first day and ends on its last', () => {
  const count = (day: string, { pack, provision, version }: (typeof WORDINGS)[number]) =>
    provisionsInForce(pack, day, TODAY).applicable.filter(
      (p) => p.provision.id === provision.id && p.version === version,
    ).length;
  const wrong = WORDINGS.flatMap((wording) => {
    const { from, until } = wording.version;
    const faults = [];
    if (count(from!, wording) !== 1) faults.push(`${wording.provision.id} not on ${from}`);
    if (count(dayBefore(from!), wording) !== 0) faults.push(`${wording.provision.id} before ${from}`);
    if (until && count(until, wording) !== 1) faults.push(`${wording.provision.id} not on ${until}`);
    const next = until && new Date(Date.parse(until) + 86_400_000).toISOString().slice(0, 10);
    if (next && count(next, wording) !== 0) faults.push(`${wording.provision.id} after ${until}`);
    return faults;
  });
  expect(wrong).toEqual([]);
  expect(WORDINGS.length).toBeGreaterThan(140);
});

test('every amendment that a pack names is the first day of a wording, and the day before shows another or none', () => {
  const amendments = [...packs().values()].flatMap((pack) =>
    Object.entries(pack.instruments).flatMap(([id, { amendedOn }]) => amendedOn.map((day) => ({ pack, id, day }))),
  );
  const begins = ({ pack, id, day }: (typeof amendments)[number], on: string) => {
    const { applicable, proceedings } = provisionsInForce(pack, on, on);
    return [...applicable, ...proceedings].some((p) => p.provision.instrument.id === id && p.version.from === day);
  };
  expect(amendments.length).toBeGreaterThan(18);
  expect(amendments.filter((a) => !begins(a, a.day)).map(({ id, day }) => `${id} ${day}`)).toEqual([]);
  expect(amendments.filter((a) => begins(a, dayBefore(a.day))).map(({ id, day }) => `${id} ${day}`)).toEqual([]);
});

/** Facts of the statutes, not read from the packs. */
test.each([
  ['cn.psapl.50', '2025-12-31', ['第四十二条']],
  ['cn.psapl.50', '2026-01-01', ['第五十条']],
  ['cn.psapl.80', '2025-12-31', ['第六十八条']],
  ['cn.psapl.80', '2026-01-01', ['第八十条']],
  ['cn.psapl.56', '2025-12-31', []],
  ['cn.psapl.56', '2026-01-01', ['第五十六条']],
  ['cn.csl.46-71', '2017-05-31', []],
  ['cn.csl.46-71', '2017-06-01', ['第四十四条、第六十四条第二款']],
  ['cn.csl.46-71', '2025-12-31', ['第四十四条、第六十四条第二款']],
  ['cn.csl.46-71', '2026-01-01', ['第四十六条、第七十一条']],
  ['cn.csl.43-45', '2025-12-31', ['第四十一条至第四十三条']],
  ['cn.csl.49-69', '2026-01-01', ['第四十九条、第六十九条']],
  ['cn.crim.253-1', '2009-02-27', []],
  ['cn.crim.253-1', '2015-10-31', ['第二百五十三条之一']],
  ['cn.crim.286-1', '2015-10-31', []],
  ['cn.crim.286-1', '2015-11-01', ['第二百八十六条之一']],
  ['cn.pipl.27', '2021-10-31', []],
  ['cn.pipl.27', '2021-11-01', ['第二十七条']],
  ['cn.civ.1019', '2020-12-31', []],
  ['cn.civ.1019', '2021-01-01', ['第一千零一十九条']],
  ['cn.face2021.2', '2021-07-31', []],
  ['cn.gc.192', '2022-12-25', []],
  ['cn.gc.192', '2022-12-26', ['指导性案例192号（李开祥案）']],
  ['cn.deepsyn.14', '2023-01-09', []],
  ['cn.deepsyn.14', '2023-01-10', ['第十四条']],
  ['cn.genai.7', '2023-08-14', []],
  ['cn.genai.7', '2023-08-15', ['第七条']],
  ['cn.label.5', '2025-08-31', []],
  ['cn.label.5', '2025-09-01', ['第五条']],
  ['cn.facetech.2-5', '2025-05-31', []],
  ['cn.netdata.19-24', '2024-12-31', []],
  ['cn.minors.52', '2024-04-25', ['第五十二条']],
  ['kr.sexual.14-2', '2020-06-24', []],
  ['kr.sexual.14-2', '2024-10-15', ['제14조의2']],
  ['us.tida.publication', '2025-05-18', []],
  ['us.tida.publication', '2025-05-19', ['§2 (47 U.S.C. 223(h))']],
  ['us.tida.platform', '2026-05-18', []],
  ['us.tida.platform', '2026-05-19', ['§3']],
  ['uk.soa.66b', '2024-01-30', []],
  ['uk.soa.66b', '2024-01-31', ['s 66B']],
  ['uk.soa.66e', '2026-02-05', []],
  ['eu.aia.50', '2026-08-01', []],
  ['eu.aia.50', '2026-08-02', ['Art. 50(2), 50(4)']],
])('%s on %s: %j', (id, day, articles) => {
  expect(shown(id, day)).toEqual(articles);
});

test('the two texts of article 253-1 change over on 1 November 2015', () => {
  const level = (day: string) =>
    provisionsInForce(cn, day, TODAY).applicable.find(({ provision }) => provision.id === 'cn.crim.253-1')?.version;
  expect(level('2015-10-31')?.quotation).toEqual([]);
  expect(level('2015-11-01')?.quotation[0]?.text).toMatch(/^违反国家有关规定/);
});

test('an act that lasted over an amendment shows both wordings, each as covering a part', () => {
  const { applicable } = provisionsInForce(cn, { from: '2025-12-20', to: '2026-01-10' }, TODAY);
  const both = applicable.filter(({ provision }) => provision.id === 'cn.psapl.50');
  expect(both.map(({ version, partly, actPredates }) => [version.article, partly, actPredates])).toEqual([
    ['第四十二条', true, false],
    ['第五十条', true, true],
  ]);
});

test('rules of proof follow the day of the report, and say where the act came before', () => {
  const { proceedings, applicable } = provisionsInForce(cn, '2016-05-01', TODAY);
  const cpl = proceedings.find(({ provision }) => provision.id === 'cn.cpl.50');
  expect(cpl?.actPredates).toBe(true);
  expect(applicable.some(({ provision }) => provision.basis === 'proceedings')).toBe(false);
  expect(provisionsInForce(cn, '2016-05-01', '2018-10-25').proceedings.map((p) => p.provision.id)).not.toContain(
    'cn.cpl.50',
  );
});

test('what is not in force is listed with the reason, never dropped', () => {
  for (const pack of packs().values())
    for (const day of ['1990-01-01', '2016-05-01', '2021-11-01', TODAY]) {
      const { applicable, proceedings, otherStanding, notInForce } = provisionsInForce(pack, day, TODAY);
      const ids = new Set(
        [...applicable, ...proceedings, ...otherStanding, ...notInForce].map(({ provision }) => provision.id),
      );
      expect(ids.size).toBe(pack.provisions.length);
    }
  const { notInForce } = provisionsInForce(cn, '2021-10-31', TODAY);
  expect(notInForce.find(({ provision }) => provision.id === 'cn.pipl.28')).toMatchObject({
    why: 'later',
    from: '2021-11-01',
  });
  expect(notInForce.find(({ provision }) => provision.id === 'cn.sft.all')?.why).toBe('date-not-known');
});

test('bills, guides and law that waits never stand under applicable', () => {
  const at = (id: string) => provisionsInForce(packs().get(id)!, TODAY, TODAY);
  expect(at('us').otherStanding.map(({ provision }) => provision.id)).toEqual(['us.defiance']);
  expect(at('eu').otherStanding.map(({ provision }) => provision.id)).toEqual(['eu.omnibus.5', 'eu.vaw.5']);
  expect(at('uk').otherStanding.map(({ provision }) => provision.id)).toEqual(['uk.cpa.72-99']);
  expect(at('cn').otherStanding.map(({ provision }) => provision.id)).toEqual(['cn.tc260.guides']);
});

test('past the day of checking a provision is stale, on the day itself not yet', () => {
  const stale = (today: string) =>
    provisionsInForce(packs().get('eu')!, '2026-09-01', today).applicable.find(
      ({ provision }) => provision.id === 'eu.aia.50',
    )?.stale;
  expect(stale('2026-12-02')).toBe(false);
  expect(stale('2026-12-03')).toBe(true);
  expect(provisionsInForce(cn, '2026-09-01', '2027-01-02').applicable.every((p) => p.stale)).toBe(true);
});

test('without a day of the act the law of today is shown and each says that the act may predate it', () => {
  const { applicable } = provisionsInForce(cn, null, TODAY);
  expect(applicable.length).toBeGreaterThan(80);
  expect(applicable.every(({ actPredates }) => actPredates)).toBe(true);
});
