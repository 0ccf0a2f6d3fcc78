/** The custody log, entry by entry, and whether the whole chain holds. */
import { Button, Code, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CustodyLine, Fault, RequestOutput } from '../../main/contract/ipc.ts';
import { sayCustody } from '../../main/strings/index.ts';
import { faultOf, request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { useAct } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './CustodyLog.module.css';

/** Entries read at once. */
const PAGE = 100;

export function CustodyLog() {
  const { say, moment, language } = useWords();
  const revision = useSession((state) => state.revision);
  const [lines, setLines] = useState<readonly CustodyLine[]>([]);
  const [all, setAll] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [held, setHeld] = useState<RequestOutput<'case.verify'> | null>(null);
  const verify = useAct(async () => setHeld(await request('case.verify', {})));
  const read = async (after: number) => {
    try {
      const { entries } = await request('case.custody', { after, limit: PAGE });
      setLines((before) => (after === 0 ? entries : [...before, ...entries]));
      setAll(entries.length < PAGE);
    } catch (thrown) {
      setFault(faultOf(thrown));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision tells that the log has grown.
  useEffect(() => void read(0), [revision]);
  return (
    <Stack gap="sm" component="section" aria-labelledby="custody">
      <Group justify="space-between">
        <Title order={2} id="custody">
          {say('ui.custody.title')}
        </Title>
        <Button size="xs" variant="default" loading={verify.busy} onClick={() => void verify.run()}>
          {say('ui.custody.verify')}
        </Button>
      </Group>
      {fault ? <FaultNote fault={fault} /> : null}
      {verify.fault ? <FaultNote fault={verify.fault} /> : null}
      {held ? (
        <Text size="sm" role="status" className={classes.hash}>
          {say('ui.custody.holds', { entries: held.entries })} <Code>{held.head.hash}</Code>
        </Text>
      ) : null}
      <Scrolled label={say('ui.custody.entries')} className={classes.frame}>
        <Table verticalSpacing={6} stickyHeader>
          <Table.Thead>
            <Table.Tr>
              {['entry', 'when', 'act', 'item', 'hash'].map((column) => (
                <Table.Th key={column} scope="col">
                  {say(`report.column.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map(({ seq, atMs, act, item, details, hash, text }) => (
              <Table.Tr key={seq}>
                <Table.Td>{seq}</Table.Td>
                <Table.Td>{moment(atMs)}</Table.Td>
                <Table.Td className={classes.act}>
                  {sayCustody(language, act, details)}
                  {text ? <div className={classes.text}>{spoken(text)}</div> : null}
                </Table.Td>
                <Table.Td>
                  <Code>{item?.slice(0, 8) ?? '–'}</Code>
                </Table.Td>
                <Table.Td>
                  <Code>{hash.slice(0, 8)}</Code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Scrolled>
      {all ? null : (
        <Button variant="default" w="fit-content" onClick={() => void read(lines.at(-1)?.seq ?? 0)}>
          {say('ui.mine.more')}
        </Button>
      )}
    </Stack>
  );
}

/** The words of an entry. Some hold several, under names that are the program's own. */
function spoken(text: string): string {
  if (!text.startsWith('{')) return text;
  try {
    return Object.values(JSON.parse(text) as object)
      .map((value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)))
      .join(' · ');
  } catch {
    return text;
  }
}
