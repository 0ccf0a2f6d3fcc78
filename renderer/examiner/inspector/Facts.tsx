/** What the file says of itself, each with the bytes where it was read. */
import { Button, Code, Group, Loader, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { ProvenanceBranch } from '../../../main/contract/ipc.ts';
import { request } from '../../host/bridge.ts';
import { FaultNote } from '../../parts/Fault.tsx';
import { StrengthMark } from '../../parts/StrengthMark.tsx';
import { useAct, useRequest } from '../../state/request.ts';
import { useWords } from '../../words/words.ts';
import classes from './Inspector.module.css';
import type { InspectorProps } from './Inspector.tsx';
import { analyzerName, examinedText, factName, factValue, placeText } from './names.ts';
import { STATUS_MARK } from './status.ts';

/** Most bytes that the host gives at once. */
const MAX_BYTES = 4096;

export function Facts({ answer }: InspectorProps) {
  const words = useWords();
  const { say, sayReason } = words;
  const item = answer.item.sha256;
  const asked = useRequest('item.provenance', { item });
  if (asked.state === 'failed') return <FaultNote fault={asked.fault} />;
  if (!asked.value) return <Loader type="dots" />;
  return asked.value.branches.map(({ analyzer, status, reason, examined, facts }) => (
    <section key={analyzer} className={classes.section}>
      <Title order={2} size="h4">
        {analyzerName(words, analyzer)}
      </Title>
      {status === 'evidence' && facts.length > 0 ? null : (
        <StrengthMark state={status === 'evidence' ? 'nothing' : STATUS_MARK[status]} />
      )}
      {reason ? <Text size="xs">{sayReason(reason)}</Text> : null}
      {examined.length > 0 ? (
        <Text size="xs" c="dimmed">
          {say('ui.inspector.looked-at')} {examinedText(words, examined)}
        </Text>
      ) : null}
      {facts.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fact can be read twice, with the same value.
        <OneFact key={at} item={item} of={one} />
      ))}
    </section>
  ));
}

interface OneFactProps {
  readonly item: string;
  readonly of: ProvenanceBranch['facts'][number];
}

function OneFact({ item, of: { fact, hex } }: OneFactProps) {
  const words = useWords();
  const { say } = words;
  const [copied, setCopied] = useState(false);
  const place = fact.at && 'offset' in fact.at ? fact.at : null;
  const copy = useAct(async () => {
    const { hex: all } = await request('item.bytes', {
      item,
      offset: place!.offset,
      length: Math.min(MAX_BYTES, Math.max(1, place!.length)),
    });
    await navigator.clipboard.writeText(all);
    setCopied(true);
  });
  return (
    <div className={classes.entry}>
      <Text size="xs" c="dimmed">
        {factName(words, fact.id)} <code>{fact.id}</code> {fact.strength ?? ''}
      </Text>
      <Text size="xs">{factValue(words, fact)}</Text>
      {fact.at ? (
        <Text size="xs" c="dimmed" className="figures">
          {placeText(words, fact.at)}
        </Text>
      ) : null}
      {place && hex ? (
        <Group gap={8} mt={4} align="center">
          <Code className={classes.code}>{hex}</Code>
          <Button
            size="compact-xs"
            variant="default"
            loading={copy.busy}
            onClick={() => void copy.run()}
            aria-label={`${say(copied ? 'ui.inspector.copied' : 'ui.inspector.copy')}${say('ui.card.colon')}${factName(words, fact.id)}`}
          >
            {say(copied ? 'ui.inspector.copied' : 'ui.inspector.copy')}
          </Button>
        </Group>
      ) : null}
      {copy.fault ? <FaultNote fault={copy.fault} /> : null}
    </div>
  );
}
