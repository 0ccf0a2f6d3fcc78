/** A still, down to its pixels: large ones come shrunk first, and the part in view in its own pixels as soon as somebody stays there. */
import { Loader } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Answer, Fault } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { bitmapOf } from './decode.ts';
import { LayerPanel } from './LayerPanel.tsx';
import { layersOf } from './layers.ts';
import { natural, type Region, type Size } from './placing.ts';
import { type Detail, Stage } from './Stage.tsx';

/** Longer side of the whole on its way here, in pixels. */
const WHOLE_SIDE = 2048;
/** Longest side that the host gives. */
const MAX_SIDE = 4096;
/** A part is fetched when somebody has stayed so long. Milliseconds. */
const STAY_MS = 150;

interface PictureViewProps {
  readonly answer: Answer;
}

export function PictureView({ answer }: PictureViewProps) {
  const item = answer.item.sha256;
  const { examination } = answer;
  const [whole, setWhole] = useState<{ image: ImageBitmap; size: Size } | null>(null);
  const [detail, setDetail] = useState<Detail | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [opacity, setOpacity] = useState<Readonly<Record<string, number>>>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const turn = useRef(0);
  const layers = useMemo(() => (examination ? layersOf(examination, 0) : []), [examination]);
  // Nobody measured what nobody examined: it is as large as it comes.
  const longer = examination && Math.max(examination.info.image?.width ?? 1, examination.info.image?.height ?? 1);

  useEffect(() => {
    let wanted = true;
    setWhole(null);
    setDetail(null);
    request('item.picture', { item, maxSide: WHOLE_SIDE })
      .then(async (picture) => {
        const image = await bitmapOf(picture);
        if (wanted) setWhole({ image, size: longer === null ? image : natural(image, longer) });
      })
      .catch((thrown: unknown) => wanted && setFault(faultOf(thrown)));
    return () => {
      wanted = false;
      clearTimeout(timer.current);
    };
  }, [item, longer]);

  const view = (region: Region, scale: number) => {
    clearTimeout(timer.current);
    turn.current += 1;
    const mine = turn.current;
    if (!whole || scale * window.devicePixelRatio <= whole.image.width / whole.size.width) return;
    if (whole.image.width >= whole.size.width || Math.max(region.w, region.h) > MAX_SIDE) return;
    timer.current = setTimeout(() => {
      request('item.picture', { item, maxSide: MAX_SIDE, region })
        .then(async (picture) => {
          const image = await bitmapOf(picture);
          if (mine === turn.current) setDetail({ image, region });
        })
        .catch((thrown: unknown) => setFault(faultOf(thrown)));
    }, STAY_MS);
  };
  if (fault) return <FaultNote fault={fault} />;
  if (!whole) return <Loader type="dots" />;
  return (
    <>
      <Stage
        label={answer.item.name}
        image={whole.image}
        size={whole.size}
        detail={detail}
        layers={layers}
        opacity={opacity}
        onView={view}
      />
      <LayerPanel layers={layers} opacity={opacity} set={setOpacity} />
    </>
  );
}
