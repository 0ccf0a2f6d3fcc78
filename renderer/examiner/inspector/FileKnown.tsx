/** The file itself: its digests, how it is built, and where and when it was seen. */
import { Anchor, Text, Title } from '@mantine/core';
import type { Answer } from '../../../main/contract/ipc.ts';
import { Term } from '../../parts/Term.tsx';
import { useRoute } from '../../shell/route.ts';
import { useWords, type Words } from '../../words/words.ts';
import { clock } from '../clock.ts';
import classes from './Inspector.module.css';
import { type Pair, Pairs } from './Pairs.tsx';

export function FileKnown({ answer }: { readonly answer: Answer }) {
  const words = useWords();
  const { say, bytes, number, moment } = words;
  const { item, sightings, parts, examination } = answer;
  return (
    <>
      <section className={classes.section}>
        <Title order={2} size="h4">
          {say('ui.inspector.identity')}
        </Title>
        <Pairs
          of={[
            [say('ui.inspector.name'), item.name],
            [
              'SHA-256',
              <span key="sha" className={classes.code}>
                {item.sha256}
              </span>,
            ],
            [
              'SM3',
              <span key="sm3" className={classes.code}>
                {item.sm3}
              </span>,
            ],
            [say('ui.inspector.size'), `${bytes(item.bytes)} (${number(item.bytes)})`],
            [say('ui.items.column.kept'), say(`retention.${item.retention}`)],
          ]}
        />
        <Text component="div" size="xs" mt={8}>
          <Term id="sha256" />
        </Text>
      </section>
      {examination ? <Built info={examination.info} words={words} /> : null}
      <section className={classes.section}>
        <Title order={2} size="h4">
          {say('ui.inspector.sightings')}
        </Title>
        {sightings.map(({ atMs, path, modifiedAtMs, receivedAs, part }) => (
          <div key={`${atMs} ${path} ${part?.offset}`} className={classes.entry}>
            <Pairs
              of={[
                [say('ui.inspector.seen'), moment(atMs)],
                [say('ui.inspector.path'), path],
                [say('ui.inspector.modified'), modifiedAtMs === null ? null : moment(modifiedAtMs)],
                [say('ui.inspector.received-as'), receivedText(words, receivedAs)],
                [say('ui.inspector.inside'), part && <ItemLink item={part.parent} />],
                [
                  say('ui.inspector.place'),
                  part && say('ui.inspector.place.bytes', { offset: part.offset, length: part.length }),
                ],
              ]}
            />
          </div>
        ))}
        <Text component="div" size="xs" mt={8}>
          <Term id="custody" />
        </Text>
      </section>
      {parts.length > 0 ? (
        <section className={classes.section}>
          <Title order={2} size="h4">
            {say('ui.inspector.parts')}
          </Title>
          {parts.map((part) => (
            <div key={part} className={classes.entry}>
              <ItemLink item={part} />
            </div>
          ))}
        </section>
      ) : null}
    </>
  );
}

/** The code of the way, where there is one, and after it the person's own words. */
function receivedText({ has, say }: Words, receivedAs: string | null): string | null {
  if (receivedAs === null) return null;
  const [code = '', ...own] = receivedAs.split(': ');
  const known = `ui.inspector.received.${code}`;
  return has(known) ? [say(known), ...(own.length > 0 ? [`“${own.join(': ')}”`] : [])].join(' · ') : receivedAs;
}

function ItemLink({ item }: { readonly item: string }) {
  const go = useRoute((state) => state.go);
  return (
    <Anchor component="button" type="button" size="xs" onClick={() => go({ screen: 'item', item })}>
      <span className={classes.code}>{item.slice(0, 16)}…</span>
    </Anchor>
  );
}

type Info = NonNullable<Answer['examination']>['info'];

function Built({ info, words: { say, number } }: { readonly info: Info; readonly words: Words }) {
  const { mediaType, claimedType, durationS, image, video, audio } = info;
  const length = (seconds: number | null): string | null => (seconds === null ? null : clock(seconds, 3));
  const streams: readonly (readonly [string, readonly Pair[]])[] = [
    ...video.map(
      (stream) =>
        [
          say('ui.inspector.stream.video', { n: stream.index }),
          [
            [say('ui.inspector.codec'), stream.codec],
            [say('ui.inspector.frame-size'), `${stream.width} × ${stream.height}`],
            [say('ui.inspector.rotation'), stream.rotation === 0 ? null : `${stream.rotation}°`],
            [say('ui.inspector.rate'), stream.averageFrameRate === null ? null : number(stream.averageFrameRate, 3)],
            [say('ui.inspector.variable'), stream.variableFrameRate ? say('ui.inspector.true') : null],
            [say('ui.inspector.pixels'), `${stream.pixelFormat}, ${stream.bitDepth} ${say('unit.bits')}`],
            [say('ui.inspector.length'), length(stream.durationS)],
          ],
        ] as const,
    ),
    ...audio.map(
      (stream) =>
        [
          say('ui.inspector.stream.audio', { n: stream.index }),
          [
            [say('ui.inspector.codec'), stream.codec],
            [say('ui.inspector.sample-rate'), `${number(stream.sampleRate)} Hz`],
            [say('ui.inspector.channels'), stream.channels],
            [say('ui.inspector.bit-rate'), stream.bitRate === null ? null : `${number(stream.bitRate / 1000)} kbit/s`],
            [say('ui.inspector.length'), length(stream.durationS)],
          ],
        ] as const,
    ),
  ];
  return (
    <section className={classes.section}>
      <Title order={2} size="h4">
        {say('ui.inspector.built')}
      </Title>
      <Pairs
        of={[
          [say('ui.items.column.type'), mediaType],
          [say('ui.inspector.claimed'), claimedType],
          [say('ui.inspector.length'), length(durationS)],
          [say('ui.inspector.picture-size'), image && `${image.width} × ${image.height}`],
          [say('ui.inspector.orientation'), image && image.orientation !== 1 ? image.orientation : null],
          [say('ui.inspector.depth-bits'), image && `${image.bitDepth} ${say('unit.bits')}`],
          [say('ui.inspector.frames'), image && image.frames > 1 ? image.frames : null],
        ]}
      />
      {streams.map(([title, pairs]) => (
        <div key={title} className={classes.entry}>
          <Text size="xs" fw={600}>
            {title}
          </Text>
          <Pairs of={pairs} />
        </div>
      ))}
    </section>
  );
}
