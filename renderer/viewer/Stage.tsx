/** A picture that can be brought down to its pixels, with wheel, drag and keys, and what is laid over it. */
import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../words/words.ts';
import { COLOURS, colourOf, type Layer, opacityOf } from './layers.ts';
import { centred, fitted, inView, pan, type Region, type Size, type View, zoom } from './placing.ts';
import classes from './Stage.module.css';

export interface Detail {
  readonly image: CanvasImageSource;
  readonly region: Region;
}

interface StageProps {
  readonly label: string;
  /** Null before it has come. */
  readonly image: CanvasImageSource | null;
  /** Of the original. */
  readonly size: Size;
  /** A part in its own pixels, drawn over the shrunk whole. */
  readonly detail?: Detail | null;
  readonly layers: readonly Layer[];
  readonly opacity: Readonly<Record<string, number>>;
  /** Tells which part is in view, and how large a pixel of the original is on the screen. */
  onView?(region: Region, scale: number): void;
}

const STEP_PX = 60;
const ZOOM_STEP = 1.25;
/** Above this many pixels of the screen for one of the picture they are drawn as squares. */
const SQUARES_FROM = 2;
/** Side of a point of the face on the screen. */
const DOT_PX = 3;

export function Stage({ label, image, size, detail = null, layers, opacity, onView }: StageProps) {
  const { say, number } = useWords();
  const { ref, width, height } = useElementSize();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = { width, height };
  const [chosen, setChosen] = useState<View | null>(null);
  const drag = useRef<{ x: number; y: number } | null>(null);
  const known = width > 0 && size.width > 0;
  const view = chosen ?? (known ? fitted(size, frame) : { scale: 1, x: 0, y: 0 });

  useEffect(() => {
    const surface = canvas.current?.getContext('2d');
    if (!surface || !known) return;
    const ratio = window.devicePixelRatio;
    surface.canvas.width = Math.round(width * ratio);
    surface.canvas.height = Math.round(height * ratio);
    surface.setTransform(ratio, 0, 0, ratio, 0, 0);
    surface.imageSmoothingEnabled = view.scale < SQUARES_FROM;
    const place = ({ x, y, w, h }: Region): [number, number, number, number] => [
      view.x + x * view.scale,
      view.y + y * view.scale,
      w * view.scale,
      h * view.scale,
    ];
    if (image) surface.drawImage(image, ...place({ x: 0, y: 0, w: size.width, h: size.height }));
    if (detail) surface.drawImage(detail.image, ...place(detail.region));
    for (const layer of layers) {
      surface.globalAlpha = opacityOf(layer, opacity);
      for (const { region, subject, level } of layer.marks) {
        if (level === null) {
          surface.lineWidth = 2;
          surface.strokeStyle = colourOf(subject);
          surface.strokeRect(...place(region));
          const [x, y] = place(region);
          surface.font = '600 13px system-ui';
          surface.fillStyle = colourOf(subject);
          surface.fillText(subject.split(':')[1] ?? '', x + 4, y + 15);
        } else {
          surface.fillStyle = COLOURS[4];
          surface.globalAlpha = opacityOf(layer, opacity) * (0.1 + 0.7 * level);
          surface.fillRect(...place(region));
        }
      }
      for (const { subject, points } of layer.dots ?? []) {
        surface.fillStyle = colourOf(subject);
        for (let at = 0; at < points.length; at += 2) {
          const [x, y] = place({ x: points[at]!, y: points[at + 1]!, w: 0, h: 0 });
          surface.fillRect(x - DOT_PX / 2, y - DOT_PX / 2, DOT_PX, DOT_PX);
        }
      }
      surface.globalAlpha = 1;
    }
  }, [image, detail, layers, opacity, width, height, view.scale, view.x, view.y, known, size.width, size.height]);

  const region = known ? inView(view, size, frame) : null;
  const seen = region ? [region.x, region.y, region.w, region.h].join() : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of what is in view is told.
  useEffect(() => {
    if (region) onView?.(region, view.scale);
  }, [seen, view.scale]);

  const middle = { x: width / 2, y: height / 2 };
  const wheel = useRef<(event: WheelEvent) => void>(() => {});
  wheel.current = (event) => {
    event.preventDefault();
    const { left, top } = canvas.current!.getBoundingClientRect();
    const at = { x: event.clientX - left, y: event.clientY - top };
    setChosen(zoom(view, event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP, at, size, frame));
  };
  useEffect(() => {
    const surface = canvas.current;
    const heard = (event: WheelEvent) => wheel.current(event);
    // React's own listener is passive and could not keep the page from scrolling.
    surface?.addEventListener('wheel', heard, { passive: false });
    return () => surface?.removeEventListener('wheel', heard);
  }, []);

  const keys: Readonly<Record<string, () => View | null>> = {
    '+': () => zoom(view, ZOOM_STEP, middle, size, frame),
    '=': () => zoom(view, ZOOM_STEP, middle, size, frame),
    '-': () => zoom(view, 1 / ZOOM_STEP, middle, size, frame),
    '0': () => null,
    '1': () => centred(size, frame, 1),
    ArrowLeft: () => pan(view, STEP_PX, 0, size, frame),
    ArrowRight: () => pan(view, -STEP_PX, 0, size, frame),
    ArrowUp: () => pan(view, 0, STEP_PX, size, frame),
    ArrowDown: () => pan(view, 0, -STEP_PX, size, frame),
  };
  const pressed = (event: KeyboardEvent) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(act());
  };
  const moved = (event: PointerEvent) => {
    if (!drag.current) return;
    setChosen(pan(view, event.clientX - drag.current.x, event.clientY - drag.current.y, size, frame));
    drag.current = { x: event.clientX, y: event.clientY };
  };
  return (
    <div className={classes.stage}>
      <div
        ref={ref}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved and zoomed by keys.
        tabIndex={0}
        aria-label={`${label}. ${say('ui.viewer.keys.picture')}`}
        className={classes.frame}
        onKeyDown={pressed}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={moved}
        onPointerUp={() => {
          drag.current = null;
        }}
      >
        <canvas ref={canvas} className={classes.canvas} />
      </div>
      <Group gap={8}>
        <Button.Group>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={say('ui.viewer.zoom.out')}
            onClick={() => setChosen(keys['-']!())}
          >
            −
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setChosen(null)}>
            {say('ui.viewer.zoom.fit')}
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => setChosen(keys['1']!())}>
            1:1
          </Button>
          <Button
            size="compact-xs"
            variant="default"
            aria-label={say('ui.viewer.zoom.in')}
            onClick={() => setChosen(keys['+']!())}
          >
            +
          </Button>
        </Button.Group>
        <Text size="xs" c="dimmed" className="figures">
          {say('ui.viewer.zoom', { scale: number(view.scale, 2), width: size.width, height: size.height })}
        </Text>
      </Group>
    </div>
  );
}
