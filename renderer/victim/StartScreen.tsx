/** The first screen: a place to drop, a calm question before anything is copied, and the start. */
import { Anchor, Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { filesOf } from '../host/files.ts';
import { ChooseFiles } from '../parts/ChooseFile.tsx';
import { Details } from '../parts/Details.tsx';
import { useRoute } from '../shell/route.ts';
import { useSession } from '../state/session.ts';
import { useWords } from '../words/words.ts';
import { BeforeCopy } from './BeforeCopy.tsx';
import { HelpNow } from './HelpNow.tsx';
import classes from './StartScreen.module.css';

/** What was chosen and not yet handed over. */
export type Chosen = { readonly files: readonly File[] } | { readonly paths: readonly string[] };

export default function StartScreen() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  return chosen ? <BeforeCopy chosen={chosen} back={() => setChosen(null)} /> : <Choose choose={setChosen} />;
}

function Choose({ choose }: { choose(chosen: Chosen): void }) {
  const { say } = useWords();
  const [over, setOver] = useState(false);
  const [path, setPath] = useState('');
  const folder = useRef<HTMLInputElement>(null);
  const paths = useSession((state) => state.session?.capabilities.includes('paths') ?? false);
  const kept = useSession((state) => state.session?.kept ?? 0);
  const go = useRoute((state) => state.go);
  const take = (files: readonly File[]) => {
    if (files.length > 0) choose({ files });
  };
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.clipboardData && event.clipboardData.files.length > 0) take([...event.clipboardData.files]);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  });
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(await filesOf(event.dataTransfer));
  };
  return (
    <Stack gap="lg" maw={760}>
      <div>
        <Title order={1}>{say('ui.start.title')}</Title>
        <Text size="md" c="dimmed" mt={8} className="measure">
          {say('ui.start.lead')}
        </Text>
      </div>
      <Paper
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => void drop(event)}
      >
        <Text size="lg">{say('ui.start.drop')}</Text>
        <Group>
          <ChooseFiles chosen={take}>{(props) => <Button {...props}>{say('ui.start.choose')}</Button>}</ChooseFiles>
          <Button variant="default" onClick={() => folder.current?.click()}>
            {say('ui.start.choose-folder')}
          </Button>
          <input
            ref={folder}
            type="file"
            multiple
            hidden
            aria-label={say('ui.start.choose-folder')}
            onChange={(event) => take([...(event.currentTarget.files ?? [])])}
            {...{ webkitdirectory: '' }}
          />
        </Group>
        <Text size="xs" c="dimmed">
          {say('ui.start.paste')}
        </Text>
      </Paper>
      <ul className={classes.promises}>
        {(['stays', 'unchanged', 'stop'] as const).map((promise) => (
          <li key={promise}>{say(`ui.start.${promise}`)}</li>
        ))}
      </ul>
      <HelpNow />
      {paths ? (
        <Details summary={say('ui.start.path')}>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              choose({ paths: [path.trim()] });
            }}
          >
            <Group align="flex-end">
              <TextInput
                label={say('ui.start.path-label')}
                value={path}
                onChange={(event) => setPath(event.currentTarget.value)}
                w="100%"
                maw={480}
                autoComplete="off"
                spellCheck={false}
              />
              <Button type="submit" variant="default" disabled={path.trim() === ''}>
                {say('ui.start.path-act')}
              </Button>
            </Group>
          </form>
        </Details>
      ) : null}
      {kept > 0 ? (
        <Anchor component="button" type="button" size="sm" onClick={() => go({ screen: 'mine' })} w="fit-content">
          {say('ui.start.kept', { count: kept })}
        </Anchor>
      ) : null}
    </Stack>
  );
}
