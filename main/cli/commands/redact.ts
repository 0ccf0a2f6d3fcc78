/** `jianzhen redact`: a picture, film or recording of the case with faces, places or words covered, its AI label kept, to be handed on. */
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { findItem } from '../../cases/index.ts';
import { AppError } from '../../contract/errors.ts';
import type { Place, Span } from '../../contract/redaction.ts';
import { placeOf, spanOf } from '../../contract/redaction-text.ts';
import { type Cover, copyExtension, exportRedacted } from '../../dossier/redaction.ts';
import { EngineHost } from '../../jobs/engine-host.ts';
import { forkEngine } from '../../jobs/fork-engine.ts';
import { claimedType, coveredCopy, coveredFilm } from '../../media/index.ts';
import { Context } from '../context.ts';
import { interruptible } from '../interrupt.ts';
import type { Say } from '../program.ts';

interface RedactFlags {
  readonly out: string;
  readonly cover: Cover;
  readonly region: readonly Place[];
  readonly silence: readonly Span[];
  readonly lower: readonly Span[];
}

export function addRedact(program: Command, say: Say): void {
  program
    .command('redact')
    .argument('<item>')
    .requiredOption('--out <file>', say('cli.option.out-file'))
    .addOption(
      new Option('--cover <what>', say('cli.redact.option.cover')).choices(['faces', 'all', 'none']).default('faces'),
    )
    .option('--region <x,y,w,h[@from-to]>', say('cli.redact.option.region'), gathered(placeOf, 'X,Y,W,H[@FROM-TO]'), [])
    .option('--silence <from-to>', say('cli.redact.option.silence'), gathered(spanOf, 'FROM-TO'), [])
    .option('--lower <from-to>', say('cli.redact.option.lower'), gathered(spanOf, 'FROM-TO'), [])
    .description(say('cli.redact.about'))
    .action(redact);
}

const gathered =
  <Value>(read: (text: string) => Value | null, form: string) =>
  (text: string, before: readonly Value[]): readonly Value[] => {
    const value = read(text);
    if (value === null) throw new InvalidArgumentError(form);
    return [...before, value];
  };

async function redact(given: string, flags: RedactFlags, command: Command): Promise<void> {
  const { out, cover, region, silence, lower } = flags;
  const context = new Context(command);
  const { terminal } = context;
  using interrupt = interruptible();
  using openCase = await context.openCase();
  const item = findItem(openCase, given);
  if (!item) throw new AppError('ITEM_NOT_FOUND', { sha256: given });
  const ending = copyExtension(openCase, item.sha256);
  if (claimedType(path.extname(out), ending === '.png' ? 'image/png' : 'audio/mp4') !== null)
    throw new AppError('REDACTION_NAME_UNFIT', { ending });
  await using engine = new EngineHost(() => forkEngine(context.engineSettings(openCase.engineScratch)));
  const made = await exportRedacted(openCase, item.sha256, {
    out: path.resolve(context.cwd, out),
    cover,
    places: region,
    silences: silence,
    lowered: lower,
    coveredCopy,
    coveredFilm,
    signal: interrupt.signal,
    locate: (film) =>
      engine.locate(film, {
        signal: interrupt.signal,
        onProgress: ({ seconds }) =>
          terminal.status(terminal.say('cli.redact.looking', { seconds: Math.floor(seconds) })),
      }),
  });
  terminal.status('');
  terminal.value({ type: 'redacted', ...made });
  const { file, sha256, faces, looks, places, silencedS, loweredS, kind } = made;
  terminal.line(terminal.say('cli.redact.written', { file, sha256 }));
  if (cover === 'all' && kind !== 'sound') terminal.line(terminal.say('cli.redact.all'));
  if (looks) terminal.line(terminal.say('cli.redact.looks', looks));
  else if (faces !== null) terminal.line(terminal.say('cli.redact.faces', { faces }));
  if (places > 0) terminal.line(terminal.say('cli.redact.places', { places }));
  if (silencedS > 0) terminal.line(terminal.say('cli.redact.silenced', { seconds: silencedS }));
  if (loweredS > 0) terminal.line(terminal.say('cli.redact.lowered', { seconds: loweredS }));
  if (made.labelled) terminal.line(terminal.say('cli.redact.labelled'));
  terminal.line(terminal.say('cli.redact.look'));
}
