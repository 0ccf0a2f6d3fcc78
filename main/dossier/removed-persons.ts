/** Names of people whom the case no longer holds are not written down again: what an examination recorded of them is sealed and chained as it was. */
import { listPeople, type OpenCase } from '../cases/index.ts';
import { REMOVED_PERSON } from '../contract/open-end.ts';

/** Puts a code in the place of the name of whoever was removed. */
export function forgetRemoved(
  c: OpenCase,
): <Value extends { readonly reference: string | null }>(all: readonly Value[]) => Value[] {
  const names = new Set(listPeople(c).map(({ name }) => name));
  return (all) =>
    all.map((one) =>
      one.reference === null || names.has(one.reference) ? one : { ...one, reference: REMOVED_PERSON },
    );
}
