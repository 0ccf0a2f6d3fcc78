import { forbiddenConclusions } from '../../../main/law/index.ts';
import { sentences } from '../../../main/strings/index.ts';

/**
 * What the tool never concludes (../shared/law/provisions.json, `hard_rules` 5 and 6; ../shared/design/REPORT.md, "Wording that never
 * occurs"), as single words: a sentence that holds one is a negation, and stands in the list below.
 */
const TERMS = {
  zh: /鉴定意见|鉴定结论|同一(个)?人|伪造|构成|成立|违法|犯罪|侵权|入罪|真假|属实|真实|确属/,
  en: /\b(expert opinion|forensic opinion|same person|identical person|fake|forged|forgery|constitutes?|guilty|unlawful|illegal|crime|tort|infring\w*|authentic|genuine|proven|proves|true|verdict|threshold)\b/i,
};

/** What makes a sentence one that denies, asks or describes somebody else's words. */
const DENIES = {
  zh: /不|非|没有|未|无法|请|是否|可能|经核实/,
  en: /\b(not|no|nor|neither|never|nothing|nobody|without|whether|may|please|rather|alone|cannot)\b/i,
};

/** Reviewed one by one: each denies, leaves open, or names a thing that is not a conclusion about a case. By the beginning of their ids. */
const NEGATIONS = [
  'cli.about',
  'cli.reference.outlier',
  'fact.aigc.',
  'fact.c2pa.',
  'fact.provenance.contradiction.means',
  'law.record.M-LABEL-NONE',
  'letter.notice.report',
  'letter.police.examined',
  'letter.tida.about',
  'package.readme.what',
  'report.cover.limits',
  'report.elements.not-found',
  'report.title',
  'term.c2pa.not',
  'term.sha256.not',
  'ui.compare.faces.about',
  'ui.record.lead',
  'ui.reference.outlier',
] as const;

/** Words of the list that stand in a sentence without touching the case: names of documents, kinds of photographs, parts of a screen. */
const OTHER_SENSE = [
  'case.name-is-readable',
  'fact.generator.',
  'fact.stealth.',
  'fact.dwtdct.',
  'fact.xmp.',
  'fact.iptc.',
  'law.answer.counter-notice',
  'law.level.not-found',
  'law.note.not-found',
  'law.question.refusal-proof',
  'letter.blank.name',
  'letter.keep.forensic',
  'letter.notice.sender',
  'reason.likeness.calibrated-on-recordings-only',
  'ui.inspector.built',
] as const;

/** Names of values are not read. */
const words = (text: string) => text.replace(/\{\{\w+\}\}/g, '');
const held = [...sentences].filter(([, { zh, en }]) => TERMS.zh.test(words(zh)) || TERMS.en.test(words(en)));
const listed = (list: readonly string[], id: string) =>
  list.some((one) => id === one || (one.endsWith('.') && id.startsWith(one)));

test('every sentence of the catalogue is an assertion without such a word, or a reviewed negation', () => {
  const unclassed = held.filter(([id]) => !listed(NEGATIONS, id) && !listed(OTHER_SENSE, id));
  expect(unclassed.map(([id, { zh, en }]) => [id, zh, en])).toEqual([]);
  expect(held.length).toBeGreaterThan(20);
});

test('what is listed as a negation denies in both languages, and no entry is idle', () => {
  const negations = held.filter(([id]) => listed(NEGATIONS, id));
  expect(negations.filter(([, { zh, en }]) => !DENIES.zh.test(zh) || !DENIES.en.test(en)).map(([id]) => id)).toEqual(
    [],
  );
  const idle = [...NEGATIONS, ...OTHER_SENSE].filter((one) => !held.some(([id]) => listed([one], id)));
  expect(idle).toEqual([]);
});

test('no sentence holds a forbidden conclusion as a phrase, but for two negations of one', () => {
  const concluding = [...sentences].filter(
    ([, { zh, en }]) => forbiddenConclusions(zh).length > 0 || forbiddenConclusions(en).length > 0,
  );
  expect(concluding.map(([id]) => id).sort()).toEqual(['cli.reference.outlier', 'ui.compare.faces.about']);
});

test('what only the command line understands stands in brackets in a fault, since the window says it too', () => {
  const commands =
    /--[a-z]{3}|\bnpm run\b|\b(case|models|signer|reference) (list|facts|import|create|add)\b|同一命令|same command/;
  const outside = [...sentences].filter(
    ([id, { zh, en }]) =>
      id.startsWith('error.') &&
      (commands.test(zh.replaceAll(/（命令行：[^）]*）/g, '')) ||
        commands.test(en.replaceAll(/\(command line: [^)]*\)/g, ''))),
  );
  expect(outside.map(([id]) => id)).toEqual([]);
});
