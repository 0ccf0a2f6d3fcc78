/** Every item of the case in one table that holds only the rows in view; all of it by keyboard. */
import { Text, VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, useEffect, useId, useMemo, useRef } from 'react';
import type { ItemTableRow } from '../../main/contract/ipc.ts';
import { useRoute } from '../shell/route.ts';
import { usePreferences } from '../state/session.ts';
import { useWords, type Words } from '../words/words.ts';
import { type Column, chosenColumns } from './columns.tsx';
import { useDesk } from './desk.ts';
import classes from './ItemTable.module.css';
import { linesOf } from './lines.ts';
import type { Rows } from './rows.ts';

const ROW_PX = 48;
const HEAD_PX = 40;
/** The place of the mark before the first column. */
const MARK_PX = 32;

/** Rows drawn beyond the view on either side. */
const OVERSCAN = 6;

export function ItemTable({ rows }: { readonly rows: Rows }) {
  const words = useWords();
  const { say } = words;
  const go = useRoute((state) => state.go);
  const { query, at, marked, ask, choose, mark, item } = useDesk();
  const columns = chosenColumns(usePreferences().columns);
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const { total, groups, row, view, fetch } = rows;
  const lines = useMemo(() => linesOf(total ?? 0, groups), [total, groups]);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
    scrollMargin: 0,
    paddingStart: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
  });
  const drawn = virtual.getVirtualItems();
  const shown = drawn.map(({ index }) => lines.line(index)).filter((line) => line.kind === 'row');
  const first = shown[0]?.at ?? 0;
  const last = shown.at(-1)?.at ?? 0;
  useEffect(() => view(first, last), [view, first, last]);

  const moveTo = async (place: number) => {
    if (!total) return;
    const next = Math.min(total - 1, Math.max(0, place));
    choose(next, row(next)?.sha256 ?? item);
    virtual.scrollToIndex(lines.indexOf(next), { align: 'auto' });
    const found = await fetch(next);
    if (found && useDesk.getState().at === next) choose(next, found.sha256);
  };
  /** A key pressed before the row in hand has come waits for it. */
  const inHand = async (act: (sha256: string) => void) => {
    const here = await fetch(at);
    if (here) act(here.sha256);
  };
  const page = () => Math.max(1, Math.floor(((box.current?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1);
  const pressed = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Readonly<Record<string, () => number>> = {
      ArrowDown: () => at + 1,
      ArrowUp: () => at - 1,
      PageDown: () => at + page(),
      PageUp: () => at - page(),
      Home: () => 0,
      End: () => (total ?? 1) - 1,
    };
    const move = moves[event.key];
    if (move) void moveTo(move());
    else if (event.key === 'Enter') void inHand((sha256) => go({ screen: 'item', item: sha256 }));
    else if (event.key === ' ') void inHand(mark);
    else return;
    event.preventDefault();
  };
  const template = `${MARK_PX}px ${columns.map(({ widthPx }) => `${widthPx}px`).join(' ')}`;
  const width = columns.reduce((sum, { widthPx }) => sum + widthPx, MARK_PX);
  return (
    <div ref={box} className={classes.box} data-testid="items">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the table takes the keys for its rows, which is what a grid is.
        role="grid"
        tabIndex={0}
        className={classes.table}
        aria-label={say('ui.items.table')}
        aria-rowcount={lines.count + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable="true"
        aria-activedescendant={total ? `${id}-${at}` : undefined}
        onKeyDown={pressed}
        // Whoever comes with the keyboard begins at a row; a press on a row chooses by itself.
        onFocus={(event) => {
          if (event.target === event.currentTarget && item === null) void moveTo(at);
        }}
      >
        <thead className={classes.head} style={{ width }}>
          <tr aria-rowindex={1} tabIndex={-1} className={classes.row} style={{ gridTemplateColumns: template }}>
            <th scope="col" className={classes.cell}>
              <VisuallyHidden>{say('ui.items.marked')}</VisuallyHidden>
            </th>
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column}
                words={words}
                order={query.sort === column.sort ? (query.descending ? 'descending' : 'ascending') : 'none'}
                sort={() =>
                  ask({ sort: column.sort!, descending: query.sort === column.sort ? !query.descending : false })
                }
              />
            ))}
          </tr>
        </thead>
        <tbody style={{ height: virtual.getTotalSize() - HEAD_PX, width }} className={classes.body}>
          {drawn.map(({ index, start }) => {
            const line = lines.line(index);
            return line.kind === 'group' ? (
              <tr
                key={`group ${line.id}`}
                tabIndex={-1}
                aria-rowindex={index + 2}
                className={classes.group}
                style={{ transform: `translateY(${start - HEAD_PX}px)` }}
              >
                <td colSpan={columns.length + 1}>
                  <GroupName id={line.id} count={line.rows} grouping={query.group} words={words} />
                </td>
              </tr>
            ) : (
              <Row
                key={line.at}
                id={`${id}-${line.at}`}
                place={line.at}
                index={index}
                top={start - HEAD_PX}
                row={row(line.at)}
                columns={columns}
                template={template}
                words={words}
                here={item !== null && row(line.at)?.sha256 === item}
                isMarked={marked.includes(row(line.at)?.sha256 ?? '')}
                choose={choose}
                open={(sha256) => go({ screen: 'item', item: sha256 })}
                mark={mark}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface HeadingProps {
  readonly column: Column;
  readonly words: Words;
  readonly order: 'ascending' | 'descending' | 'none';
  sort(): void;
}

function Heading({ column, words: { say }, order, sort }: HeadingProps) {
  const name = say(`ui.items.column.${column.id}`);
  return (
    <th scope="col" className={classes.cell} data-figures={column.figures} aria-sort={column.sort ? order : undefined}>
      {column.sort ? (
        <button type="button" className={classes.sort} onClick={sort}>
          {name}
          <span aria-hidden="true">{order === 'ascending' ? ' ↑' : order === 'descending' ? ' ↓' : ''}</span>
        </button>
      ) : column.narrow ? (
        <VisuallyHidden>{name}</VisuallyHidden>
      ) : (
        name
      )}
    </th>
  );
}

interface RowProps {
  readonly id: string;
  readonly place: number;
  readonly index: number;
  readonly top: number;
  readonly row: ItemTableRow | undefined;
  readonly columns: readonly Column[];
  readonly template: string;
  readonly words: Words;
  readonly here: boolean;
  readonly isMarked: boolean;
  choose(at: number, item: string | null): void;
  open(sha256: string): void;
  mark(sha256: string): void;
}

function TableRow(props: RowProps) {
  const { id, place, index, top, row, columns, template, words, here, isMarked, choose, open, mark } = props;
  const style = { transform: `translateY(${top}px)`, gridTemplateColumns: template };
  return (
    <tr
      id={id}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isMarked}
      aria-busy={row === undefined || undefined}
      data-here={here || undefined}
      className={`${classes.row} ${classes.placed}`}
      style={style}
      onClick={(event) => {
        if (!row) return;
        choose(place, row.sha256);
        if ((event.target as Element).closest(`.${classes.mark}`)) mark(row.sha256);
      }}
      onDoubleClick={() => row && open(row.sha256)}
    >
      <td tabIndex={-1} className={classes.mark} data-marked={isMarked || undefined}>
        <span className={classes.tick} aria-hidden="true">
          {isMarked ? '✓' : ''}
        </span>
      </td>
      {columns.map((column) => (
        <td key={column.id} className={classes.cell} data-figures={column.figures}>
          {row ? column.show(row, words) : null}
        </td>
      ))}
    </tr>
  );
}

/** Words and handlers are made anew each time; a row changes only with what it shows. */
const Row = memo(
  TableRow,
  (a, b) =>
    a.row === b.row &&
    a.top === b.top &&
    a.place === b.place &&
    a.here === b.here &&
    a.isMarked === b.isMarked &&
    a.template === b.template &&
    a.words.language === b.words.language,
);

function groupName(id: string, grouping: string, say: Words['say']): string {
  if (grouping === 'duplicate') return say('ui.items.group.alike', { id });
  if (grouping === 'finding') return say(`question.${id}`);
  const [kind, group = ''] = id.split(':');
  return say(`ui.items.group.${kind}`, { group });
}

interface GroupNameProps {
  readonly id: string;
  readonly count: number;
  readonly grouping: string;
  readonly words: Words;
}

function GroupName({ id, count, grouping, words: { say } }: GroupNameProps) {
  const name = id === '' ? say('ui.items.group.none') : groupName(id, grouping, say);
  return (
    <Text component="span" size="sm" fw={600}>
      {name}{' '}
      <Text component="span" size="xs" c="dimmed">
        {say('ui.items.group.count', { count })}
      </Text>
    </Text>
  );
}
