/** What analyzers and facts are called; those without a name of their own are shown by their id. */
import type { Fact } from '../../../main/contract/fact.ts';
import { factFigure, factValueId, sayAnalyzer, sayExamined, unitId } from '../../../main/strings/index.ts';
import type { Words } from '../../words/words.ts';
import { clock } from '../clock.ts';

export function analyzerName({ language }: Words, id: string): string {
  return sayAnalyzer(language, id);
}

export function factName({ has, say }: Words, id: string): string {
  return has(`fact.${id}`) ? say(`fact.${id}`) : id;
}

export function examinedText({ language }: Words, examined: readonly string[]): string {
  return sayExamined(language, examined);
}

/** A unit in words; nothing for a number of things. */
export function unitText({ say }: Words, unit: string | null | undefined): string {
  if (!unit || unit === 'count') return '';
  const words = unitId(unit);
  return words ? say(words) : unit;
}

/** As it was read: a text from a file is shown as it stands, a code of the program's own in words. */
export function factValue(words: Words, { id, value, unit }: Pick<Fact, 'id' | 'value' | 'unit'>): string {
  const { say } = words;
  const worded = (one: string | number) => {
    const code = factValueId(id, one);
    return code ? say(code) : oneValue(id, one);
  };
  const shown =
    value === null
      ? '–'
      : Array.isArray(value)
        ? value.map((one) => (typeof one === 'number' ? factFigure(id, one, { inARow: true }) : worded(one))).join(', ')
        : typeof value === 'boolean'
          ? say(`ui.inspector.${value}`)
          : worded(value);
  return `${shown} ${unitText(words, unit)}`.trimEnd();
}

/** Longer values are cut: a file can hold a value of any length. Characters. */
const MAX_VALUE = 2000;

function oneValue(id: string, value: string | number): string {
  if (typeof value === 'number') return factFigure(id, value);
  return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
}

export function placeText({ say }: Words, at: Fact['at']): string | null {
  if (at === null) return null;
  if ('offset' in at) return say('ui.inspector.place.bytes', { offset: at.offset, length: at.length });
  if ('from' in at) return at.from === at.to ? clock(at.from, 3) : `${clock(at.from, 3)} – ${clock(at.to, 3)}`;
  return say('ui.inspector.place.box', { x: at.x, y: at.y, w: at.w, h: at.h });
}
