/** In which group a question is asked: by what it is about, in the order in which a person tells it. */
import type { Asked } from '../../main/contract/ipc.ts';

export const QUESTION_GROUPS = ['who', 'where', 'what', 'consent', 'notices', 'source'] as const;
export type QuestionGroupId = (typeof QUESTION_GROUPS)[number];

const OF: Readonly<Record<string, QuestionGroupId>> = Object.fromEntries(
  Object.entries({
    who: ['place', 'user-role', 'identity', 'minor', 'intimate', 'witnesses'],
    where: [
      ...['found-where', 'found-on', 'captured-how', 'poster-declared', 'deposit'],
      ...['audience', 'reach', 'views', 'reposts'],
    ],
    consent: ['consent', 'consent-form', 'consent-evidence', 'licence', 'licence-covers-ai'],
    notices: [
      ...['notice-sent', 'notice-received', 'notice-answered', 'notice-answer'],
      ...['deletion-requested', 'deletion-answered', 'deletion-answer', 'authority-order', 'reports'],
    ],
  }).flatMap(([group, ids]) => ids.map((id) => [id, group as QuestionGroupId])),
);

/** What no group names is about what happened. */
export function groupOf({ id, scope }: Pick<Asked, 'id' | 'scope'>): QuestionGroupId {
  return scope === 'source-item' ? 'source' : (OF[id] ?? 'what');
}
