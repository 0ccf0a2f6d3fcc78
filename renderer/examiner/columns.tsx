/** The columns of the item table: what each shows, how wide it is, and by what it sorts. */
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Question } from '../../main/contract/finding.ts';
import type { Cell, ItemTableRow } from '../../main/contract/ipc.ts';
import { Mark, type MarkState } from '../parts/StrengthMark.tsx';
import { Thumbnail } from '../parts/Thumbnail.tsx';
import type { Words } from '../words/words.ts';
import { clock } from './clock.ts';
import type { Sort } from './desk.ts';

export interface Column {
  readonly id: string;
  readonly widthPx: number;
  readonly sort?: Sort;
  /** Too narrow for its heading, which is there for those who hear it. */
  readonly narrow?: true;
  /** Figures stand right. */
  readonly figures?: true;
  show(row: ItemTableRow, words: Words): ReactNode;
}

/** Side of a thumbnail, in pixels: a row is 48. */
const THUMBNAIL_PX = 36;

const DIGEST_HEAD = 12;

const question = (id: Question): Column => ({
  id,
  widthPx: 156,
  sort: id,
  show: ({ [id]: cell, samplesChanged }, words) => {
    const mark = <CellMark cell={cell} question={id} words={words} />;
    if (id !== 'likeness' || !samplesChanged) return mark;
    return (
      <>
        {mark}
        <Text c="dimmed" truncate>
          {words.say('ui.items.samples-changed')}
        </Text>
      </>
    );
  },
});

export const COLUMNS: readonly Column[] = [
  {
    id: 'thumbnail',
    widthPx: 56,
    narrow: true,
    show: ({ sha256, kind }) => (kind === 'audio' ? <Note /> : <Thumbnail item={sha256} side={THUMBNAIL_PX} />),
  },
  {
    id: 'name',
    widthPx: 152,
    sort: 'name',
    show: ({ name, otherVersions }, { say }) =>
      otherVersions ? (
        <>
          <Text truncate>{name}</Text>
          <Text c="dimmed" truncate>
            {say('ui.items.other-versions')}
          </Text>
        </>
      ) : (
        name
      ),
  },
  question('origin'),
  question('synthesis'),
  question('likeness'),
  {
    id: 'type',
    widthPx: 104,
    sort: 'type',
    show: ({ mediaType, examinedAtMs }) => (examinedAtMs === null ? '' : mediaType),
  },
  {
    id: 'duration',
    widthPx: 84,
    sort: 'duration',
    figures: true,
    show: ({ durationS }) => (durationS === null ? '' : clock(durationS)),
  },
  {
    id: 'state',
    widthPx: 148,
    sort: 'examined',
    show: (row, { say }) => say(`ui.items.state.${stateOf(row)}`),
  },
  { id: 'digest', widthPx: 136, sort: 'digest', show: ({ sha256 }) => <code>{sha256.slice(0, DIGEST_HEAD)}</code> },
  { id: 'role', widthPx: 148, show: ({ role }, { say }) => say(`item-role.${role}`) },
  { id: 'kept', widthPx: 132, show: ({ retention }, { say }) => say(`ui.items.kept.${retention}`) },
  { id: 'faces', widthPx: 84, figures: true, show: ({ faces }) => count(faces) },
  { id: 'speakers', widthPx: 84, figures: true, show: ({ speakers }) => count(speakers) },
  { id: 'notes', widthPx: 84, figures: true, show: ({ notes }) => count(notes) },
  { id: 'bookmarks', widthPx: 104, figures: true, show: ({ bookmarks }) => count(bookmarks) },
  { id: 'assessments', widthPx: 104, figures: true, show: ({ assessments }) => count(assessments) },
  { id: 'bytes', widthPx: 100, sort: 'bytes', figures: true, show: ({ bytes: size }, { bytes }) => bytes(size) },
  {
    id: 'received',
    widthPx: 200,
    sort: 'received',
    figures: true,
    show: ({ receivedAtMs }, { moment }) => moment(receivedAtMs),
  },
];

const FIRST_COLUMNS: readonly string[] = [
  'thumbnail',
  'name',
  'origin',
  'synthesis',
  'likeness',
  'type',
  'duration',
  'state',
  'digest',
  'notes',
];

/** The columns chosen, in the order in which they stand; a choice that names none that exist is none. */
export function chosenColumns(ids: readonly string[]): readonly Column[] {
  const chosen = COLUMNS.filter(({ id }) => ids.includes(id));
  return chosen.length > 0 ? chosen : COLUMNS.filter(({ id }) => FIRST_COLUMNS.includes(id));
}

export function stateOf({ fault, examinedAtMs }: ItemTableRow): 'failed' | 'preserved' | 'examined' {
  return fault ? 'failed' : examinedAtMs === null ? 'preserved' : 'examined';
}

/** Nothing is shown for none, so that what there is stands out. */
function count(n: number): string {
  return n === 0 ? '' : String(n);
}

interface CellMarkProps {
  readonly cell: Cell;
  readonly question: Question;
  readonly words: Words;
}

function CellMark({ cell, question: asked, words: { say } }: CellMarkProps) {
  return (
    <Mark
      state={markOf(cell, asked)}
      band={asked === 'synthesis' ? cell.band : null}
      towards={(cell.llr ?? 0) < 0 ? 'second' : 'first'}
      say={say}
    />
  );
}

function markOf({ state, llr }: Cell, asked: Question): MarkState {
  if (state !== 'found') return state;
  if (asked === 'likeness') return 'compared';
  if (asked === 'origin') return 'found';
  return llr === null ? 'noOpinion' : 'noneFound';
}

/** In the place of a picture where an item has sound only. */
function Note() {
  return (
    <Text component="span" c="dimmed" aria-hidden="true" size="lg">
      ♪
    </Text>
  );
}
