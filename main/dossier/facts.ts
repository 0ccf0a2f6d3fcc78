/** Takes what a user states of a case into its log. The words are the user's; only their form is checked. */
import { type OpenCase, recordStatement } from '../cases/index.ts';
import { AppError } from '../contract/errors.ts';
import { keptForm, QUESTION_IDS, type QuestionId, type Statement, statementSchema } from '../law/index.ts';
import { installedLaw } from './law-packs.ts';

/**
 * All of them or none: a file that is half right is not half recorded.
 * @throws AppError `STATEMENT_INVALID` with the place of the first that does not fit its question, or is about no duty or route of a
 * pack; `ITEM_NOT_FOUND`
 */
export function stateFacts(c: OpenCase, given: readonly unknown[]): void {
  const installed = [...installedLaw(c.dataRoot).packs.values()].map(({ pack }) => pack);
  const duties = new Set(installed.flatMap((pack) => pack.duties.map(({ id }) => id)));
  const routes = new Set(installed.flatMap((pack) => pack.routes.map(({ code }) => code)));
  const isKnown = (statement: Statement) => {
    if ('duty' in statement) return duties.has(statement.duty.duty);
    return !('route' in statement) || routes.has(statement.route.route);
  };
  const checked = given.map((one, at): Statement => {
    const { data } = statementSchema.safeParse(one);
    if (!data || !isKnown(data)) throw new AppError('STATEMENT_INVALID', { at: at + 1, question: nameOf(one) });
    return data;
  });
  c.db.transaction(() => {
    for (const statement of checked) recordStatement(c, keptForm(statement));
  });
}

/** What the refused statement is about, where that is a name of ours. */
function nameOf(one: unknown): string | null {
  const { answer, duty, route } = (one ?? {}) as Record<string, Record<string, unknown> | undefined>;
  const question = answer?.question;
  if (typeof question === 'string') return QUESTION_IDS.includes(question as QuestionId) ? question : null;
  const named = duty?.duty ?? route?.route;
  return typeof named === 'string' ? named.slice(0, 80) : null;
}
