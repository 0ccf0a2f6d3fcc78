/**
 * The record of processing of personal information, as its handler keeps it (PIPL 55 and 56, GDPR 30): what the case store knows, and
 * blanks for what only the handler can assess.
 */
import { type Filling, line } from '../line.ts';
import type { LetterBlock } from './letter.ts';
import type { LetterRecord } from './record.ts';

export function processingRecord(record: LetterRecord): readonly LetterBlock[] {
  const { people, exports, erasures, opened, items } = record;
  const count = (kind: string) => items.filter((item) => item.kind === kind).length;
  return [
    paragraph('how'),
    heading('handler'),
    paragraph('handler', { name: blank('name'), contact: blank('contact'), officer: blank('officer') }),
    heading('people'),
    people.length === 0
      ? paragraph('nobody')
      : table(
          ['person', 'role', 'basis', 'purpose', 'samples', 'until'],
          people.map(({ name, role, basis, purpose, faces, voices, retainUntil }) => [
            { quoted: name },
            { answers: [`report.person-role.${role}`] },
            { answers: [`report.basis.${basis}`] },
            { quoted: purpose },
            { lines: [line('letter.processing.samples', { faces: figure(faces), voices: figure(voices) })] },
            figure(retainUntil),
          ]),
        ),
    heading('data'),
    paragraph('data', {
      images: figure(count('image')),
      videos: figure(count('video')),
      sounds: figure(count('audio')),
      others: figure(count('other')),
    }),
    paragraph('biometric'),
    heading('recipients'),
    paragraph('local'),
    exports.length === 0 ? paragraph('no-exports') : log(exports),
    heading('erasure'),
    paragraph('retention'),
    erasures.length === 0 ? paragraph('no-erasures') : log(erasures),
    heading('measures'),
    {
      kind: 'list',
      mark: 'number',
      lines: [
        line('letter.processing.sealed'),
        line('letter.processing.opened', { ways: { answers: opened.map((kind) => `ui.case.slot.${kind}`) } }),
        line('letter.processing.offline'),
        line('letter.processing.logged', {
          seq: figure(record.custody.seq),
          hash: figure(record.custody.hash),
        }),
      ],
    },
    heading('assessment'),
    {
      kind: 'list',
      mark: 'number',
      lines: ['necessity', 'impact', 'adequate'].map((what) =>
        line(`letter.processing.${what}`, { answer: blank('assessment') }),
      ),
    },
  ];
}

const heading = (id: string): LetterBlock => ({ kind: 'heading', id: `letter.processing.heading.${id}` });
const paragraph = (id: string, fillings: Readonly<Record<string, Filling>> = {}): LetterBlock => ({
  kind: 'paragraph',
  line: line(`letter.processing.${id}`, fillings),
});
const figure = (value: string | number): Filling => ({ figure: value });
const blank = (what: string): Filling => ({ blank: `letter.blank.${what}` });

const table = (columns: readonly string[], rows: readonly (readonly Filling[])[]): LetterBlock => ({
  kind: 'table',
  head: columns.map((column) => `letter.column.${column}`),
  rows,
});

/** Entries of the custody log: their number, time and act. */
function log(entries: LetterRecord['exports']): LetterBlock {
  return table(
    ['entry', 'when', 'act'],
    entries.map(({ seq, atMs, act, details }) => [
      figure(seq),
      figure(`${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`),
      { lines: [line(`custody.${act}`, details)] },
    ]),
  );
}
