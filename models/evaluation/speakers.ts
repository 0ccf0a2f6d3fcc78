// Which speakers of ../shared/data/voices did the speaker embedding never hear? The rule of models/training/voice/speakers.py and
// corpus.py, which trained it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface VoiceClip {
  /** Relative to data/voices. */
  readonly file: string;
  readonly person: string;
  readonly language: string;
  /** Repository and path of the recording that it was cut from. */
  readonly recording: string;
  readonly offsetS: number;
}

/** Real clips of known speakers. */
export function readClips(sharedData: string): VoiceClip[] {
  const [head, ...lines] = readFileSync(path.join(sharedData, 'voices/manifest.csv'), 'utf8').trim().split('\n');
  const columns = head!.split(',');
  const rows = lines.map(cellsOf);
  const cell = (row: readonly string[], name: string) => row[columns.indexOf(name)] ?? '';
  const real = rows.filter((row) => cell(row, 'label') === 'bonafide');
  const known = new Set(real.map((row) => cell(row, 'speaker')));
  return real
    .map((row) => ({
      file: cell(row, 'file'),
      person: personOf(cell(row, 'speaker'), known),
      language: cell(row, 'language'),
      recording: `${cell(row, 'repo')}/${cell(row, 'path')}`,
      offsetS: Number(cell(row, 'offset_s')),
    }))
    .filter(({ person }) => person !== 'sti-crowd' && !UNCERTAIN.some((tag) => person.startsWith(tag)));
}

/** Prompts of demo pages that may be speakers who stand in the data under another name too: nobody knows whether two such are two people. */
const UNCERTAIN = ['e1-', 'seed-', 'yt-ref-', 'bv-lt', 'vctk-hg', 'vctk-vits', 'vctk-dvae', 'sti-'];

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

/** `person` of corpus.py: numbers of demo pages are LibriTTS or MLS speakers. */
function personOf(tag: string, known: ReadonlySet<string>): string {
  if (['lj', 'tort-lj', 'ljspeech'].includes(tag)) return 'ljspeech';
  const [prefix, number] = [tag.split('-')[0]!, tag.split('-').slice(1).join('-')];
  if ((prefix === 'yt' || prefix === 'st2') && /^\d{2,}$/.test(number))
    return [`mls-${number}`, `ls-${number}`].find((name) => known.has(name)) ?? `ls-${number}`;
  return tag;
}

const recordingsOf = new WeakMap<readonly VoiceClip[], Map<string, number>>();

/** `test_speakers` of speakers.py. */
export function isTestSpeaker(person: string, clips: readonly VoiceClip[]): boolean {
  let recordings = recordingsOf.get(clips);
  if (!recordings) {
    recordings = new Map(
      [...Map.groupBy(clips, (clip) => clip.person)].map(([name, own]) => [
        name,
        new Set(own.map((c) => c.recording)).size,
      ]),
    );
    recordingsOf.set(clips, recordings);
  }
  return drawn(person) < shareOf(person.split('-')[0]!, recordings.get(person) ?? 0);
}

function shareOf(kind: string, recordings: number): number {
  if (kind === 'emodb' || kind === 'kor') return 1;
  if (['aishell3', 'thchs30', 'seedasr'].includes(kind) || (kind === 'ls' && recordings >= 4)) return 0.5;
  return ['mls', 'cv', 'ravdess', 'vctk', 'tort'].includes(kind) ? 0.4 : 0.2;
}

function drawn(text: string): number {
  return Number.parseInt(createHash('sha256').update(`speaker${text}`).digest('hex').slice(0, 8), 16) / 2 ** 32;
}
