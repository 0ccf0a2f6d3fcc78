/** The provider code of TC260-PG-20252A: 27 characters, of which 5 to 22 are a unified social credit code (GB 32100-2015). */

export interface ProducerCode {
  /** The credit code as written; null where the value is no provider code (many writers put a product name). */
  readonly creditCode: string | null;
  /** `1…` produces, `2…` propagates, `00000` unspecified; null as above. */
  readonly service: string | null;
  /** `name-not-code`, `code-check-character`; empty for a sound code. */
  readonly reasons: readonly string[];
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

export function checkProducerCode(value: string): ProducerCode {
  const match = /^00[1-9][1-9]([0-9A-Z]{18})([0-9A-Z]{5})$/.exec(value);
  if (!match) return { creditCode: null, service: null, reasons: ['name-not-code'] };
  const creditCode = match[1]!;
  return {
    creditCode,
    service: match[2]!,
    reasons: checkCharacter(creditCode) === creditCode[17] ? [] : ['code-check-character'],
  };
}

/** GB 32100-2015 section 5: modulo 31 over the first 17 characters; null where one is outside the alphabet. */
function checkCharacter(code: string): string | null {
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const value = ALPHABET.indexOf(code[i]!);
    if (value < 0) return null;
    sum += value * WEIGHTS[i]!;
  }
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Credit codes seen in labels of known products (SIGNALS.md section 6). What the code says is not verified. */
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['91110102MACQD9K640', 'ByteDance Doubao'],
  ['9144030008867405X2', 'ByteDance Jimeng'],
  ['91110108335469089C', 'Kuaishou Kling'],
  ['91330106MA2CFLDG4R', 'Alibaba'],
]);

export function productOf(creditCode: string): string | null {
  return PRODUCTS.get(creditCode) ?? null;
}
