/** Sections 16-18: how every step is repeated and checked, the custody log, the glossary. */
import type { Section } from '../document.ts';
import { custodyLine, line } from '../line.ts';
import type { ExaminationRecord } from '../record.ts';
import { type Composing, columns, figure, moment, paragraph, small } from './composing.ts';

export function review({ head, digest, overview }: Composing): Section {
  return {
    number: 16,
    title: line('report.section.review'),
    blocks: [
      paragraph('review.how'),
      {
        kind: 'table',
        head: columns('step', 'command'),
        widths: [40, 60],
        rows: [
          [[line('report.review.digests')], [figure('sha256sum -c manifest-sha256.txt')]],
          [[line('report.review.package')], [figure('jianzhen verify PACKAGE.zip')]],
          [
            [line('report.review.signature')],
            [
              line('report.review.pdfsig'),
              figure(
                'openssl cms -verify -binary -inform DER -in signature.p7s -content tagmanifest-sha256.txt -noverify -signer signer.pem -out checked.txt',
              ),
            ],
          ],
          [
            [line('report.review.token')],
            [figure('openssl ts -verify -data signature.p7s -in timestamp.tsr -CAfile authority.pem')],
          ],
          ...[...overview.settings.values()].map((settings) => [
            [line('report.review.scan', { depth: { answers: [`report.depth.${settings.depth}`] } })],
            [figure(scanCommand(settings))],
          ]),
          [[line('report.review.log')], [figure('jianzhen case show CASE')]],
        ],
      },
      paragraph('review.digest', { digest: figure(digest) }),
      small('review.same', { app: figure(head.app) }),
    ],
  };
}

/** The settings that change what is measured: the same come back only with them. */
function scanCommand({ depth, fps, language }: ExaminationRecord['settings']): string {
  return [
    'jianzhen scan',
    ...(depth === 'quick' ? ['--quick'] : []),
    `--fps ${fps}`,
    ...(typeof language === 'string' && /^[a-z]{2,3}$/.test(language) ? [`--language ${language}`] : []),
    'FILE',
  ].join(' ');
}

/** Entries printed: the log of a large case stands whole in JSON and package, with its head on the cover. */
export const MAX_ENTRIES = 500;

export function custody({ log: { entries, left }, head }: Composing): Section {
  return {
    number: 17,
    title: line('report.section.custody'),
    blocks: [
      paragraph('custody.how', { seq: figure(head.custody.seq), hash: figure(head.custody.hash) }),
      ...(left > 0 ? [paragraph('custody.cut', { left: figure(left) })] : []),
      {
        kind: 'table',
        head: columns('entry', 'when', 'act', 'item', 'hash'),
        widths: [8, 16, 36, 20, 20],
        rows: entries.map(({ seq, atMs, act, item, details, hash }) => [
          [figure(String(seq))],
          [moment(atMs)],
          [custodyLine(act, details)],
          [figure(item === null ? '–' : `${item.slice(0, 16)}…`)],
          [figure(`${hash.slice(0, 16)}…`)],
        ]),
      },
    ],
  };
}

const TERMS = [
  'sha256',
  'sm3',
  'llr',
  'scale',
  'proposition',
  'abstention',
  'false-match',
  'label',
  'c2pa',
  'metadata',
  'custody',
  'boxed',
];

export function glossary(): Section {
  return {
    number: 18,
    title: line('report.section.glossary'),
    blocks: [
      {
        kind: 'table',
        head: columns('term', 'means', 'does-not-mean'),
        widths: [18, 44, 38],
        rows: TERMS.map((term) => [
          [line(`term.${term}.name`)],
          [line(`term.${term}.means`)],
          [line(`term.${term}.not`)],
        ]),
      },
    ],
  };
}
