/** The models: what each is for, whether its weights are what they should be, its card, and the packs that can be added. */
import { Badge, Button, Code, Group, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { FetchPlanLine, ModelLine } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { ChooseFile } from '../parts/ChooseFile.tsx';
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx';
import { Details } from '../parts/Details.tsx';
import { FaultNote } from '../parts/Fault.tsx';
import { Scrolled } from '../parts/Scrolled.tsx';
import { useAct, useRequest } from '../state/request.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import classes from './ModelsScreen.module.css';

export default function ModelsScreen() {
  const { say } = useWords();
  const [verify, setVerify] = useState(false);
  const listed = useRequest('models.list', { verify });
  const bring = useAct(async (file: File) => {
    await request('models.import', { source: await handOver([file]) });
    listed.again();
  });
  return (
    <Stack gap="lg" maw={860}>
      <div>
        <Title order={1}>{say('ui.way.models')}</Title>
        <Text size="sm" c="dimmed" mt={8} className="measure">
          {say('ui.models.lead')}
        </Text>
      </div>
      <Group>
        <Button variant="default" loading={verify && listed.state === 'waiting'} onClick={() => setVerify(true)}>
          {say('ui.models.verify')}
        </Button>
        <ChooseFile chosen={(file) => void bring.run(file)}>
          {(props) => (
            <Button {...props} variant="default" loading={bring.busy}>
              {say('ui.models.import')}
            </Button>
          )}
        </ChooseFile>
      </Group>
      {bring.fault ? <FaultNote fault={bring.fault} /> : null}
      {listed.state === 'failed' ? (
        <FaultNote fault={listed.fault} act={{ words: say('ui.again'), run: listed.again }} />
      ) : null}
      {!listed.value && listed.state === 'waiting' ? <Loader type="dots" /> : null}
      {listed.value?.models.map((model) => (
        <Model key={model.id} model={model} changed={listed.again} />
      ))}
    </Stack>
  );
}

function Model({ model, changed }: { readonly model: ModelLine; changed(): void }) {
  const { say, has, bytes } = useWords();
  const { id, kind, role, version, state, licence, sha256, dataTerms, trainedUntil, checkBy } = model;
  const dates = [
    ...(trainedUntil ? [say('ui.models.trained-until', { day: trainedUntil })] : []),
    ...(checkBy ? [say('ui.models.check-by', { day: checkBy })] : []),
  ];
  return (
    <Paper component="section" withBorder p="lg" bg="var(--sheet)" aria-labelledby={`model-${id}`}>
      <Stack gap={8}>
        <Group justify="space-between">
          <Title order={2} size="h3" id={`model-${id}`}>
            {id}
          </Title>
          <Badge variant="outline" color={state === 'present' || state === 'verified' ? 'teal' : 'ochre'} tt="none">
            {say(`ui.models.state.${state}`)}
          </Badge>
        </Group>
        <Text size="sm">
          {has(`ui.models.role.${role}`) ? say(`ui.models.role.${role}`) : role} · {version} ·{' '}
          {say(`ui.models.kind.${kind}`)} · {bytes(model.bytes)}
        </Text>
        <Text size="sm" c="dimmed">
          {say('ui.models.licence', { licence })}
        </Text>
        <Text size="sm" c="dimmed" className="measure">
          {has(`ui.models.terms.${dataTerms.code}`) ? say(`ui.models.terms.${dataTerms.code}`) : dataTerms.code}
          {dataTerms.note ? ` (${dataTerms.note})` : ''}
        </Text>
        {dates.length > 0 ? (
          <Text size="sm" c="dimmed">
            {dates.join(' · ')}
          </Text>
        ) : null}
        <Code className={classes.digest}>{sha256}</Code>
        <Details summary={say('ui.models.card')}>
          <CardText id={id} />
        </Details>
        {kind === 'pack' && state === 'missing' ? <Fetch id={id} changed={changed} /> : null}
      </Stack>
    </Paper>
  );
}

/** The card is shown as it lies with the model: text, never markup. Asked for when it is opened. */
function CardText({ id }: { readonly id: string }) {
  const { say } = useWords();
  const card = useRequest('models.card', { id });
  if (card.state === 'failed')
    return <FaultNote fault={card.fault} act={{ words: say('ui.again'), run: card.again }} />;
  return card.value ? (
    <Scrolled className={classes.card} label={say('ui.models.card-of', { id })}>
      <pre>{card.value.text}</pre>
    </Scrolled>
  ) : (
    <Loader type="dots" />
  );
}

/** The only connection of the program: what would be fetched, from where and how large is shown before, and confirmed. */
function Fetch({ id, changed }: { readonly id: string; changed(): void }) {
  const { say, bytes } = useWords();
  const network = useSession((state) => state.network);
  const [plan, setPlan] = useState<FetchPlanLine | null>(null);
  const look = useAct(async () => setPlan(await request('models.plan', { id })));
  const fetchIt = useAct(async () => {
    if (!plan) return;
    await request('models.fetch', { id, sha256: plan.sha256 });
    setPlan(null);
    changed();
  });
  const fault = look.fault ?? fetchIt.fault;
  return (
    <Stack gap="sm">
      {fault ? <FaultNote fault={fault} /> : null}
      <Button variant="default" size="xs" w="fit-content" loading={look.busy} onClick={() => void look.run()}>
        {say('ui.models.look')}
      </Button>
      {plan?.kind === 'importOnly' ? (
        <Text size="sm" className="measure">
          {say('ui.models.import-only', { conversion: plan.conversion, licence: plan.licence })}
        </Text>
      ) : null}
      {network && network.id === id ? (
        <Text size="sm" role="status">
          {say(`ui.models.network.${network.event}`, { host: network.host, bytes: bytes(network.bytes) })}
        </Text>
      ) : null}
      <ConfirmDialog
        opened={plan?.kind === 'fetch'}
        title={say('ui.models.fetch-title', { id })}
        act={say('ui.models.fetch')}
        busy={fetchIt.busy}
        fault={fetchIt.fault}
        confirm={() => void fetchIt.run()}
        close={() => setPlan(null)}
      >
        {plan?.kind === 'fetch' ? (
          <Stack gap={8}>
            <span>
              {say('ui.models.fetch-text', { host: plan.host, bytes: bytes(plan.bytes), licence: plan.licence })}
            </span>
            <Code className={classes.digest}>{plan.url}</Code>
            <Code className={classes.digest}>{plan.sha256}</Code>
          </Stack>
        ) : null}
      </ConfirmDialog>
    </Stack>
  );
}
