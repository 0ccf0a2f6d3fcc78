/** Which provisions count for an act on a given day, and in which wording. */
import type { LawPack, Provision, Version } from './pack.ts';

/** A day, or the first and last day of an act that lasted; ISO dates. */
export type ActDate = string | { readonly from: string; readonly to: string };

/** A provision in one wording. No field says whether it is met: nobody here decides that. */
export interface ProvisionInForce {
  readonly provision: Provision;
  readonly version: Version;
  /** The text is past its day of checking: said beside the provision. */
  readonly stale: boolean;
  /** In force during a part of the act only. */
  readonly partly: boolean;
  /** The act, or a part of it, came before this wording. */
  readonly actPredates: boolean;
}

export interface ProvisionsInForce {
  /** In force, recommended standards and decided cases, on the day of the act. */
  readonly applicable: readonly ProvisionInForce[];
  /** Rules of proof and procedure on the day of the report, whatever the day of the act. */
  readonly proceedings: readonly ProvisionInForce[];
  /** Bills, guides, law that waits for commencement or for national law: under their own headings, never as applicable. */
  readonly otherStanding: readonly ProvisionInForce[];
  /** Whatever else the pack holds, with the reason why it is not shown as applicable. */
  readonly notInForce: readonly NotInForce[];
}

export interface NotInForce {
  readonly provision: Provision;
  readonly why: 'later' | 'earlier' | 'date-not-known';
  /** First day from which it counts, where it came later. */
  readonly from: string | null;
  /** Last day on which it counted, where it came earlier. */
  readonly until: string | null;
}

const APPLICABLE = new Set(['in-force', 'recommended-standard', 'decided-case']);

/**
 * Sorts a pack by the day of the act. An act that began before an amendment and lasted beyond it shows both wordings.
 * @param actDate null where the user does not know it: then today's law is shown and each provision says that the act may predate it
 * @param today day of the report, ISO date
 */
export function provisionsInForce(pack: LawPack, actDate: ActDate | null, today: string): ProvisionsInForce {
  const act = spanOf(actDate ?? today);
  const applicable: ProvisionInForce[] = [];
  const proceedings: ProvisionInForce[] = [];
  const otherStanding: ProvisionInForce[] = [];
  const notInForce: NotInForce[] = [];
  for (const provision of pack.provisions) {
    const span = provision.basis === 'proceedings' ? spanOf(today) : act;
    const hits = provision.versions
      .filter((version) => touches(version, span))
      .map((version) => ({
        provision,
        version,
        stale: version.checkBy < today,
        partly: !covers(version, span),
        actPredates: actDate === null || version.from === null || act.from < version.from,
      }));
    if (!APPLICABLE.has(provision.standing)) {
      // its heading says what it is; its day is shown, not judged
      const version = hits[0]?.version ?? provision.versions.at(-1)!;
      otherStanding.push({
        provision,
        version,
        stale: version.checkBy < today,
        partly: hits[0]?.partly ?? true,
        actPredates: hits[0]?.actPredates ?? true,
      });
    } else if (hits.length === 0) notInForce.push(absence(provision, span));
    else (provision.basis === 'proceedings' ? proceedings : applicable).push(...hits);
  }
  return { applicable, proceedings, otherStanding, notInForce };
}

interface Span {
  readonly from: string;
  readonly to: string;
}

function spanOf(date: ActDate): Span {
  return typeof date === 'string' ? { from: date, to: date } : date;
}

function touches({ from, until }: Version, span: Span): boolean {
  return from !== null && from <= span.to && (until === null || until >= span.from);
}

function covers({ from, until }: Version, span: Span): boolean {
  return from !== null && from <= span.from && (until === null || until >= span.to);
}

function absence(provision: Provision, span: Span): NotInForce {
  const dated = provision.versions.filter(({ from }) => from !== null);
  const later = dated.find(({ from }) => from! > span.to);
  if (later) return { provision, why: 'later', from: later.from, until: null };
  const earlier = dated.findLast(({ until }) => until !== null && until < span.from);
  if (earlier) return { provision, why: 'earlier', from: null, until: earlier.until };
  return { provision, why: 'date-not-known', from: null, until: null };
}
