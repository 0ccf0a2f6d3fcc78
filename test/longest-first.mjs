import path from 'node:path';
import TestSequencer from '@jest/test-sequencer';

const of = (...rooms) => {
  const folder = `${path.sep}${['test', ...rooms].join(path.sep)}${path.sep}`;
  return (test) => test.path.includes(folder);
};
const isUnit = of('unit');
const isWindow = of('e2e', 'window');

/**
 * Suites of one room take seconds, those that start programs up to minutes: these begin first, so that none of them is left alone at the end.
 * Of these, suites with a browser alternate with the others: two browsers at once make each other slower than anything else does.
 */
export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const windows = super.sort(tests.filter(isWindow));
    const others = super.sort(tests.filter((test) => !isWindow(test) && !isUnit(test)));
    const programs = Array.from({ length: Math.max(windows.length, others.length) }, (_, n) => [windows[n], others[n]]);
    return [...programs.flat().filter((test) => test), ...super.sort(tests.filter(isUnit))];
  }
}
