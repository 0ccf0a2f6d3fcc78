// The held-out scores that the training recipes leave in evaluation.json, in one form: a row an item and condition, always by a model
// that saw neither its person or voice, nor its generator or system.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Row {
  readonly id: string;
  readonly source: string;
  /** Generator, system or repository of a synthetic item; `-` of a genuine one. */
  readonly generator: string;
  /** Person, voice or repository: never in two folds of the calibration. */
  readonly group: string;
  readonly condition: string;
  readonly language: string | null;
  readonly synthetic: boolean;
  readonly score: number;
}

export interface ScoreSet {
  readonly model: string;
  /** Id of the calibrated score: `swap`, `generated`, `picture`, `voice`. */
  readonly id: string;
  readonly rows: readonly Row[];
  /** Scores of genuine items after a network had enhanced them: no condition of the calibration, since nothing synthetic was treated so. */
  readonly enhanced?: readonly number[];
}

/** `instead` gives the text of a model's evaluation.json in place of the file, for comparing versions. */
export function readScoreSets(modelsFolder: string, instead: ReadonlyMap<string, string> = new Map()): ScoreSet[] {
  const read = (model: string): unknown =>
    JSON.parse(instead.get(model) ?? readFileSync(path.join(modelsFolder, model, 'evaluation.json'), 'utf8'));
  return [...faceSets(read('synthetic-face')), imageSet(read('synthetic-image')), voiceSet(read('synthetic-voice'))];
}

type Table = { columns: string[]; rows: (number | string | null)[][] };

function faceSets(evaluation: unknown): ScoreSet[] {
  const { files, enhanced } = evaluation as {
    files: Table & { sources: string[]; repositories: string[]; conditions: string[] };
    enhanced?: number[];
  };
  const cell = reader(files.columns);
  const set = (id: string, fakes: Readonly<Record<string, string>>, genuine: string): ScoreSet => ({
    model: 'synthetic-face',
    id,
    rows: files.rows.flatMap((row) => {
      const source = files.sources[cell(row, 'source') as number]!;
      const synthetic = cell(row, 'synthetic') === 1;
      const column = synthetic ? fakes[source] : genuine;
      const score = column === undefined ? null : cell(row, column);
      if (score === null) return [];
      const repository = files.repositories[cell(row, 'repository') as number]!;
      return [
        {
          id: String(cell(row, 'id')),
          source,
          generator: synthetic ? (source.startsWith('modern/') ? repository : source) : '-',
          group: source.startsWith('modern/') ? repository : `${source.split('/')[1]}:${cell(row, 'group')}`,
          condition: files.conditions[cell(row, 'condition') as number]!,
          language: null,
          synthetic,
          score: score as number,
        },
      ];
    }),
  });
  return [
    {
      ...set('swap', { 'fake/dfdc': 'swapSelfBlended', 'modern/swap': 'swap' }, 'swap'),
      ...(enhanced && { enhanced }),
    },
    set(
      'generated',
      {
        'fake/t2i_sfhq': 'generatedUnseen',
        'fake/stylegan2_sfhq': 'generatedUnseen',
        'modern/generated': 'generatedUnseen',
      },
      'generatedUnseen',
    ),
  ];
}

/** These scores come from models that had seen both generators of the training collages: only the portraits of other origin stand for an unseen one. */
function imageSet(evaluation: unknown): ScoreSet {
  const { files } = evaluation as {
    files: { id: string; source: string; repo: string; condition: string; synthetic: boolean; score: number }[];
  };
  return {
    model: 'synthetic-image',
    id: 'picture',
    rows: files
      .filter((f) => !f.synthetic || f.source === 'modern/generated')
      .map((f) => ({
        id: f.id,
        source: f.source,
        generator: f.synthetic ? f.source : '-',
        group: f.source === 'modern/real' ? f.repo : f.id,
        condition: f.condition,
        language: null,
        synthetic: f.synthetic,
        score: f.score,
      })),
  };
}

/** Clips shorter than the product's least speech are left out, as the product does. Seconds. */
const LEAST_SPEECH_S = 2;

function voiceSet(evaluation: unknown): ScoreSet {
  const { names, columns, items } = evaluation as {
    names: Record<'source' | 'system' | 'language', string[]>;
    columns: string[];
    items: (number | string | null)[][];
  };
  const cell = reader(columns);
  const conditions = columns.filter((c) => c.startsWith('score:'));
  const strict = items.filter(
    (i) =>
      cell(i, 'systemUnseen') === 1 && cell(i, 'voiceUnseen') === 1 && (cell(i, 'seconds') as number) >= LEAST_SPEECH_S,
  );
  return {
    model: 'synthetic-voice',
    id: 'voice',
    rows: strict.flatMap((item) =>
      conditions.flatMap((column) => {
        const score = cell(item, column);
        if (score === null) return [];
        const synthetic = cell(item, 'synthetic') === 1;
        return [
          {
            id: String(cell(item, 'id')),
            source: names.source[cell(item, 'source') as number]!,
            generator: synthetic ? names.system[cell(item, 'system') as number]! : '-',
            group: String(cell(item, 'voice')),
            condition: column.slice('score:'.length),
            language: names.language[cell(item, 'language') as number]!,
            synthetic,
            score: score as number,
          },
        ];
      }),
    ),
  };
}

/** Ids of the clips whose voice the shipped weights never heard. */
export function unheardVoiceClips(modelsFolder: string): ReadonlySet<string> {
  const text = readFileSync(path.join(modelsFolder, 'synthetic-voice', 'evaluation.json'), 'utf8');
  const { columns, items } = JSON.parse(text) as { columns: string[]; items: (number | string | null)[][] };
  const cell = reader(columns);
  return new Set(items.filter((i) => cell(i, 'shippedScore:clean') !== null).map((i) => String(cell(i, 'id'))));
}

function reader(columns: readonly string[]) {
  return (row: readonly (number | string | null)[], name: string) => row[columns.indexOf(name)] ?? null;
}
