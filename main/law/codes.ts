/** The closed vocabulary of law tables: what this tool can measure, what only a person can state, what stays unknown. */

/** Kinds of record that an examination can leave (M-), and those about the tool itself (P-). Sentences: `law.record.<code>`. */
export const MEASURED_CODES = [
  'M-HASH',
  'M-META',
  'M-LABEL-IMPL',
  'M-LABEL-NONE',
  'M-LABEL-DIFF',
  'M-LABEL-EXPL',
  'M-C2PA',
  'M-FACE-SIM',
  'M-VOICE-SIM',
  'M-SYN-FACE',
  'M-SYN-IMAGE',
  'M-SYN-VOICE',
  'M-ALTER',
  'M-COUNT',
  'M-COUNT-EXPLAIN',
  'M-DEDUP',
  'M-CONTEXT',
  'M-IRREVERSIBLE',
  'M-IDDOC',
  'M-TIMELINE',
  'P-APP-LOG',
  'P-APP-LOCAL',
] as const;
export type MeasuredCode = (typeof MEASURED_CODES)[number];

/** Kinds of statement that a person makes (R-); each question of `questions.ts` carries one. */
export const STATED_CODES = [
  'R-IDENTITY',
  'R-CONSENT',
  'R-SOURCE',
  'R-REACH',
  'R-MONEY',
  'R-NOTICE',
  'R-PUBLIC',
  'R-INTIMATE',
  'R-MINOR',
  'R-HARM',
  'R-ROLE',
  'R-THREAT',
  'R-DEED',
] as const;
export type StatedCode = (typeof STATED_CODES)[number];

/** What no record of ours settles (N-). Sentences: `law.unknown.<code>`. */
export const UNKNOWN_CODES = [
  'N-WHO',
  'N-INTENT',
  'N-CONSENT',
  'N-LAW',
  'N-ORIGIN',
  'N-IDENT',
  'N-COUNT',
  'N-LABELDUTY',
] as const;
export type UnknownCode = (typeof UNKNOWN_CODES)[number];
