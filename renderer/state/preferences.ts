import type { Preferences } from '../../main/contract/ipc.ts';

/** Before the host has told the person's own. */
export const DEFAULT_PREFERENCES: Preferences = {
  language: null,
  theme: 'system',
  mode: null,
  ffmpeg: null,
  examiner: '',
  columns: [],
};
