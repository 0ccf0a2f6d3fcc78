/** What other rooms use of the case store. */

export {
  type ExportedCase,
  type ExportOptions,
  exportCase,
  type ImportedCase,
  type ImportOptions,
  importCase,
} from './archive.ts';
export {
  type CaseListing,
  type CaseSummary,
  type CreateOptions,
  caseSummary,
  createCase,
  listCases,
  mustBeThere,
  type OpenOptions,
  openCase,
  openOrCreateCase,
} from './case.ts';
export { type Comparable, dumpComparable } from './comparable.ts';
export { appendCustody, type CustodyHead, custodyHead, listCustody } from './custody.ts';
export { verifyCustody } from './custody-check.ts';
export { DATA_ROOT_ENTRIES, DEFAULT_CASE_NAME } from './data-root.ts';
export { type EraseReport, eraseAll, eraseCase } from './erase.ts';
export {
  type ExaminationBrief,
  examinationBrief,
  examinationOfJob,
  latestCrops,
  latestExamination,
  latestExaminedBy,
  latestOutcomesBy,
  type NewExamination,
  readCrop,
  readExamination,
  recordExamination,
  type StoredCrop,
  type StoredExamination,
  vectorsOf,
} from './examinations.ts';
export { type FilePath, filePath, osPath } from './file-path.ts';
export { sha256OfFile } from './files.ts';
export {
  type GroupingPart,
  groupingBasis,
  latestGrouping,
  recordGrouping,
  type StoredGrouping,
} from './groupings.ts';
export { type Intake, type IntakeOptions, intake } from './intake.ts';
export { checkItem, type ItemIntegrity } from './integrity.ts';
export { eraseItem, type ItemErasure } from './item-erasure.ts';
export {
  claimedExtension,
  findItem,
  getItem,
  type ItemRow,
  itemName,
  listItems,
  placeKey,
  type Sighting,
  setItemRole,
  sightings,
} from './items.ts';
export {
  createJob,
  type Entry,
  type EntryState,
  examinationFault,
  failEntry,
  findOpenJob,
  finishJob,
  getEntry,
  type JobProgress,
  type JobRequest,
  type JobRow,
  jobProgress,
  listEntries,
  markExamined,
  type NotReceived,
  notReceived,
  openJobs,
  type PlannedEntry,
  type PlannedItem,
} from './job-store.ts';
export { addKeyFile, addPassphrase, addRecoveryCode, type KeySlot, listSlots, removeSlot } from './keys.ts';
export { LivePhotos } from './live-photos.ts';
export { addStored, Measure, type Measured } from './measure.ts';
export { mustBeNew, newFile, outFolder, unfinishedFolder, writeNew } from './new-file.ts';
export type { OpenCase } from './open-case.ts';
export { openUnderPassphrase, sealUnderPassphrase } from './passphrase.ts';
export {
  addPerson,
  addSample,
  comparedBefore,
  endEnrolment,
  expireReferences,
  findPerson,
  getPerson,
  isExpired,
  listPeople,
  type NewSample,
  type PersonRemoval,
  type PersonWithSamples,
  referencePersons,
  removePerson,
  removeSample,
  type Sample,
  sampleChanges,
  samplesApart,
} from './people.ts';
export { defaultDataRoot, isPlace, type Moved, moveData } from './place.ts';
export {
  addBookmark,
  addNote,
  listAssessments,
  listBookmarks,
  listNotes,
  type Note,
  recordCounts,
  removeBookmark,
  type StoredAssessment,
  type StoredBookmark,
  signAssessment,
  writeAssessment,
} from './records.ts';
export {
  listStatements,
  type NewStatement,
  recordStatement,
  type StatementKind,
  type StoredStatement,
  withdrawStatement,
} from './statements.ts';
export { bytesAreGone, readItemBytes, withWorkingCopy } from './working-copy.ts';
