/** A small picture of an item, blurred by the host before it reaches the page; a shape where there is none. */
import { useEffect, useState } from 'react';
import type { Picture } from '../../main/contract/ipc.ts';
import { request } from '../host/bridge.ts';
import classes from './Thumbnail.module.css';

interface ThumbnailProps {
  readonly item: string;
  /** Pixels of the square it stands in. */
  readonly side: number;
}

/** Thumbnails that were shown, so that scrolling back asks for nothing; the oldest go first. */
const shown = new Map<string, string | null>();
const MAX_SHOWN = 600;

/** What is scrolled past within this time is not asked for. Milliseconds. */
const STAY_MS = 100;

export function Thumbnail({ item, side }: ThumbnailProps) {
  const [source, setSource] = useState<string | null>(shown.get(item) ?? null);
  useEffect(() => {
    const known = shown.get(item);
    if (known !== undefined) {
      setSource(known);
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      request('item.thumbnail', { item, maxSide: 160 })
        .then(
          (picture) => remember(item, urlOf(picture)),
          () => remember(item, null),
        )
        .then((url) => wanted && setSource(url));
    }, STAY_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [item]);
  return (
    <span className={classes.frame} style={{ width: side, height: side }}>
      {source ? <img src={source} alt="" className={classes.picture} /> : null}
    </span>
  );
}

export function urlOf({ mediaType, data }: Pick<Picture, 'mediaType' | 'data'>): string {
  return `data:${mediaType};base64,${data}`;
}

function remember(item: string, url: string | null): string | null {
  shown.set(item, url);
  if (shown.size > MAX_SHOWN) shown.delete(shown.keys().next().value!);
  return url;
}
