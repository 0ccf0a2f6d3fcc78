import path from 'node:path';

// What tests start finds its sources compiled, as a start before left them: each program would load what removes types and compile anew.
process.env.NODE_COMPILE_CACHE ??= path.join(import.meta.dirname, 'node_modules/.cache/jianzhen');

const swc = [
  '@swc/jest',
  { jsc: { target: 'es2024', parser: { syntax: 'typescript', tsx: false } }, module: { type: 'es6' } },
];

export default {
  transform: { '^.+\\.ts$': swc },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: '<rootDir>/test/node-env.mjs',
  setupFilesAfterEnv: ['<rootDir>/test/equal-bytes.mjs'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/models/.built'],
  testSequencer: '<rootDir>/test/longest-first.mjs',
  reporters: ['default', '<rootDir>/test/summary-reporter.mjs'],
  // Only a test that hangs is ended: how long one takes is the machine's affair, and bounds on speed are measured in test/bench.
  testTimeout: 1200000,
  maxWorkers: 2,
};
