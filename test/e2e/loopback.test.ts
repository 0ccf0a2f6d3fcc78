import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FOLDER, makeFolder } from '../fixtures/folder.ts';
import { Page, writeRenderer } from '../fixtures/loopback.ts';
import { temporaryFolder } from '../fixtures/media.ts';
import { cli } from './cli.ts';

const folder = temporaryFolder();
const material = path.join(folder, 'material');
const renderer = writeRenderer(path.join(folder, 'renderer'));
const HOST = path.join(import.meta.dirname, 'children/loopback-host.ts');

/** The real host in a process of its own, so that it can be killed. */
class Started {
  readonly child: ChildProcess;
  readonly page: Page;

  private constructor(child: ChildProcess, page: Page) {
    this.child = child;
    this.page = page;
  }

  static async at(dataRoot: string): Promise<Started> {
    const child = spawn(process.execPath, [HOST, dataRoot, folder, renderer], { stdio: ['ignore', 'pipe', 'inherit'] });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout!.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
      child.once('exit', (code) => reject(new Error(`the host ended with ${code}`)));
    });
    const page = await Page.open({ url, origin: new URL(url).origin });
    return new Started(child, page);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.page.close();
    this.child.kill(signal);
    await gone;
  }
}

beforeAll(() => makeFolder(material));

describe('a dropped file', () => {
  let host: Started;
  beforeAll(async () => {
    host = await Started.at(path.join(folder, 'dropped'));
    host.page.listen();
  });
  afterAll(() => host.end('SIGTERM'));

  test('is preserved, examined, and answered for with what each question is in', async () => {
    const { page } = host;
    const first = await page.ask('session.state', {});
    expect(first).toMatchObject({ case: { name: 'default' }, fault: null, network: 'off', unfinished: [] });
    const hostile = '<img src=x onerror=alert(1)>.png';
    const id = await page.upload(hostile, readFileSync(path.join(material, FOLDER.portrait)));
    await page.ask('scan.start', { source: { from: 'uploads', ids: [id] }, keep: 'copy', depth: 'quick' });
    const { work, items } = await page.until('done', 'failed');
    expect(work).toMatchObject({ phase: 'done', total: 1, done: 1, failed: 0, error: null });
    const { sha256 } = items[0]!;
    const answer = await page.ask('item.answer', { item: sha256! });
    expect(answer.item).toMatchObject({ receivedAs: 'upload-original-path-unknown', hasCopy: true });
    expect(answer.sightings).toEqual([expect.objectContaining({ path: null, modifiedAtMs: null })]);
    expect(answer.examination!.findings.map((f) => f.question)).toEqual(
      expect.arrayContaining(['origin', 'synthesis', 'likeness']),
    );
    expect(page.events.map((e) => e.name)).toEqual(expect.arrayContaining(['work', 'item', 'changed']));
    const { entries } = await page.ask('case.custody', { after: 0, limit: 100 });
    expect(entries.map((e) => e.act)).toEqual(
      expect.arrayContaining(['item-received', 'item-sealed', 'item-examined']),
    );
  });

  test('shows nothing before somebody chooses to look, and that choice is in the log', async () => {
    const { page } = host;
    const { rows } = await page.ask('items.page', { offset: 0, limit: 10 });
    const { sha256: item } = rows[0]!;
    const blurred = await page.ask('item.thumbnail', { item, maxSide: 120 });
    expect(blurred).toMatchObject({ mediaType: 'image/jpeg', width: 120, height: 120 });
    for (const name of ['item.picture', 'item.frame', 'item.sound'] as const) {
      const message = {
        'item.picture': { maxSide: 100 },
        'item.frame': { atS: 0, maxSide: 100 },
        'item.sound': { fromS: 0, toS: 1 },
      };
      const refused = await page.response(name, { item, ...message[name] });
      expect(refused).toMatchObject({ ok: false, fault: { code: 'NOT_REVEALED' } });
    }
    const { examination } = await page.ask('item.answer', { item });
    const crop = examination!.crops[0]!.id;
    expect(await page.response('item.crop', { item, crop })).toMatchObject({ fault: { code: 'NOT_REVEALED' } });
    expect((await page.ask('item.crop', { item, crop, blurred: true })).png.length).toBeGreaterThan(100);
    await page.ask('item.revealed', { item });
    expect(await page.ask('item.picture', { item, maxSide: 240 })).toMatchObject({ width: 240, height: 240 });
    expect((await page.ask('item.crop', { item, crop })).png.startsWith('iVBOR')).toBe(true);
    const { entries } = await page.ask('case.custody', { after: 0, limit: 100 });
    expect(entries.filter((e) => e.act === 'item-revealed')).toHaveLength(1);
  });

  test('has its bytes, notes, marks, role and assessments', async () => {
    const { page } = host;
    const { rows } = await page.ask('items.page', { offset: 0, limit: 10 });
    const { sha256: item } = rows[0]!;
    expect((await page.ask('item.bytes', { item, offset: 0, length: 8 })).hex).toBe('89504e470d0a1a0a');
    await page.ask('item.note', { item, text: 'from the group chat' });
    const mark = await page.ask('item.bookmark', { item, atS: null, label: 'ask her' });
    await page.ask('item.role', { item, role: 'suspected-source' });
    const opinions = [{ question: 'origin' as const, towards: null, band: null, text: 'seen on the phone itself' }];
    expect(await page.response('item.assess', { item, opinions })).toMatchObject({ fault: { code: 'NOT_CONFIRMED' } });
    const { preferences } = await page.ask('session.state', {});
    await page.ask('preferences.set', { ...preferences, examiner: 'A' });
    const { id } = await page.ask('item.assess', { item, opinions });
    await page.ask('item.sign', { item, assessment: id });
    await page.ask('preferences.set', { ...preferences, examiner: 'B' });
    const blind = await page.ask('item.answer', { item });
    expect(blind.assessments).toMatchObject([{ examiner: 'A', opinions: null }]);
    expect(blind.bookmarks.map((b) => b.id)).toEqual([mark.id]);
    expect(blind.notes.map((n) => n.text)).toEqual(['from the group chat']);
    const second = await page.ask('item.assess', { item, opinions });
    await page.ask('item.sign', { item, assessment: second.id });
    expect((await page.ask('item.answer', { item })).assessments[0]!.opinions).toEqual(opinions);
    const page2 = await page.ask('items.page', { offset: 0, limit: 10, filter: { marked: true } });
    expect(page2.rows).toMatchObject([{ notes: 1, bookmarks: 1, assessments: 2, role: 'suspected-source' }]);
    const { branches } = await page.ask('item.provenance', { item });
    expect(branches.length).toBeGreaterThan(3);
    expect(await page.ask('case.verify', {})).toMatchObject({ entries: expect.any(Number) });
  });

  test('is compared with a person who was added meanwhile', async () => {
    const { page } = host;
    const photo = await page.upload('me.png', readFileSync(path.join(material, FOLDER.portrait)));
    const { samples } = await page.ask('person.add', {
      source: { from: 'uploads', ids: [photo] },
      name: '小明',
      basis: 'own',
      purpose: 'to see whether it is me',
      retainUntil: '2099-01-01',
    });
    expect(samples).toEqual([{ name: 'me.png', refusal: null, outlier: false }]);
    const { people } = await page.ask('person.list', {});
    expect(people).toMatchObject([{ name: '小明', faces: 1, voices: 0, expired: false }]);
    const { rows } = await page.ask('items.page', { offset: 0, limit: 10 });
    await page.ask('scan.again', { item: rows[0]!.sha256 });
    await page.until('done', 'failed');
    const { examination } = await page.ask('item.answer', { item: rows[0]!.sha256 });
    expect(examination!.findings.some((f) => f.question === 'likeness' && f.reference === '小明')).toBe(true);
    const { proof } = await page.ask('person.remove', { person: people[0]!.id });
    expect(proof.seq).toBeGreaterThan(0);
    expect((await page.ask('person.list', {})).people).toEqual([]);
  });

  test('has a figure for its voices once their language is stated, which the next examination keeps', async () => {
    const { page } = host;
    const id = await page.upload('call.opus', readFileSync(path.join(material, FOLDER.dialogue)));
    await page.ask('scan.start', { source: { from: 'uploads', ids: [id] }, keep: 'copy', depth: 'quick' });
    const item = (await page.until('done', 'failed')).items[0]!.sha256!;
    const stated = async () => {
      const { findings, settings } = (await page.ask('item.answer', { item })).examination!;
      const unknown = findings.some(({ against }) => against.some(({ code }) => code === 'language-unknown'));
      return { unknown, language: settings.language };
    };
    expect(await stated()).toEqual({ unknown: true, language: undefined });
    for (const language of [{ language: 'en' }, {}]) {
      await page.ask('scan.again', { item, ...language });
      await page.until('done', 'failed');
      expect(await stated()).toEqual({ unknown: false, language: 'en' });
    }
    expect(await page.response('scan.again', { item, language: 'English' })).toMatchObject({ ok: false });
    await page.ask('item.erase', { item });
  });

  test('goes with its words when it is erased', async () => {
    const { page } = host;
    const { rows } = await page.ask('items.page', { offset: 0, limit: 10 });
    const { proof, files } = await page.ask('item.erase', { item: rows[0]!.sha256 });
    expect([proof.length, files > 0]).toEqual([1, true]);
    expect(await page.response('item.answer', { item: rows[0]!.sha256 })).toMatchObject({
      fault: { code: 'ITEM_NOT_FOUND' },
    });
  });
});

describe('work', () => {
  const dataRoot = path.join(folder, 'work');
  const source = { from: 'paths' as const, paths: [material] };

  test('pauses and goes on; a command on the same case is refused; what waits begins after it', async () => {
    const host = await Started.at(dataRoot);
    const { page } = host;
    try {
      await page.ask('scan.start', { source, keep: 'copy', depth: 'quick' });
      const extra = path.join(material, FOLDER.tone);
      await page.ask('scan.start', { source: { from: 'paths', paths: [extra] }, keep: 'none', depth: 'quick' });
      expect((await page.ask('session.state', {})).work.waiting).toBe(1);
      await page.ask('scan.pause', {});
      const paused = await page.until('paused', 'done');
      expect(paused.work.phase).toBe('paused');
      const other = await cli(['--data', dataRoot, 'case', 'show', '--lang', 'en']);
      expect(other.err).toContain('CASE_LOCKED');
      await page.ask('scan.resume', {});
      for (;;) {
        const { work } = await page.ask('session.state', {});
        if (work.phase === 'done' && work.waiting === 0 && work.total === 1) break;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      const { rows, total } = await page.ask('items.page', { offset: 0, limit: 50, sort: 'name' });
      expect(total).toBe(rows.length);
      expect(rows.filter((r) => r.examinedAtMs === null).map((r) => r.name)).toEqual([]);
    } finally {
      await host.end('SIGTERM');
    }
  });

  test('that was killed is told at the next start, goes on, and ends as if nothing had happened', async () => {
    const killed = path.join(folder, 'killed');
    const host = await Started.at(killed);
    const ids = [FOLDER.portrait, FOLDER.pair, FOLDER.dialogue, FOLDER.tone].map((name) =>
      host.page.upload(name, readFileSync(path.join(material, name))),
    );
    await host.page.ask('scan.start', {
      source: { from: 'uploads', ids: await Promise.all(ids) },
      keep: 'copy',
      depth: 'quick',
    });
    await host.page.until('working');
    for (;;) {
      const { work } = await host.page.ask('session.state', {});
      if (work.done >= 1 || work.phase === 'done') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await host.end('SIGKILL');
    const next = await Started.at(killed);
    try {
      const { unfinished, work } = await next.page.ask('session.state', {});
      expect(work.phase).toBe('idle');
      expect(unfinished).toMatchObject([{ total: 4 }]);
      expect(unfinished[0]!.done).toBeGreaterThanOrEqual(1);
      await next.page.ask('scan.recover', { job: unfinished[0]!.job });
      const end = await next.page.until('done', 'failed');
      expect(end.work).toMatchObject({ kind: 'recovered', phase: 'done', total: 4, done: 4, failed: 0 });
      expect(end.unfinished).toEqual([]);
      const { rows } = await next.page.ask('items.page', { offset: 0, limit: 50 });
      expect(rows.map((r) => r.name).sort()).toEqual(['dialogue.opus', 'pair.png', 'portrait.png', 'tone.wav']);
      expect(rows.every((r) => r.examinedAtMs !== null)).toBe(true);
      await next.page.ask('case.verify', {});
    } finally {
      await next.end('SIGTERM');
    }
  });
});

test('cases are made, protected, exported, imported and erased', async () => {
  const host = await Started.at(path.join(folder, 'cases'));
  const { page } = host;
  try {
    await page.ask('case.create', { name: '甲案' });
    const { recoveryCode } = await page.ask('case.protect', { passphrase: 'a long passphrase' });
    await page.ask('case.note', { text: 'opened at the desk' });
    const saved = await page.ask('case.export', { to: path.join(folder, 'out.jzcase') });
    expect(saved.file).toBe(path.join(folder, 'out.jzcase'));
    const offered = await page.ask('case.export', { to: null });
    expect(offered).toMatchObject({ file: null, download: expect.any(String) });
    expect((await page.ask('case.close', {})).case).toBeNull();
    const wrong = await page.response('case.open', { name: '甲案', passphrase: 'no' });
    expect(wrong).toMatchObject({ ok: false, fault: { code: 'VAULT_WRONG_PASSPHRASE' } });
    expect((await page.ask('case.open', { name: '甲案', recoveryCode })).case?.name).toBe('甲案');
    const source = { from: 'paths' as const, paths: [path.join(folder, 'out.jzcase')] };
    expect((await page.ask('case.import', { source, as: '乙案' })).name).toBe('乙案');
    const { cases } = await page.ask('case.list', {});
    expect(cases.map((c) => [c.name, c.open])).toEqual(
      expect.arrayContaining([
        ['甲案', true],
        ['乙案', false],
      ]),
    );
    expect(await page.response('case.erase', { name: '乙案', confirm: '' })).toMatchObject({
      fault: { code: 'NOT_CONFIRMED' },
    });
    await page.ask('case.erase', { name: '乙案', confirm: '乙案' });
    const { removed } = await page.ask('erase.all', { confirm: 'erase' });
    expect(removed.length).toBeGreaterThan(0);
    expect((await page.ask('session.state', {})).case).toBeNull();
  } finally {
    await host.end('SIGTERM');
  }
});

test('models, their cards and the machine are told; nothing is fetched without the digest that was shown', async () => {
  const host = await Started.at(path.join(folder, 'machine'));
  const { page } = host;
  try {
    const { models } = await page.ask('models.list', {});
    expect(models.length).toBeGreaterThan(5);
    expect((await page.ask('models.card', { id: models[0]!.id })).text.length).toBeGreaterThan(50);
    const pack = models.find((m) => m.kind === 'pack')!;
    const plan = await page.ask('models.plan', { id: pack.id });
    expect(plan.sha256).toBe(pack.sha256);
    const refused = await page.response('models.fetch', { id: pack.id, sha256: '0'.repeat(64) });
    expect(refused).toMatchObject({ ok: false, fault: { code: 'NOT_CONFIRMED' } });
    const machine = await page.ask('machine.state', {});
    expect(machine).toMatchObject({ host: 'browser', models: { faulty: [] } });
  } finally {
    await host.end('SIGTERM');
  }
});
