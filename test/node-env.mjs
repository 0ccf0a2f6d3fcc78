import { TestEnvironment } from 'jest-environment-node';

const SHARED_WITH_ADDONS = [
  'ArrayBuffer',
  'Float32Array',
  'Float64Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint16Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
];

// A worker with nothing left to do ends at once: to free its heap takes longer than jest waits before it speaks of leaks.
if (process.send) process.once('beforeExit', () => process.exit());

/** Native addons compare buffers against the outer realm's classes, so the test sandbox must use the same ones. */
export default class NodeEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of SHARED_WITH_ADDONS) this.global[name] = globalThis[name];
  }
}
