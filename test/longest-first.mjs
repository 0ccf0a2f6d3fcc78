import path from 'node:path';
import TestSequencer from '@jest/test-sequencer';

/** Suites of one room take seconds, those that start programs up to minutes: these begin first, so that none of them is left alone at the end. */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rooms = (test) => test.path.includes(`${path.sep}test${path.sep}unit${path.sep}`);
    return [true, false].flatMap((first) => super.sort(tests.filter((test) => rooms(test) !== first)));
  }
}
