/** What a window can show: the build of the renderer takes these in the place of all. */

import { caseSentences } from './cases.ts';
import type { Catalogue } from './catalogue.ts';
import { detectorSentences } from './detectors.ts';
import { errorSentences } from './errors.ts';
import { examinedSentences } from './examined.ts';
import { factValueSentences } from './fact-values.ts';
import { findingSentences } from './findings.ts';
import { identitySentences } from './identity.ts';
import { lawSentences } from './law.ts';
import { letterTitleSentences } from './letter-titles.ts';
import { provenanceSentences } from './provenance.ts';
import { reportTermSentences } from './report-terms.ts';
import { sceneSentences } from './scenes.ts';
import { uiCatalogues } from './ui/index.ts';
import { verifySentences } from './verify.ts';
import { versionSentences } from './versions.ts';
import { windowSentences } from './window.ts';

export const CATALOGUES: readonly Catalogue[] = [
  errorSentences,
  caseSentences,
  examinedSentences,
  factValueSentences,
  findingSentences,
  detectorSentences,
  identitySentences,
  lawSentences,
  provenanceSentences,
  reportTermSentences,
  sceneSentences,
  verifySentences,
  versionSentences,
  windowSentences,
  ...uiCatalogues,
  letterTitleSentences,
];
