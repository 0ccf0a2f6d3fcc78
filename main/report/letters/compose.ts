/** The letters themselves: which sentences stand in each, in which order. They state and ask; none draws a conclusion. */
import type { QuestionId } from '../../law/index.ts';
import type { Language } from '../../strings/index.ts';
import type { Filling, Line } from '../line.ts';
import { handOver } from './hand-over.ts';
import { LETTER_KINDS, type Letter, type LetterBlock, type LetterKind } from './letter.ts';
import { processingRecord } from './processing-record.ts';
import { actsForAnother, answer, inForceToday, isAnswered, type LetterRecord, statedValue } from './record.ts';

const heading = (id: string): LetterBlock => ({ kind: 'heading', id: `letter.${id}` });
const paragraph = (id: string, fillings: Line['fillings'] = {}): LetterBlock => ({
  kind: 'paragraph',
  line: { id: `letter.${id}`, fillings },
});
const numbered = (...lines: readonly Line[]): LetterBlock => ({ kind: 'list', mark: 'number', lines });
const boxes = (...ids: readonly string[]): LetterBlock => ({
  kind: 'list',
  mark: 'box',
  lines: ids.map((id) => ({ id: `letter.keep.${id}` })),
});
const line = (id: string, fillings: Line['fillings'] = {}): Line => ({ id: `letter.${id}`, fillings });
const blank = (what: string): Filling => ({ blank: `letter.blank.${what}` });

/** A letter from the record. The same record gives the same letter. */
export function composeLetter(kind: LetterKind, record: LetterRecord, language: Language): Letter {
  const blocks: readonly LetterBlock[] = [paragraph('draft'), ...BODIES[kind](record)];
  return { kind, language, blocks };
}

/** TAKE IT DOWN is a request under the law of the United States, to be sent in English. */
export function lettersIn(language: Language): readonly LetterKind[] {
  return LETTER_KINDS.filter((kind) => kind !== 'take-it-down' || language === 'en');
}

const BODIES: Readonly<Record<LetterKind, (record: LetterRecord) => readonly LetterBlock[]>> = {
  'platform-notice': (record) => [
    paragraph('to', { receiver: blank('platform') }),
    heading('notice.sender'),
    ...identity(record),
    heading('notice.content'),
    paragraph('notice.where'),
    addresses(record),
    paragraph('notice.files'),
    files(record),
    heading('notice.evidence'),
    numbered(
      line('notice.identity', { identity: answer(record, 'identity') }),
      line('notice.recognised', { witnesses: answer(record, 'witnesses') }),
      line('notice.consent', { consent: answer(record, 'consent') }),
      line('notice.intimate', { intimate: answer(record, 'intimate') }),
      line('notice.found', { day: answer(record, 'found-on'), how: answer(record, 'captured-how') }),
      ...fixed(record, 'notice'),
      line('notice.report'),
    ),
    heading('asks'),
    numbered(
      line('notice.ask-remove'),
      line('notice.ask-copies'),
      line('notice.ask-forward'),
      line('notice.ask-logs'),
      line('notice.ask-answer'),
    ),
    ...basis(record, noticeBasis(record)),
    paragraph('notice.liability'),
    { kind: 'signature' },
  ],

  'handler-request': (record) => [
    paragraph('to', { receiver: blank('handler') }),
    heading('notice.sender'),
    ...identity(record),
    heading('handler.about'),
    paragraph('handler.what', { how: answer(record, 'obtained-how') }),
    consent(record),
    files(record),
    heading('asks'),
    numbered(
      line('handler.ask-access'),
      line('handler.ask-source'),
      line('handler.ask-delete'),
      line('handler.ask-stop'),
      line('handler.ask-reasons'),
      line('handler.ask-log'),
    ),
    ...basis(record, REQUEST_BASIS),
    paragraph('handler.model'),
    { kind: 'signature' },
  ],

  'police-statement': (record) => [
    paragraph('to', { receiver: blank('police') }),
    heading('police.who'),
    ...identity(record),
    heading('police.facts'),
    numbered(
      line('police.when', { day: answer(record, 'act-date') }),
      line('police.deed', { deed: answer(record, 'act-kinds') }),
      line('police.found', {
        day: answer(record, 'found-on'),
        where: answer(record, 'found-where'),
        how: answer(record, 'captured-how'),
      }),
      line('police.consent', { consent: answer(record, 'consent') }),
      line('police.reach', {
        reach: answer(record, 'reach'),
        views: answer(record, 'views'),
        reposts: answer(record, 'reposts'),
      }),
      line('police.threats', { threats: answer(record, 'threats') }),
      line('police.money', { money: answer(record, 'money') }),
      line('police.harm', { harm: answer(record, 'harm') }),
      line('police.other-side', { who: answer(record, 'actor-kinds') }),
      line('police.reports', { reports: answer(record, 'reports') }),
    ),
    heading('police.items'),
    files(record),
    ...fixedParagraphs(record),
    paragraph('police.examined'),
    heading('asks'),
    numbered(line('police.ask-receive'), line('police.ask-preserve'), line('police.ask-examine')),
    paragraph('police.open'),
    ...basis(record, POLICE_BASIS),
    { kind: 'signature' },
  ],

  'report-12377': (record) => [
    paragraph('12377.where'),
    heading('12377.text'),
    paragraph('12377.what', { where: answer(record, 'found-where'), day: answer(record, 'found-on') }),
    addresses(record),
    paragraph('12377.why', { identity: answer(record, 'identity'), consent: answer(record, 'consent') }),
    ...(isAnswered(record, 'minor') ? [paragraph('12377.minor', { minor: answer(record, 'minor') })] : []),
    paragraph('12377.label', { declared: answer(record, 'poster-declared') }),
    paragraph('12377.ask'),
    heading('12377.attach'),
    files(record),
  ],

  'preservation-list': (record) => [
    heading('keep.now'),
    boxes('do-not-delete', 'no-forward', 'page', 'account', 'chat', 'payment', 'device'),
    heading('keep.file'),
    boxes('original', 'digests', 'case', 'report'),
    files(record),
    ...fixedParagraphs(record),
    heading('keep.notary'),
    boxes('notary-open', 'notary-bring', 'notary-process', 'timestamp', 'forensic'),
    heading('keep.logs'),
    boxes('logs-ask', 'preservation-court'),
    ...basis(record, KEEP_BASIS),
  ],

  'hand-over': (record) => [
    paragraph('to', { receiver: blank('authority') }),
    paragraph('hand-over.what'),
    ...handOver(record, files(record), fixedParagraphs(record)),
    ...basis(record, HAND_OVER_BASIS),
    { kind: 'signature' },
  ],

  'processing-record': (record) => [
    ...processingRecord(record),
    ...basis(record, PROCESSING_BASIS),
    { kind: 'signature' },
  ],

  'take-it-down': (record) => [
    paragraph('to', { receiver: blank('platform') }),
    heading('tida.request'),
    paragraph('tida.about'),
    paragraph('tida.intimate', { intimate: answer(record, 'intimate') }),
    heading('tida.locate'),
    addresses(record),
    files({ ...record, items: record.items.filter(isDepiction) }),
    heading('tida.statement'),
    paragraph('tida.good-faith', { consent: answer(record, 'consent') }),
    heading('tida.contact'),
    ...identity(record, 'tida'),
    heading('asks'),
    numbered(line('tida.ask-remove'), line('tida.ask-copies')),
    ...basis(record, ['us.tida.platform']),
    paragraph('tida.scope'),
    { kind: 'signature' },
  ],
};

const NOTICE_BASIS = ['cn.civ.1195', 'cn.civ.1197', 'cn.civ.1019', 'cn.civ.1023', 'cn.civ.1037', 'cn.label.6'];
/** For the dead, their close relatives act by a provision of its own. */
function noticeBasis(record: LetterRecord): readonly string[] {
  return statedValue(record, 'user-role') === 'relative-of-deceased'
    ? [...NOTICE_BASIS, 'cn.civ.993-994']
    : NOTICE_BASIS;
}
const REQUEST_BASIS = ['cn.pipl.44-47', 'cn.pipl.50', 'cn.civ.1037', 'cn.pipl.28', 'cn.pipl.29-32', 'cn.deepsyn.14'];
const POLICE_BASIS = ['cn.cpl.110-112', 'cn.mps2020.171-179', 'cn.edata2016.1-15', 'cn.mps2020.66'];
const HAND_OVER_BASIS = ['cn.edata2016.1-15', 'cn.cpl.54', 'cn.cpl.110-112', 'cn.cplint.110-111'];
const PROCESSING_BASIS = [
  'cn.pipl.55',
  'cn.pipl.28',
  'cn.pipl.29-32',
  'cn.pipl.71-72',
  'cn.facetech.storage',
  'eu.gdpr.9',
];
const KEEP_BASIS = ['cn.civev.15-23', 'cn.civev.93', 'cn.civev.94', 'cn.civpl.84', 'cn.label.9'];

/** What a letter rests on stands under a heading of its own, never among what is asked or stated. */
function basis(record: LetterRecord, ids: readonly string[]): readonly LetterBlock[] {
  const provisions = inForceToday(record, ids);
  return provisions.length === 0 ? [] : [heading('basis'), { kind: 'provisions', provisions }];
}

/**
 * Who signs, and for whom. `tida`: that Act asks for no identity document.
 */
function identity(record: LetterRecord, form?: 'tida'): readonly LetterBlock[] {
  const sender = { name: blank('name'), role: answer(record, 'user-role'), contact: blank('contact') };
  return [
    ...(actsForAnother(record) ? [paragraph('for', { person: blank('person'), proof: blank('proof') })] : []),
    form === 'tida' ? paragraph('tida.sender', sender) : paragraph('sender', { ...sender, number: blank('id-number') }),
  ];
}

/** The form is asked for where there was a consent. */
function consent(record: LetterRecord): LetterBlock {
  const said = { consent: answer(record, 'consent') };
  return statedValue(record, 'consent') === 'none'
    ? paragraph('handler.no-consent', said)
    : paragraph('handler.consent', { ...said, form: answer(record, 'consent-form') });
}

/** Rows of addresses to fill in; what the user said of the place comes first. */
const EMPTY_ADDRESS_ROWS = 3;

function addresses(record: LetterRecord): LetterBlock {
  const where: QuestionId = 'found-where';
  const rows = Array.from({ length: EMPTY_ADDRESS_ROWS }, (_, at): readonly Filling[] => [
    at === 0 && isAnswered(record, where) ? answer(record, where) : blank('address'),
    blank('account'),
    at === 0 && isAnswered(record, 'found-on') ? answer(record, 'found-on') : blank('time'),
  ]);
  return { kind: 'table', head: ['letter.column.address', 'letter.column.account', 'letter.column.time'], rows };
}

/** What can be an intimate visual depiction: sound and what is no media cannot. */
function isDepiction({ kind }: LetterRecord['items'][number]): boolean {
  return kind === 'image' || kind === 'video';
}

function files({ items }: LetterRecord): LetterBlock {
  if (items.length === 0) return paragraph('no-files');
  return {
    kind: 'table',
    head: ['name', 'category', 'format', 'bytes', 'sha256', 'sm3'].map((column) => `law.hand-over.${column}`),
    rows: items.map(({ name, kind, mediaType, bytes, sha256, sm3 }) => [
      { quoted: name },
      { answers: [`letter.kind.${kind}`] },
      mediaType === null ? { answers: ['report.type-not-looked-at'] } : { figure: mediaType },
      { figure: bytes },
      { figure: sha256 },
      { figure: sm3 },
    ]),
  };
}

/** When and how files were taken in: those of which a copy is kept, and apart from them those of which there is none. */
function fixed({ items, custody }: LetterRecord, where: 'notice' | 'police'): readonly Line[] {
  const { kept = [], gone = [] } = Object.groupBy(items, (item) => (item.kept ? 'kept' : 'gone'));
  const said = (id: string, of: LetterRecord['items']) =>
    line(`${where}.${id}`, {
      day: of.length > 0 ? { figure: utc(Math.min(...of.map(({ receivedAtMs }) => receivedAtMs))) } : blank('time'),
      count: { figure: of.length },
      seq: { figure: custody.seq },
      hash: { figure: custody.hash },
    });
  return [
    ...(kept.length > 0 || gone.length === 0 ? [said('kept', kept)] : []),
    ...(gone.length > 0 ? [said('not-kept', gone)] : []),
  ];
}

function fixedParagraphs(record: LetterRecord): readonly LetterBlock[] {
  return fixed(record, 'police').map((own) => ({ kind: 'paragraph', line: own }));
}

/** To the second, with the zone named: a letter is read by people. */
function utc(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
