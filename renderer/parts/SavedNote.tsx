/** What became of a file that was made for the person: where it lies, or the one link that fetches it. */
import { Anchor, Code, Text } from '@mantine/core';
import type { Saved } from '../../main/contract/ipc.ts';
import { useWords } from '../words/words.ts';

export function SavedNote({ saved: { file, download, bytes, sha256 } }: { readonly saved: Saved }) {
  const { say, bytes: inBytes } = useWords();
  if (file === null && download === null)
    return (
      <Text size="sm" role="status">
        {say('ui.saved.given-up')}
      </Text>
    );
  return (
    <div role="status">
      {file ? <Text size="sm">{say('ui.saved.file', { file, bytes: inBytes(bytes) })}</Text> : null}
      {download ? (
        <Anchor href={`/download/${download}`} size="sm">
          {say('ui.saved.download', { bytes: inBytes(bytes) })}
        </Anchor>
      ) : null}
      {sha256 ? (
        <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          SHA-256 <Code>{sha256}</Code>
        </Text>
      ) : null}
    </div>
  );
}
