/** A person's own photo, which is compared with and not examined itself: shown as it is. */
import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Fault } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { FaultNote } from '../parts/Fault.tsx';
import { bitmapOf } from './decode.ts';
import { Stage } from './Stage.tsx';

/** Longer side, in pixels. */
const SIDE = 2048;

export function PlainPicture({ item, name }: { readonly item: string; readonly name: string }) {
  const [image, setImage] = useState<ImageBitmap | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useEffect(() => {
    let wanted = true;
    request('item.picture', { item, maxSide: SIDE })
      .then(async (picture) => {
        const shown = await bitmapOf(picture);
        if (wanted) setImage(shown);
      })
      .catch((thrown: unknown) => wanted && setFault(faultOf(thrown)));
    return () => {
      wanted = false;
    };
  }, [item]);
  if (fault) return <FaultNote fault={fault} />;
  return image ? <Stage label={name} image={image} size={image} layers={[]} opacity={{}} /> : <Loader type="dots" />;
}
