/** A button that lets a person choose a file, or several; the same can be chosen again, for instance after something else was put right. */
import { FileButton, type FileButtonProps } from '@mantine/core';
import { useRef } from 'react';

type Shared = Pick<FileButtonProps, 'accept' | 'children'>;

interface ChooseFilesProps extends Shared {
  /** One alone where false. */
  readonly multiple?: boolean;
  chosen(files: File[]): void;
}

export function ChooseFiles({ multiple = true, chosen, ...rest }: ChooseFilesProps) {
  const forget = useRef<() => void>(null);
  return (
    <FileButton
      multiple={multiple}
      resetRef={forget}
      onChange={(given) => {
        // A browser tells of no change where the name stays the same.
        forget.current?.();
        const files = [given ?? []].flat();
        if (files.length > 0) chosen(files);
      }}
      {...rest}
    />
  );
}

export function ChooseFile({ chosen, ...rest }: Shared & { chosen(file: File): void }) {
  return <ChooseFiles multiple={false} chosen={([file]) => chosen(file!)} {...rest} />;
}
