/** Every catalogue: what a window shows, and what only the command line, letters and files print. */
import type { Catalogue } from './catalogue.ts';
import { cliSentences } from './cli.ts';
import { fileFaultSentences } from './errors.ts';
import { hashSentences } from './hashes.ts';
import { letterSentences } from './letters.ts';
import { packageSentences } from './package.ts';
import { reportSentences } from './report.ts';
import { CATALOGUES as SCREEN } from './screen.ts';
import { signingSentences } from './signing.ts';

export const CATALOGUES: readonly Catalogue[] = [
  ...SCREEN,
  reportSentences,
  hashSentences,
  cliSentences,
  fileFaultSentences,
  letterSentences,
  packageSentences,
  signingSentences,
];
