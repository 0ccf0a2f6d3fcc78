/** Sections 3 and 4: the items and how they were preserved, and the reference samples. Templates are never printed. */
import { sentences } from '../../strings/index.ts';
import type { Section } from '../document.ts';
import { line, lineOf, type Text } from '../line.ts';
import type { ItemRecord } from '../record.ts';
import { type Composing, columns, figure, moment, pair, paragraph, quoted, subheading } from './composing.ts';

export function preservation({ items }: Composing): Section {
  return {
    number: 3,
    title: line('report.section.preservation'),
    blocks: [
      paragraph('preservation.how'),
      ...(items.length === 0 ? [paragraph('preservation.none')] : []),
      ...items.flatMap((item) => [
        subheading(line('report.item-title', { number: figure(item.number), name: quoted(item.name) })),
        {
          kind: 'pairs' as const,
          rows: [
            pair('role', { answers: [`report.role.${item.role}`] }),
            pair('media-type', item.examination ? figure(item.mediaType) : line('report.type-not-looked-at')),
            pair('bytes', figure(item.bytes)),
            pair('sha256', figure(item.sha256)),
            pair('sm3', figure(item.sm3)),
            pair('received', moment(item.receivedAtMs)),
            pair('sightings', ...sightings(item)),
            pair('kept', { answers: [`report.kept.${item.retention}`] }),
            pair(
              'integrity',
              line(`report.integrity-state.${item.integrity.state}`, { at: moment(item.integrity.atMs) }),
            ),
            ...(item.parent ? [pair('parent', figure(item.parent))] : []),
            ...(item.notes.length > 0 ? [pair('notes', ...item.notes.map(note))] : []),
          ],
        },
      ]),
    ],
  };
}

const note = ({ atMs, text }: ItemRecord['notes'][number]): Text =>
  line('report.note', { at: moment(atMs), text: quoted(text) });

function sightings({ sightings: all }: ItemRecord): Text[] {
  return all.map(({ atMs, path, receivedAs }) =>
    line(receivedAs === null ? 'report.sighting' : 'report.sighting-stated', {
      at: moment(atMs),
      path: path === null ? { answers: ['report.path-unknown'] } : quoted(path),
      how: quoted(receivedAs ?? ''),
    }),
  );
}

export function samples({ head: { people } }: Composing): Section {
  return {
    number: 4,
    title: line('report.section.samples'),
    blocks: [
      paragraph(people.length === 0 ? 'samples.none' : 'samples.how'),
      ...people.flatMap((person) => [
        subheading(quoted(person.name)),
        {
          kind: 'pairs' as const,
          rows: [
            pair('person-role', { answers: [`report.person-role.${person.role}`] }),
            pair('basis', { answers: [`report.basis.${person.basis}`] }),
            pair('purpose', quoted(person.purpose)),
            pair('retain-until', figure(person.retainUntil)),
          ],
        },
        {
          kind: 'table' as const,
          head: columns('kind', 'source', 'usable', 'quality', 'added'),
          widths: [9, 29, 25, 22, 15],
          rows: person.samples.map(({ kind, source, accepted, reason, quality, createdAtMs }) => [
            [{ answers: [`report.sample.${kind}`] }],
            [source === null ? { answers: ['report.source-erased'] } : figure(source)],
            [{ answers: [`law.answer.${accepted ? 'yes' : 'no'}`] }, ...(reason ? [lineOf(reason)] : [])],
            Object.entries(quality).map(([name, value]) => {
              const told = Number(value.toPrecision(3));
              const words = `report.quality.${name}`;
              return sentences.has(words) ? line(words, { value: figure(told) }) : figure(`${name} ${told}`);
            }),
            [moment(createdAtMs)],
          ]),
        },
      ]),
    ],
  };
}
