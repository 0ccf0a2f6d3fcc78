// What does a network compute from these numbers? The only file that touches onnxruntime: in and out go plain typed arrays.
import './no-telemetry.ts';

import * as ort from 'onnxruntime-node';
import type { ByteData, FeedData, IntegerData, TensorData } from '../contract/analyzer.ts';
import { AppError } from '../contract/errors.ts';

/** Inputs by name, row-major: `data.length` is the product of `dims`. */
export type Feeds = Readonly<Record<string, TensorData | ByteData | IntegerData>>;

/** A loaded network. `run` occupies the calling thread until it is done: keep it in the analysis process. */
export class ModelSession {
  readonly id: string;
  readonly inputs: readonly string[];
  /** The float32 outputs; labels and the like, which some exporters add, are left out. */
  readonly outputs: readonly string[];
  readonly #session: ort.InferenceSession;

  /** Use `ModelStore.session`, which checks the digest first. */
  constructor(id: string, session: ort.InferenceSession) {
    this.id = id;
    this.inputs = session.inputNames;
    this.outputs = session.outputMetadata
      .filter((output) => output.isTensor && output.type === 'float32')
      .map((output) => output.name);
    this.#session = session;
  }

  /**
   * Computes the named outputs, which must be float32. The arrays given are not kept, the arrays returned are the caller's.
   * @throws Error where shapes, types or names do not fit the network: a fault of the caller, not of a file.
   */
  async run<Name extends string>(feeds: Feeds, outputs: readonly Name[]): Promise<Record<Name, TensorData>> {
    const given = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)] as const);
    const results = await this.#session.run(Object.fromEntries(given), [...outputs]);
    const tensors = outputs.map((name) => [name, fromOrt(this.id, name, results[name])] as const);
    return Object.fromEntries(tensors) as Record<Name, TensorData>;
  }

  /** Frees the network's memory. */
  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/**
 * Loads a network from its bytes.
 * @param threads threads for one operator; networks run one operator at a time, so that a scan's cost is predictable.
 * @throws AppError MODEL_INVALID where the bytes are no network that this runtime can load.
 */
export async function createSession(id: string, bytes: Uint8Array, threads: number): Promise<ModelSession> {
  try {
    const session = await ort.InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      // Remembered allocation plans cost 50 MB over all networks and gain no measurable time.
      enableMemPattern: false,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
    return new ModelSession(id, session);
  } catch (cause) {
    throw new AppError('MODEL_INVALID', { model: id }, { cause });
  }
}

function toOrt({ data, dims }: FeedData): ort.Tensor {
  if (data instanceof Float32Array) return new ort.Tensor('float32', data, dims);
  return data instanceof Uint8Array ? new ort.Tensor('uint8', data, dims) : new ort.Tensor('int64', data, dims);
}

function fromOrt(id: string, name: string, result: ort.OnnxValue | undefined): TensorData {
  const data = result?.data;
  if (!(data instanceof Float32Array)) throw new Error(`${id}: output ${name} is not float32`);
  return { data, dims: result?.dims ?? [] };
}
