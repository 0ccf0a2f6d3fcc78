/** What can happen on a route, such as a notice to a platform or a report to the police. Without a schema: the window's forms list them. */
export const ROUTE_EVENTS = [
  'sent',
  'received',
  'filed',
  'decided',
  'measure-taken',
  'provided',
  'answered',
  'refusal-received',
  'review-requested',
] as const;
