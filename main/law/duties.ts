/** The ledger of actors: who owes which duty by which source, what records bear on it, and what the user says became of it. */
import { z } from 'zod';
import type { Measured } from './element-table.ts';
import { type ActDate, type ProvisionInForce, provisionsInForce } from './in-force.ts';
import type { Duty, LawPack } from './pack.ts';
import { type Stated, saysSomething } from './questions.ts';

/** As stated by the user, never found by this tool. Sentences: `law.duty.<value>`. */
export const dutyStatementSchema = z.enum(['fulfilled', 'not', 'unknown']);
export type DutyStatement = z.infer<typeof dutyStatementSchema>;

export interface DutyEntry {
  /** Id of the duty in the pack. */
  readonly duty: string;
  /** The actor as the user names them. */
  readonly actor: string;
  readonly asStated: DutyStatement;
  /** Facts and evidence in the user's own words. */
  readonly facts: string;
}

export interface DutyRow {
  readonly duty: Duty;
  /** Sources of the duty that were in force; never empty. */
  readonly sources: readonly ProvisionInForce[];
  readonly measured: readonly Measured[];
  readonly stated: readonly Stated[];
  /** One line for each actor; empty where the user said nothing. */
  readonly entries: readonly DutyEntry[];
}

/**
 * Duties whose sources were in force on the day of the act, in the order of the chain in the pack.
 * What whoever uses this tool owes follows the law of today: the comparison happens now.
 */
export function dutyLedger(
  pack: LawPack,
  actDate: ActDate | null,
  today: string,
  records: {
    readonly measured: readonly Measured[];
    readonly stated: readonly Stated[];
    readonly entries: readonly DutyEntry[];
  },
): readonly DutyRow[] {
  const then = provisionsInForce(pack, actDate, today).applicable;
  const now = provisionsInForce(pack, today, today).applicable;
  return pack.duties
    .map((duty) => ({
      duty,
      sources: (duty.holder === 'this-tool' ? now : then).filter(({ provision }) =>
        duty.provisions.includes(provision.id),
      ),
      measured: records.measured.filter(({ code }) => duty.measured.includes(code)),
      stated: records.stated.filter((one) => duty.stated.includes(one.question) && saysSomething(one)),
      entries: records.entries.filter((entry) => entry.duty === duty.id),
    }))
    .filter(({ sources }) => sources.length > 0);
}
