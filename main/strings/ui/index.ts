/** The window's own sentences, a catalogue for each part of it. */
import type { Catalogue } from '../catalogue.ts';
import { caseUiSentences } from './cases.ts';
import { dossierSentences } from './dossier.ts';
import { examinerSentences } from './examiner.ts';
import { partSentences } from './parts.ts';
import { peopleSentences } from './people.ts';
import { personsSentences } from './persons.ts';
import { settingsSentences } from './settings.ts';
import { shellSentences } from './shell.ts';
import { victimSentences } from './victim.ts';
import { viewerSentences } from './viewer.ts';

export const uiCatalogues: readonly Catalogue[] = [
  caseUiSentences,
  dossierSentences,
  examinerSentences,
  partSentences,
  peopleSentences,
  personsSentences,
  settingsSentences,
  shellSentences,
  victimSentences,
  viewerSentences,
];
