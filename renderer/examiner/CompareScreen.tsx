/** Two items beside each other: their content, what is known of each in one table, and their faces at equal size. */
import { Button, Group, Loader, Table, Text, Title } from '@mantine/core';
import { type ReactNode, useCallback, useRef, useState } from 'react';
import type { Finding, Question } from '../../main/contract/finding.ts';
import type { Answer } from '../../main/contract/ipc.ts';
import { figureOf } from '../../main/strings/index.ts';
import { markedBand } from '../../main/strings/open-finding.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { markOf } from '../parts/finding-mark.ts';
import { StrengthMark } from '../parts/StrengthMark.tsx';
import { useRoute } from '../shell/route.ts';
import type { Screen } from '../shell/screens.ts';
import { useRequest } from '../state/request.ts';
import { EqualFaces } from '../viewer/EqualFaces.tsx';
import { type Place, Viewer } from '../viewer/Viewer.tsx';
import { useWords, type Words } from '../words/words.ts';
import { alike } from './alike.ts';
import { CommonScenes } from './CommonScenes.tsx';
import classes from './CompareScreen.module.css';
import { clock } from './clock.ts';

type Jump = Parameters<Place['register']>[0];

const CompareScreen: Screen<'compare'> = ({ route }) => {
  const { say } = useWords();
  const back = useRoute((state) => state.back);
  const jumps = useRef<{ left?: Jump; right?: Jump }>({});
  const registerLeft = useCallback((jump: Jump) => {
    jumps.current.left = jump;
  }, []);
  const registerRight = useCallback((jump: Jump) => {
    jumps.current.right = jump;
  }, []);
  const left = useRequest('item.answer', { item: route.left });
  const right = useRequest('item.answer', { item: route.right });
  const fault = left.state === 'failed' ? left.fault : right.state === 'failed' ? right.fault : null;
  return (
    <div className={classes.screen}>
      <Group gap="md" wrap="nowrap">
        <Button size="compact-sm" variant="default" onClick={back}>
          {say('ui.back')}
        </Button>
        <Title order={1} size="h3">
          {say('ui.compare')}
        </Title>
      </Group>
      {fault ? <FaultNote fault={fault} /> : null}
      {left.value && right.value ? (
        <>
          <div className={classes.sides}>
            <Side answer={left.value} again={left.again} register={registerLeft} />
            <Side answer={right.value} again={right.again} register={registerRight} />
          </div>
          <CommonScenes
            questioned={left.value}
            source={right.value}
            show={(leftS, rightS) => {
              jumps.current.left?.(leftS);
              jumps.current.right?.(rightS);
            }}
          />
          <Known left={left.value} right={right.value} />
          <EqualFaces sides={[left.value, right.value]} />
        </>
      ) : fault ? null : (
        <Loader type="dots" />
      )}
    </div>
  );
};
export default CompareScreen;

interface SideProps {
  readonly answer: Answer;
  again(): void;
  readonly register: Place['register'];
}

function Side({ answer, again, register }: SideProps) {
  const [atS, moved] = useState(0);
  return (
    <section className={classes.side} aria-label={answer.item.name}>
      <Text size="sm" fw={600} truncate title={answer.item.name}>
        {answer.item.name}
      </Text>
      <Viewer answer={answer} place={{ atS, moved, register }} again={again} />
    </section>
  );
}

interface Line {
  readonly id: string;
  show(answer: Answer, words: Words): ReactNode;
  /** What is compared; lines without it are only shown. */
  plain?(answer: Answer): string;
}

const question = (id: Question): Line => ({
  id: `question.${id}`,
  show: ({ examination }, words) =>
    examination ? (
      examination.findings
        .filter((finding) => finding.question === id)
        // biome-ignore lint/suspicious/noArrayIndexKey: two findings of a subject differ in their place alone.
        .map((finding, at) => <OneFinding key={at} finding={finding} words={words} />)
    ) : (
      <StrengthMark state="notExamined" />
    ),
});

const size = ({ examination }: Answer): string => {
  const of = examination?.info.image ?? examination?.info.video[0];
  return of ? `${of.width} × ${of.height}` : '';
};

const codecs = ({ examination }: Answer): string =>
  [...(examination?.info.video ?? []), ...(examination?.info.audio ?? [])].map(({ codec }) => codec).join(', ');

const plain = (id: string, of: (answer: Answer) => string): Line => ({ id, plain: of, show: of });

const LINES: readonly Line[] = [
  // Nobody looked at what was not examined.
  plain('ui.items.column.type', ({ item, examination }) => (examination ? item.mediaType : '')),
  plain('ui.inspector.picture-size', size),
  plain('ui.items.column.duration', ({ examination }) =>
    examination?.durationS == null ? '' : clock(examination.durationS, 3),
  ),
  plain('ui.inspector.codec', codecs),
  {
    id: 'ui.inspector.size',
    plain: ({ item }) => String(item.bytes),
    show: ({ item }, { bytes }) => bytes(item.bytes),
  },
  {
    id: 'ui.items.column.digest',
    plain: ({ item }) => item.sha256,
    show: ({ item }) => <code>{item.sha256.slice(0, 16)}</code>,
  },
  {
    id: 'ui.items.column.received',
    plain: ({ item }) => String(item.receivedAtMs),
    show: ({ item }, { moment }) => moment(item.receivedAtMs),
  },
  question('origin'),
  question('synthesis'),
  question('likeness'),
];

function comparisonOf(left: string, right: string, { say }: Words): string {
  const told = alike(left, right);
  return told ? say(`ui.compare.${told}`) : '';
}

function Known({ left, right }: { readonly left: Answer; readonly right: Answer }) {
  const words = useWords();
  const { say } = words;
  return (
    <Table fz="xs" layout="fixed" aria-label={say('ui.compare.known')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.line}>{say('ui.compare.line')}</Table.Th>
          <Table.Th className={classes.value}>{left.item.name}</Table.Th>
          <Table.Th className={classes.value}>{right.item.name}</Table.Th>
          <Table.Th className={classes.alike}>{say('ui.compare.alike')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {LINES.map(({ id, show, plain: compared }) => (
          <Table.Tr key={id}>
            <Table.Th scope="row" fw={400}>
              {say(id)}
            </Table.Th>
            <Table.Td className={classes.value}>{show(left, words)}</Table.Td>
            <Table.Td className={classes.value}>{show(right, words)}</Table.Td>
            <Table.Td>{compared ? comparisonOf(compared(left), compared(right), words) : ''}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function OneFinding({ finding, words }: { readonly finding: Finding; readonly words: Words }) {
  const { saySubject, say } = words;
  const { subject, reference, llr } = finding;
  return (
    <div className={classes.finding}>
      <Text size="xs">
        {reference === null
          ? saySubject(subject)
          : say('ui.inspector.and', { subject: saySubject(subject), reference })}
        {llr === null ? '' : ` · ln LR ${figureOf('llr', llr)}`}
      </Text>
      <StrengthMark state={markOf(finding)} band={markedBand(finding)} towards={(llr ?? 0) < 0 ? 'second' : 'first'} />
    </div>
  );
}
