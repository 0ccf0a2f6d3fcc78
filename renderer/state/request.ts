/** An answer of the host as a component needs it: waiting, there, or failed with a code. */
import { useCallback, useEffect, useState } from 'react';
import type { Fault, RequestInput, RequestName, RequestOutput } from '../../main/contract/ipc.ts';
import { faultOf, request } from '../host/bridge.ts';
import { useSession } from './session.ts';

export type Asked<Value> =
  | { readonly state: 'waiting'; readonly value: Value | null }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly fault: Fault; readonly value: Value | null };

/**
 * Asks once, again when the input changes, and again when the case changes. The value before stays visible while it waits;
 * null as input asks nothing. An answer that comes after the input has changed is dropped.
 */
export function useRequest<N extends RequestName>(
  name: N,
  input: RequestInput<N> | null,
): Asked<RequestOutput<N>> & { again(): void } {
  const revision = useSession((state) => state.revision);
  const [asked, setAsked] = useState<Asked<RequestOutput<N>>>({ state: 'waiting', value: null });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(input);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision and the turn ask anew; the key stands for the input.
  useEffect(() => {
    if (key === 'null') return;
    let wanted = true;
    setAsked(({ value }) => ({ state: 'waiting', value }));
    request(name, JSON.parse(key) as RequestInput<N>).then(
      (value) => wanted && setAsked({ state: 'ready', value }),
      (thrown: unknown) => wanted && setAsked(({ value }) => ({ state: 'failed', fault: faultOf(thrown), value })),
    );
    return () => {
      wanted = false;
    };
  }, [name, key, revision, turn]);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return { ...asked, again };
}

/** An act of the person: `run` does it, `busy` while it runs, `fault` of the last one that failed. */
export function useAct<Arguments extends readonly unknown[]>(
  act: (...values: Arguments) => Promise<void>,
): {
  run(...values: Arguments): Promise<boolean>;
  readonly busy: boolean;
  readonly fault: Fault | null;
  clear(): void;
} {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  return {
    busy,
    fault,
    clear: () => setFault(null),
    run: async (...values) => {
      setBusy(true);
      setFault(null);
      try {
        await act(...values);
        return true;
      } catch (thrown) {
        setFault(faultOf(thrown));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
