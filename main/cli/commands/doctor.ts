import type { Command } from 'commander';
import { ModelStore, verifyModels } from '../../inference/index.ts';
import { probeTools } from '../../media/tools.ts';
import { installedTrustLists } from '../../provenance/c2pa/trust-lists.ts';
import { printable } from '../../strings/printable.ts';
import { Context } from '../context.ts';
import { EXIT } from '../exit.ts';
import type { Say } from '../program.ts';

export function addDoctor(program: Command, say: Say): void {
  program.command('doctor').description(say('cli.doctor.about')).action(doctor);
}

/** What is installed, what is missing, and how to get it. */
async function doctor(_: unknown, command: Command): Promise<void> {
  const { terminal, modelsFolder, packsFolder, trustFolder, dataRoot } = new Context(command);
  const tools = await probeTools();
  const models = await verifyModels(new ModelStore({ modelsFolder, packsFolder }));
  const missing = models.filter(
    ({ state, entry }) => state !== 'verified' && (state !== 'missing' || entry.kind !== 'pack'),
  );
  terminal.value({
    type: 'doctor',
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    tools,
    models: models.map(({ entry, state }) => ({ id: entry.id, state })),
    dataRoot,
    network: 'off',
  });
  terminal.line(terminal.say('cli.doctor.found', { what: 'Node', version: process.versions.node }));
  if (tools.ffmpeg) terminal.line(terminal.say('cli.doctor.found', { what: 'ffmpeg', version: tools.ffmpeg.version }));
  else terminal.line(terminal.say('cli.doctor.missing', { what: terminal.say('error.FFMPEG_MISSING') }));
  const verified = models.filter((m) => m.state === 'verified').length;
  terminal.line(terminal.say('cli.models.verified', { count: verified }));
  for (const { entry, state } of missing) {
    const code = state === 'missing' ? 'MODEL_MISSING' : 'MODEL_DIGEST_MISMATCH';
    terminal.line(terminal.say('cli.doctor.missing', { what: terminal.say(`error.${code}`, { model: entry.id }) }));
  }
  const packs = models.filter(({ state, entry }) => state === 'missing' && entry.kind === 'pack');
  if (packs.length > 0)
    terminal.line(terminal.say('cli.doctor.packs', { packs: packs.map(({ entry }) => entry.id).join(', ') }));
  if (installedTrustLists(trustFolder).length === 0) terminal.line(terminal.say('cli.trust.none'));
  terminal.line(terminal.say('cli.doctor.data', { folder: printable(dataRoot) }));
  terminal.line(terminal.say('cli.doctor.network'));
  if (!tools.ffmpeg || missing.length > 0) process.exitCode = EXIT.fault;
}
