/** Which pictures and clips show the same scenes: over a whole case, or one file against another (a questioned clip against its suspected template). */
import path from 'node:path';
import type { Command } from 'commander';
import { findItem, listItems, type OpenCase, sha256OfFile } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import {
  type CommonRange,
  commonScenes,
  type ItemScenes,
  isSameScene,
  itemScenes,
  MATCH_DISTANCE,
  nearDuplicates,
  rangeParams,
  scenesOf,
} from '../../forensics/index.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import type { Say } from '../program.ts';
import { hashScenes, namesItem, recordedScenes } from '../scenes.ts';
import type { Terminal } from '../terminal.ts';

export function addMatch(program: Command, say: Say): void {
  program
    .command('match')
    .argument('<questioned>')
    .argument('<source>')
    .description(say('cli.match.about'))
    .action(match);
}

interface Side extends ItemScenes {
  readonly name: string;
  readonly sha256: string;
}

async function match(questioned: string, source: string, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  const a = await sideOf(questioned, context);
  const b = await sideOf(source, context);
  const names = { questioned: printable(a.name), source: printable(b.name) };
  const { compared, ranges, nearest } = commonScenes(a, b);
  terminal.value({
    type: 'match',
    questioned: { name: a.name, sha256: a.sha256 },
    source: { name: b.name, sha256: b.sha256 },
    compared,
    matchDistance: MATCH_DISTANCE,
    ranges,
    nearest,
  });
  for (const range of ranges) sayRange(terminal, range);
  if (isSameScene(nearest)) terminal.line(terminal.say('scenes.picture', { ...nearest, ...names }));
  else if (ranges.length === 0) terminal.line(terminal.say('scenes.none', names));
  terminal.line(terminal.say('scenes.compared', compared));
  terminal.line(terminal.say('scenes.note'));
}

/** A file, or an examined item of the case by the beginning of its digest. */
async function sideOf(given: string, context: Context): Promise<Side> {
  if (!namesItem(given, context.cwd)) {
    const file = path.resolve(context.cwd, given);
    const sha256 = await sha256OfFile(file);
    const { info, facts } = await hashScenes(file, sha256, context);
    if (!facts) throw new AppError('MEDIA_NO_STREAMS', {});
    return { name: path.basename(file), sha256, ...itemScenes(info, scenesOf(facts)) };
  }
  using openCase = await context.openCase();
  const item = findItem(openCase, given);
  if (!item) throw new AppError('ITEM_NOT_FOUND', { sha256: given });
  const found = recordedSide(openCase, item.sha256);
  if (!found) throw new AppError('BAD_USAGE', { detail: context.terminal.say('scenes.not-recorded', { item: given }) });
  return found;
}

function recordedSide(openCase: OpenCase, sha256: string): Side | null {
  const found = recordedScenes(openCase, sha256);
  if (!found?.facts) return null;
  return { name: `${sha256.slice(0, 16)}…`, sha256, ...itemScenes(found.info, scenesOf(found.facts)) };
}

function sayRange(terminal: Terminal, range: CommonRange): void {
  terminal.line(terminal.say(range.mirrored ? 'scenes.range-mirrored' : 'scenes.range', rangeParams(range)));
}

/** `case groups`: pictures joined by matches, and pairs of clips that share scenes. Only what a scan recorded is compared; no file is opened. */
export async function groups(name: string | undefined, _: unknown, command: Command): Promise<void> {
  const context = new Context(command);
  const { terminal } = context;
  using openCase = await context.openCase(name);
  const { sides, without } = recorded(openCase);
  const pictures = sides.filter((s) => s.kind === 'image' && s.scenes[0]);
  const clips = sides.filter((s) => s.kind === 'video');
  const found = nearDuplicates(pictures.map((p) => ({ id: p.sha256, ...p.scenes[0]! })));
  for (const items of found) {
    terminal.value({ type: 'group', items });
    terminal.line(terminal.say('cli.groups.pictures', { count: items.length }));
    for (const sha256 of items) terminal.line(`  ${sha256.slice(0, 16)}…`);
  }
  let pairs = 0;
  for (const [i, a] of clips.entries())
    for (const b of clips.slice(i + 1)) {
      const { ranges } = commonScenes(a, b);
      if (ranges.length === 0) continue;
      pairs++;
      terminal.value({ type: 'clip-pair', items: [a.sha256, b.sha256], ranges });
      terminal.line(terminal.say('cli.groups.clips', { questioned: a.name, source: b.name }));
      for (const range of ranges) sayRange(terminal, range);
    }
  terminal.value({
    type: 'groups',
    pictures: pictures.length,
    clips: clips.length,
    groups: found.length,
    pairs,
    without,
  });
  if (found.length + pairs === 0) terminal.line(terminal.say('cli.groups.none'));
  terminal.line(terminal.say('cli.groups.compared', { pictures: pictures.length, clips: clips.length, without }));
  terminal.line(terminal.say('scenes.note'));
}

/** `without`: items of which no scene is recorded (sound, a quick pass over clips, a fault, not yet examined). */
function recorded(openCase: OpenCase): { sides: Side[]; without: number } {
  const sides: Side[] = [];
  let without = 0;
  for (let after: number | undefined; ; ) {
    const page = listItems(openCase, { ...(after === undefined ? {} : { after }), limit: 200 });
    for (const { sha256 } of page) {
      const one = recordedSide(openCase, sha256);
      if (one) sides.push(one);
      else without++;
    }
    const last = page.at(-1);
    if (!last) return { sides, without };
    after = last.ordinal;
  }
}
