/** The window's own sentences, a catalogue for each part of it. */
import type { Catalogue } from '../catalogue.ts';
import { partSentences } from './parts.ts';
import { shellSentences } from './shell.ts';
import { victimSentences } from './victim.ts';

export const uiCatalogues: readonly Catalogue[] = [partSentences, shellSentences, victimSentences];
