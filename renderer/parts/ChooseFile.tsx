/** A button that lets a person choose a file, or several; the same can be chosen again, for instance after something else was put right. */
import { FileButton, type FileButtonProps } from '@mantine/core';
import { useRef } from 'react';

type Shared = Pick<FileButtonProps, 'accept' | 'children'>;

export function ChooseFile({ chosen, ...rest }: Shared & { chosen(file: File): void }) {
  const forget = useRef<() => void>(null);
  return (
    <FileButton
      resetRef={forget}
      onChange={(file: File | null) => {
        // A browser tells of no change where the name stays the same.
        forget.current?.();
        if (file) chosen(file);
      }}
      {...rest}
    />
  );
}

export function ChooseFiles({ chosen, ...rest }: Shared & { chosen(files: File[]): void }) {
  const forget = useRef<() => void>(null);
  return (
    <FileButton
      multiple
      resetRef={forget}
      onChange={(files: File[]) => {
        forget.current?.();
        if (files.length > 0) chosen(files);
      }}
      {...rest}
    />
  );
}
