/** Faces of two items at equal size. Every cut is made upright and twice as wide as the face's box, so cuts of one width show faces of one width. */
import { Group, Select, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Answer, CropLine } from '../../main/contract/ipc.ts';
import { clock } from '../examiner/clock.ts';
import { request } from '../host/bridge.ts';
import { useWords } from '../words/words.ts';
import classes from './EqualFaces.module.css';

const SIDE_PX = 320;

export function EqualFaces({ sides }: { readonly sides: readonly [Answer, Answer] }) {
  const { say } = useWords();
  if (!sides.every(({ examination }) => (examination?.crops.length ?? 0) > 0)) return null;
  return (
    <section aria-labelledby="equal-faces">
      <Title order={2} size="h4" id="equal-faces">
        {say('ui.compare.faces')}
      </Title>
      <Text size="xs" c="dimmed" className="measure">
        {say('ui.compare.faces.about')}
      </Text>
      <Group gap="lg" mt={8} align="flex-start">
        {sides.map((answer, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: there are a left and a right one.
          <OneSide key={at} answer={answer} />
        ))}
      </Group>
    </section>
  );
}

function OneSide({ answer }: { readonly answer: Answer }) {
  const { say, saySubject } = useWords();
  const { item, examination, revealed } = answer;
  const crops = examination!.crops;
  const [id, setId] = useState(() => largest(crops).id);
  const [png, setPng] = useState<string | null>(null);
  useEffect(() => {
    let wanted = true;
    request('item.crop', { item: item.sha256, crop: id, blurred: !revealed }).then(
      (face) => wanted && setPng(face.png),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, [item.sha256, id, revealed]);
  return (
    <div>
      {png ? (
        <img className={classes.face} src={`data:image/png;base64,${png}`} alt={item.name} width={SIDE_PX} />
      ) : (
        <span className={classes.face} style={{ width: SIDE_PX, height: SIDE_PX }} />
      )}
      <Select
        mt={8}
        w={SIDE_PX}
        size="xs"
        allowDeselect={false}
        aria-label={say('ui.compare.face')}
        value={String(id)}
        onChange={(chosen) => setId(Number(chosen))}
        data={crops.map((crop) => ({
          value: String(crop.id),
          label: `${saySubject(crop.subject)} · ${clock(crop.timeS, 2)} · ${say('ui.viewer.px', { px: Math.round(Math.min(crop.box.w, crop.box.h)) })}`,
        }))}
      />
    </div>
  );
}

function largest(crops: readonly CropLine[]): CropLine {
  return crops.reduce((best, crop) => (crop.box.w * crop.box.h > best.box.w * best.box.h ? crop : best));
}
