/** How many distinct persons are seen and heard over the case: ranges with what they rest on, for section 13. */
import type { Counts } from '../../law/index.ts';
import { line, type Text } from '../line.ts';
import type { ReportHead } from '../record.ts';
import { figure } from './composing.ts';

type Persons = ReportHead['counts']['persons'];

/** A range for the faces and one for the voices: whoever is seen and heard is in both, so they are never added up for a reader. */
export function personLines(persons: Persons): Text[] {
  if (persons === null) return [line('report.persons-none')];
  const { kinds, current } = persons;
  const ranges = (['face', 'voice'] as const).map((kind) => {
    const own = kinds.find((one) => one.kind === kind);
    if (!own) return line(`report.persons.${kind}.no-limits`);
    const left = own.notCompared.reduce((sum, { appearances }) => sum + appearances, 0);
    if (own.compared === 0)
      return left > 0
        ? line(`report.persons.${kind}.none`, { left: figure(left) })
        : line(`report.persons.${kind}.nothing`);
    const { low, high, compared, uncertain } = own;
    return line(`report.persons.${kind}`, {
      range: low === high ? figure(low) : { lines: [line('persons.range', { low: figure(low), high: figure(high) })] },
      compared: figure(compared),
      uncertain: figure(uncertain),
      left: figure(left),
    });
  });
  const { notRetained, notExamined } = persons;
  return [
    ...ranges,
    ...(notRetained + notExamined > 0
      ? [line('report.persons.items-left', { notRetained: figure(notRetained), notExamined: figure(notExamined) })]
      : []),
    ...(current ? [] : [line('report.persons.changed')]),
    line('report.persons.how'),
    ...kinds.flatMap((own) =>
      Object.entries(own.models).map(([model, sha256]) =>
        line('report.persons.model', { model: figure(model), sha256: figure(sha256) }),
      ),
    ),
  ];
}

/** At least the more of the two, at most both together. */
export function seenOrHeard(persons: Persons): Counts['persons'] {
  const compared = persons?.kinds.filter((one) => one.compared > 0) ?? [];
  if (compared.length === 0) return null;
  const sum = (of: (one: (typeof compared)[number]) => number) => compared.reduce((total, one) => total + of(one), 0);
  return {
    low: Math.max(...compared.map((one) => one.low)),
    high: sum((o) => o.high),
    uncertain: sum((o) => o.uncertain),
  };
}
