/** The faces as they were examined, one row a face in order of time; each leads to its moment. */
import { Group, Text, UnstyledButton } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CropLine } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { request } from '../host/bridge.ts';
import { useWords } from '../words/words.ts';
import classes from './FaceStrip.module.css';
import { colourOf } from './layers.ts';

interface FaceStripProps {
  readonly item: string;
  readonly crops: readonly CropLine[];
  /** Where a viewer can go to the moment of a face. */
  jump?(atS: number): void;
}

export function FaceStrip({ item, crops, jump }: FaceStripProps) {
  const { saySubject } = useWords();
  const rows = [...Map.groupBy(crops, ({ subject }) => subject)];
  return rows.map(([subject, all]) => (
    <div key={subject} className={classes.row}>
      <Text size="xs" fw={600} w={72} style={{ borderLeft: `3px solid ${colourOf(subject)}`, paddingLeft: 8 }}>
        {saySubject(subject)}
      </Text>
      <Group gap={4}>
        {all
          .toSorted((a, b) => a.timeS - b.timeS)
          .map((crop) => (
            <Face key={crop.id} item={item} crop={crop} jump={jump} />
          ))}
      </Group>
    </div>
  ));
}

interface FaceProps extends Pick<FaceStripProps, 'item' | 'jump'> {
  readonly crop: CropLine;
}

function Face({ item, crop, jump }: FaceProps) {
  const { say, saySubject } = useWords();
  const [png, setPng] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    request('item.crop', { item, crop: crop.id }).then(
      (face) => wanted && setPng(face.png),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [item, crop.id]);
  const at = clock(crop.timeS, 2);
  const picture = (
    <>
      {png ? (
        <img className={classes.face} src={`data:image/png;base64,${png}`} alt="" />
      ) : (
        <span className={classes.face} />
      )}
      <Text component="span" size="xs" c="dimmed" className="figures">
        {jump ? at : say('ui.viewer.px', { px: Math.round(crop.quality.sizePx ?? Math.min(crop.box.w, crop.box.h)) })}
      </Text>
    </>
  );
  if (!jump) return <span className={classes.one}>{picture}</span>;
  return (
    <UnstyledButton
      className={classes.one}
      aria-label={say('ui.viewer.face.jump', { face: saySubject(crop.subject), at })}
      onClick={() => jump(crop.timeS)}
    >
      {picture}
    </UnstyledButton>
  );
}
