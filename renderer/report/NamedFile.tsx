/** A button that chooses a file, and the name of the one chosen beside it. */
import { Button, Group, Text } from '@mantine/core';
import { ChooseFile } from '../parts/ChooseFile.tsx';
import classes from './Lines.module.css';

interface NamedFileProps {
  readonly words: string;
  readonly accept: string;
  readonly file: File | null;
  chosen(file: File): void;
}

export function NamedFile({ words, accept, file, chosen }: NamedFileProps) {
  return (
    <Group gap="sm">
      <ChooseFile chosen={chosen} accept={accept}>
        {(props) => (
          <Button {...props} variant="default">
            {words}
          </Button>
        )}
      </ChooseFile>
      {file ? (
        <Text size="sm" className={classes.value}>
          {file.name}
        </Text>
      ) : null}
    </Group>
  );
}
