/** The law room: packs of provisions and pure functions on them. It measures nothing, decides nothing and opens nothing but its packs. */

export { articleInEnglish } from './article.ts';
export type { MeasuredCode, StatedCode, UnknownCode } from './codes.ts';
export { MEASURED_CODES, STATED_CODES, UNKNOWN_CODES } from './codes.ts';
export type { CountSheet, Counts, SchemeBeside } from './counts.ts';
export { countsBeside } from './counts.ts';
export type { DutyEntry, DutyRow, DutyStatement } from './duties.ts';
export { dutyLedger, dutyStatementSchema } from './duties.ts';
export type { ElementRow, ElementStatus, Measured } from './element-table.ts';
export { elementTable } from './element-table.ts';
export type { ActDate, NotInForce, ProvisionInForce, ProvisionsInForce } from './in-force.ts';
export { provisionsInForce } from './in-force.ts';
export { type CountedCase, measuredIn, measuredOfCase } from './measured.ts';
export type {
  AcademicView,
  Bilingual,
  Clock,
  CountScheme,
  Duty,
  DutyHolder,
  Element,
  Instrument,
  LawPack,
  Provision,
  RecognisabilityTest,
  Route,
  Source,
  Standing,
  Threshold,
  VerificationLevel,
  Version,
} from './pack.ts';
export { importPack, lawPackSchema, loadPack, PACK_LIMITS } from './pack.ts';
export { packs } from './packs.ts';
export type { AskedQuestion, QuestionId, Stated, StatedValue } from './questions.ts';
export { QUESTION_IDS, question, questions, statedSchema } from './questions.ts';
export type { Due, RouteEvents } from './routes.ts';
export { dueDate, HAND_OVER_COLUMNS, HAND_OVER_PARTS } from './routes.ts';
export type { PublicityRow, VoiceRow, Witness } from './sheets.ts';
export { PUBLICITY_COLUMNS, publicitySheet, voiceSheet, witnessSchema } from './sheets.ts';
export {
  eventsOf,
  type KeptStatement,
  keptForm,
  type RouteEvent,
  readStatements,
  routeEvents,
  type Statement,
  type Statements,
  statementSchema,
} from './statements.ts';
export { forbiddenConclusions } from './wording.ts';
