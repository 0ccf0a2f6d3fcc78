/** Figures as a person reads them, alike in the window, on the command line, in letters and in the record. */
import type { Language } from './index.ts';

/** Formats by a number, each made when it is first asked for: all of them together cost every start of the program twenty milliseconds. */
function formats(make: (digits: number) => Intl.NumberFormatOptions): (digits: number) => Intl.NumberFormat {
  const made = new Map<number, Intl.NumberFormat>();
  return (digits) => {
    const format = made.get(digits) ?? new Intl.NumberFormat('en', { ...make(digits), signDisplay: 'negative' });
    made.set(digits, format);
    return format;
  };
}

const withDecimals = formats((maximumFractionDigits) => ({ maximumFractionDigits }));

/** Thousands apart, and three decimals at most unless others are asked for. */
export function figureText(value: number, decimals: 0 | 1 | 2 | 3 | 4 | 5 | 6 = 3): string {
  return withDecimals(decimals).format(value);
}

const withDigits = formats((maximumSignificantDigits) => ({ maximumSignificantDigits }));
const inARowWithDigits = formats((maximumSignificantDigits) => ({ maximumSignificantDigits, useGrouping: false }));

/** A measured value, whose size nobody knows beforehand: so many digits that tell something, however small it is. */
export function measureText(value: number, digits: 3 | 5 = 3): string {
  return withDigits(digits).format(value);
}

/** Facts that were read from a file: a position of six decimals is one. */
const READ = /^(exif|container)\./;

/**
 * A figure that a fact holds: what was read stands as it was, what was counted is whole, what was measured has five digits. Several in a
 * row are told apart by commas, so that their thousands are not.
 */
export function factFigure(fact: string, value: number, { inARow = false } = {}): string {
  if (Number.isInteger(value) || READ.test(fact))
    return inARow ? String(Number(value.toFixed(6))) : figureText(value, 6);
  return (inARow ? inARowWithDigits : withDigits)(5).format(value);
}

/** Names of parameters that hold a place or a number by which something is called: they stay as they are searched for. */
const CALLED = new Set([
  ...[
    'at',
    'id',
    'number',
    'seq',
    'exit',
    'offset',
    'length',
    'x',
    'y',
    'w',
    'h',
    'width',
    'height',
    'supported',
    'found',
  ],
  ...['fromS', 'toS', 'fromFrame', 'toFrame', 'sourceFromS', 'sourceToS', 'sourceFromFrame', 'sourceToFrame'],
]);

/** Estimates: more than three digits would say more than is known. */
const ESTIMATED = new Set(['upperPerThousand']);

/** A number in a sentence, by the name of its parameter. */
export function figureOf(name: string, value: number): string {
  if (name === 'llr') return figureText(value, 2);
  if (ESTIMATED.has(name)) return figureText(Number(value.toPrecision(3)));
  return CALLED.has(name) ? String(Number(value.toFixed(3))) : figureText(value);
}

const BYTES_A_STEP = 1000;
const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `6.9 MB`. */
export function sizeText(language: Language, bytes: number): string {
  // English has no short form of its own: “10 byte”.
  if (bytes < BYTES_A_STEP) return `${bytes} B`;
  const step = Math.min(UNITS.length, Math.floor(Math.log10(bytes) / Math.log10(BYTES_A_STEP)));
  return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    style: 'unit',
    unit: UNITS[step - 1]!,
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / BYTES_A_STEP ** step);
}
