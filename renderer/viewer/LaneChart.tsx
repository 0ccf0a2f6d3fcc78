/** Measured courses of one subject over time, with a line where the viewer stands and a table behind it. */
import { Button, Group, Table, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { unmeasuredOf } from '../../main/contract/course.ts';
import { measureText } from '../../main/strings/index.ts';
import { clock } from '../examiner/clock.ts';
import { unitText } from '../examiner/inspector/names.ts';
import { Details } from '../parts/Details.tsx';
import { useWords } from '../words/words.ts';
import classes from './LaneChart.module.css';
import { chartOf, heaviest, type Lane, spreadOf } from './lanes.ts';

interface LaneChartProps {
  readonly lane: Lane;
  readonly durationS: number;
  readonly atS: number;
  jump(atS: number): void;
}

/** Of Okabe and Ito's colours those that stand out from light and dark ground alike; every second line is dashed. */
const STROKES = ['#D55E00', '#0072B2', '#009E73', '#CC79A7'] as const;

const HEIGHT_PX = 112;
/** A moment beyond this share of the length would be named half outside of the chart. */
const LAST_NAMED = 0.96;
const HEAVIEST = 3;
const HOUR_S = 3600;
/** From one named moment to the next: round on a clock. */
const STEPS_S = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400,
];
/** Axis of values, so that charts under each other have their seconds under each other. Pixels. */
export const AXIS_PX = 56;

export function LaneChart({ lane, durationS, atS, jump }: LaneChartProps) {
  const words = useWords();
  const { say, saySubject, has } = words;
  const { ref, width } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const here = useRef(atS);
  here.current = atS;
  const onJump = useRef(jump);
  onJump.current = jump;
  const names = lane.series.map(({ fact }) => (has(`fact.${fact}`) ? say(`fact.${fact}`) : fact));
  const data = useMemo(() => chartOf(lane), [lane]);
  const spreads = useMemo(() => lane.series.map(spreadOf), [lane]);
  const gaps = useMemo(() => lane.series.map(({ points }) => unmeasuredOf(points)), [lane]);
  const ink = useInk();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart is made anew only for other data, width or colours.
  useEffect(() => {
    if (!box.current || width === 0) return;
    const made = new uPlot(
      {
        width,
        height: HEIGHT_PX,
        scales: { x: { time: false, range: [0, Math.max(durationS, 0.001)] } },
        // As far to the right as what stands above it.
        padding: [8, 0, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        axes: [
          {
            stroke: ink,
            size: 28,
            grid: { show: false },
            incrs: STEPS_S,
            space: durationS < HOUR_S ? 56 : 72,
            values: (_, ticks, _axis, _space, stepS) =>
              ticks.map((s) => (s > LAST_NAMED * durationS ? '' : clock(s, stepS < 1 ? 1 : 0))),
          },
          { stroke: ink, size: AXIS_PX, grid: { stroke: 'rgba(128,128,128,0.2)' } },
        ],
        series: [
          {},
          ...lane.series.map((_, at) => ({
            stroke: STROKES[at % STROKES.length]!,
            width: 2,
            dash: at % 2 === 0 ? [] : [6, 3],
            points: { show: true, size: 6 },
          })),
        ],
        hooks: {
          drawAxes: [
            (plot) => {
              // The middle half of each course, behind its line.
              plot.ctx.save();
              plot.ctx.globalAlpha = 0.14;
              for (const [at, spread] of spreads.entries()) {
                if (!spread) continue;
                plot.ctx.fillStyle = STROKES[at % STROKES.length]!;
                const [top, bottom] = [spread.high, spread.low].map((value) => plot.valToPos(value, 'y', true));
                plot.ctx.fillRect(plot.bbox.left, top!, plot.bbox.width, Math.max(1, bottom! - top!));
              }
              plot.ctx.restore();
            },
          ],
          draw: [
            (plot) => {
              const x = plot.valToPos(here.current, 'x', true);
              plot.ctx.save();
              plot.ctx.strokeStyle = ink;
              plot.ctx.lineWidth = 1;
              plot.ctx.beginPath();
              plot.ctx.moveTo(x, plot.bbox.top);
              plot.ctx.lineTo(x, plot.bbox.top + plot.bbox.height);
              plot.ctx.stroke();
              plot.ctx.restore();
            },
          ],
          ready: [
            (plot) =>
              plot.over.addEventListener('click', () => {
                if (plot.cursor.left !== undefined && plot.cursor.left >= 0)
                  onJump.current(plot.posToVal(plot.cursor.left, 'x'));
              }),
          ],
        },
      },
      data,
      box.current,
    );
    chart.current = made;
    return () => made.destroy();
  }, [data, width, durationS, ink]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the line follows the moment shown.
  useEffect(() => chart.current?.redraw(false), [atS]);

  const title = saySubject(lane.subject);
  const unit = unitText(words, lane.unit);
  return (
    <div className={classes.lane}>
      <Group gap="md" justify="space-between">
        <Text size="xs" fw={600}>
          {title}
          {unit ? ` · ${unit}` : ''}
        </Text>
        <Group gap={12}>
          {names.map((name, at) => (
            <Group key={name} gap={4} wrap="nowrap">
              <svg width="20" height="4" aria-hidden="true">
                <line
                  x1="0"
                  x2="20"
                  y1="2"
                  y2="2"
                  stroke={STROKES[at % STROKES.length]}
                  strokeWidth="3"
                  strokeDasharray={at % 2 === 0 ? undefined : '6 3'}
                />
              </svg>
              <Text size="xs">{name}</Text>
            </Group>
          ))}
        </Group>
      </Group>
      <div ref={ref}>
        <div ref={box} aria-hidden="true" />
      </div>
      {spreads.map((spread, at) =>
        spread ? (
          <Text key={names[at]} size="xs" c="dimmed" className="figures">
            {say('ui.viewer.spread', {
              name: names[at]!,
              n: lane.series[at]!.points.length,
              median: measureText(spread.median),
              low: measureText(spread.low),
              high: measureText(spread.high),
            })}
          </Text>
        ) : null,
      )}
      {gaps.map((gap, at) =>
        gap ? (
          <Text key={names[at]} size="xs" c="dimmed" className="figures">
            {say('ui.viewer.gaps', {
              name: names[at]!,
              n: gap.count,
              total: clock(gap.totalS),
              from: clock(gap.longest.fromS),
              to: clock(gap.longest.toS),
            })}
          </Text>
        ) : null,
      )}
      <Group gap={8}>
        <Text size="xs" c="dimmed">
          {say('ui.viewer.heaviest')}
        </Text>
        {heaviest(lane, HEAVIEST).map(({ fromS, value }) => (
          <Button key={fromS} size="compact-xs" variant="default" onClick={() => jump(fromS)}>
            {clock(fromS, 2)} · {measureText(value)}
          </Button>
        ))}
      </Group>
      <Details
        summary={
          <Text component="span" size="xs">
            {say('ui.viewer.as-table')}
          </Text>
        }
      >
        <Table fz="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{say('ui.viewer.from')}</Table.Th>
              <Table.Th>{say('ui.viewer.to')}</Table.Th>
              {names.map((name) => (
                <Table.Th key={name}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lane.series[0]!.points.map(({ fromS, toS }, at) => (
              <Table.Tr key={`${fromS} ${toS}`}>
                <Table.Td>{clock(fromS, 3)}</Table.Td>
                <Table.Td>{clock(toS, 3)}</Table.Td>
                {lane.series.map(({ fact, points }) => (
                  <Table.Td key={fact}>{points[at]?.fromS === fromS ? measureText(points[at].value, 5) : ''}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Details>
    </div>
  );
}

/** The colour of text as it stands, for what is drawn without CSS. */
export function useInk(): string {
  return getComputedStyle(document.documentElement).getPropertyValue('--quiet').trim() || '#55595f';
}
