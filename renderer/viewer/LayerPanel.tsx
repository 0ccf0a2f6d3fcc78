/** Which layers lie over the picture, how much they cover, and what their marks stand for. */
import { Checkbox, Group, Slider, Stack, Text } from '@mantine/core';
import { measureText } from '../../main/strings/index.ts';
import { unitText } from '../examiner/inspector/names.ts';
import { useWords } from '../words/words.ts';
import classes from './LayerPanel.module.css';
import { colourOf, type Layer, opacityOf, opacityWhenOn } from './layers.ts';

interface LayerPanelProps {
  readonly layers: readonly Layer[];
  readonly opacity: Readonly<Record<string, number>>;
  set(opacity: Readonly<Record<string, number>>): void;
}

export function LayerPanel({ layers, opacity, set }: LayerPanelProps) {
  const words = useWords();
  const { say, has, saySubject } = words;
  if (layers.length === 0) return null;
  return (
    <Stack gap={8} role="group" aria-label={say('ui.viewer.layers')}>
      {layers.map((layer) => {
        const { id, range, unit, marks, dots = [] } = layer;
        const own = `ui.viewer.layer.${id}`;
        const name = has(own) ? say(own) : has(`fact.${id}`) ? say(`fact.${id}`) : id;
        const shown = opacityOf(layer, opacity);
        return (
          <Group key={id} gap="md" wrap="wrap">
            <Checkbox
              size="xs"
              label={name}
              checked={shown > 0}
              onChange={(event) => set({ ...opacity, [id]: event.currentTarget.checked ? opacityWhenOn(layer) : 0 })}
            />
            <Slider
              w={120}
              size="sm"
              min={0}
              max={1}
              step={0.1}
              value={shown}
              label={null}
              thumbLabel={say('ui.viewer.opacity', { name })}
              onChange={(value) => set({ ...opacity, [id]: value })}
            />
            {range ? (
              <Group gap={8} wrap="nowrap">
                <Text size="xs" className="figures">
                  {measureText(range[0])}
                </Text>
                <span className={classes.ramp} aria-hidden="true" />
                <Text size="xs" className="figures">
                  {measureText(range[1])} {unitText(words, unit)}
                </Text>
              </Group>
            ) : (
              <Group gap={12}>
                {[...new Set([...marks, ...dots].map(({ subject }) => subject))].map((subject) => (
                  <Group key={subject} gap={4} wrap="nowrap">
                    <span className={classes.swatch} style={{ borderColor: colourOf(subject) }} aria-hidden="true" />
                    <Text size="xs">{saySubject(subject)}</Text>
                  </Group>
                ))}
              </Group>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
