/** The evidence package: what goes into it, who signs it, and what became of it. */
import { Button, Code, Loader, PasswordInput, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Packaged, RequestInput, SignerLine } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import { handOver } from '../host/files.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { SavedNote } from '../parts/SavedNote.tsx';
import { useAct, useRequest } from '../state/request.ts';
import { useWords } from '../words/words.ts';
import { Choices, type Chosen, languagesOf } from './Choices.tsx';
import classes from './Lines.module.css';
import { Making } from './Making.tsx';
import { NamedFile } from './NamedFile.tsx';

type How = NonNullable<RequestInput<'package.save'>['originals']>;

export function PackagePart() {
  const { say, language } = useWords();
  const asked = useRequest('signer.state', {});
  const signer = asked.value?.signer ?? null;
  const [chosen, choose] = useState<Chosen>({ language, pictures: 'blurred' });
  const [how, setHow] = useState<How>('none');
  const [originalsSecret, setOriginalsSecret] = useState('');
  const [signs, setSigns] = useState(false);
  const [signerSecret, setSignerSecret] = useState('');
  const [made, setMade] = useState<Packaged | null>(null);
  const make = useAct(async () => {
    setMade(null);
    setMade(
      await request('package.save', {
        languages: languagesOf(chosen),
        pictures: chosen.pictures,
        originals: how,
        ...(how === 'sealed' ? { originalsPassphrase: originalsSecret } : {}),
        ...(signs && signer ? { signerPassphrase: signerSecret } : {}),
        to: null,
      }),
    );
    setSignerSecret('');
    setOriginalsSecret('');
  });
  const ready = (how !== 'sealed' || originalsSecret !== '') && (!signs || (signer !== null && signerSecret !== ''));
  return (
    <Stack gap="lg">
      <Text size="sm" className="measure">
        {say('ui.package.lead')}
      </Text>
      {make.busy ? (
        <Making />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) void make.run();
          }}
        >
          <Stack gap="lg">
            <Choices chosen={chosen} choose={choose} />
            <Radio.Group label={say('ui.package.originals')} value={how} onChange={(value) => setHow(value as How)}>
              <Stack gap={8} mt={8}>
                {(['none', 'sealed', 'plain'] as const).map((one) => (
                  <Radio key={one} value={one} label={say(`ui.package.originals.${one}`)} />
                ))}
              </Stack>
            </Radio.Group>
            {how === 'sealed' ? (
              <PasswordInput
                label={say('ui.package.originals.passphrase')}
                value={originalsSecret}
                onChange={(event) => setOriginalsSecret(event.currentTarget.value)}
                maw={400}
                autoComplete="new-password"
              />
            ) : null}
            {signer ? (
              <Radio.Group
                label={say('ui.package.sign')}
                value={signs ? 'yes' : 'no'}
                onChange={(value) => setSigns(value === 'yes')}
              >
                <Stack gap={8} mt={8}>
                  <Radio value="no" label={say('ui.package.sign.no')} />
                  <Radio value="yes" label={say('ui.package.sign.yes', { name: signer.name })} />
                </Stack>
              </Radio.Group>
            ) : null}
            {signs && signer ? (
              <PasswordInput
                label={say('ui.package.sign.passphrase')}
                value={signerSecret}
                onChange={(event) => setSignerSecret(event.currentTarget.value)}
                maw={400}
                autoComplete="off"
              />
            ) : null}
            {make.fault ? <FaultNote fault={make.fault} /> : null}
            <Button type="submit" w="fit-content" disabled={!ready}>
              {say('ui.package.make')}
            </Button>
          </Stack>
        </form>
      )}
      {made ? <Made made={made} /> : null}
      {asked.state === 'failed' ? (
        <FaultNote fault={asked.fault} act={{ words: say('ui.again'), run: asked.again }} />
      ) : null}
      {!asked.value && asked.state === 'waiting' ? <Loader type="dots" /> : null}
      {asked.value ? <Signer signer={signer} changed={asked.again} /> : null}
    </Stack>
  );
}

function Made({ made }: { readonly made: Packaged }) {
  const { say } = useWords();
  return (
    <Stack gap={8}>
      <SavedNote saved={made} />
      {made.manifest ? (
        <>
          {made.mismatches > 0 ? (
            <Text size="sm" c="var(--attention)">
              {say('ui.record.mismatches', { mismatches: made.mismatches })}
            </Text>
          ) : null}
          {made.originals + made.originalsLeftOut > 0 ? (
            <Text size="sm">
              {say('ui.package.originals-added', { originals: made.originals, leftOut: made.originalsLeftOut })}
            </Text>
          ) : null}
          <Text size="xs" c="dimmed" className={classes.value}>
            {say('ui.package.head', { seq: made.head.seq })} <Code>{made.head.hash}</Code>
          </Text>
          <Text size="xs" c="dimmed" className={classes.value}>
            {made.signedBy ? (
              <>
                {say('ui.package.signed-by')} <Code>{made.signedBy}</Code>
              </>
            ) : (
              say('ui.package.unsigned')
            )}
          </Text>
        </>
      ) : null}
    </Stack>
  );
}

function Signer({ signer, changed }: { readonly signer: SignerLine | null; changed(): void }) {
  const { say, day } = useWords();
  return (
    <section aria-labelledby="signer">
      <Stack gap="md">
        <Title order={2} size="h3" id="signer">
          {say('ui.package.sign')}
        </Title>
        {signer ? (
          <Text size="sm" className={`measure ${classes.value}`}>
            {say(signer.origin === 'own' ? 'ui.package.signer' : 'ui.package.signer.imported', {
              name: signer.name,
              until: day(signer.notAfterMs),
            })}{' '}
            <Code>{signer.fingerprint}</Code>
          </Text>
        ) : (
          <>
            <Text size="sm" className="measure">
              {say('ui.package.signer.none')}
            </Text>
            <MakeSigner changed={changed} />
            <BringSigner changed={changed} />
          </>
        )}
      </Stack>
    </section>
  );
}

function MakeSigner({ changed }: { changed(): void }) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const create = useAct(async () => {
    await request('signer.create', { name: name.trim(), passphrase: secret });
    changed();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create.run();
      }}
    >
      <Stack gap="md" maw={400}>
        <TextInput
          label={say('ui.package.signer.name')}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.currentTarget.value)}
          autoComplete="off"
        />
        <PasswordInput
          label={say('ui.package.signer.passphrase')}
          value={secret}
          onChange={(event) => setSecret(event.currentTarget.value)}
          autoComplete="new-password"
        />
        {create.fault ? <FaultNote fault={create.fault} /> : null}
        <Button
          type="submit"
          variant="default"
          w="fit-content"
          loading={create.busy}
          disabled={name.trim() === '' || secret === ''}
        >
          {say('ui.package.signer.create')}
        </Button>
      </Stack>
    </form>
  );
}

/** A key with a certificate of one's own, under the passphrase that it already has. */
function BringSigner({ changed }: { changed(): void }) {
  const { say } = useWords();
  const [file, setFile] = useState<File | null>(null);
  const [secret, setSecret] = useState('');
  const bring = useAct(async (given: File) => {
    await request('signer.import', { source: await handOver([given]), passphrase: secret });
    changed();
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (file) void bring.run(file);
      }}
    >
      <Stack gap="md" maw={400}>
        <Text size="sm" fw={500}>
          {say('ui.package.signer.file')}
        </Text>
        <NamedFile words={say('ui.package.signer.choose')} accept=".p12,.pfx" file={file} chosen={setFile} />
        {file ? (
          <>
            <PasswordInput
              label={say('ui.package.signer.file-passphrase')}
              value={secret}
              onChange={(event) => setSecret(event.currentTarget.value)}
              autoComplete="off"
            />
            {bring.fault ? <FaultNote fault={bring.fault} /> : null}
            <Button type="submit" variant="default" w="fit-content" loading={bring.busy} disabled={secret === ''}>
              {say('ui.package.signer.import')}
            </Button>
          </>
        ) : null}
      </Stack>
    </form>
  );
}
