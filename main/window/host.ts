/** What a host gives to a session: where files lie, how events leave, how something is saved. The rest is the same for every host. */
import type { EngineSettings } from '../contract/engine.ts';
import type { Capability, EventName, EventOf, Source } from '../contract/ipc.ts';
import type { EngineProcess } from '../jobs/engine-host.ts';
import type { ViewerProcess } from './viewer-host.ts';

/** Where the files of a request lie, and how they came. */
export interface Located {
  readonly inputs: readonly string[];
  /** As recorded with each sighting; null where the path says it all. */
  readonly receivedAs: string | null;
  /** Called when the files are not needed any more. */
  release(): Promise<void>;
}

export interface SavedFile<Value> {
  readonly file: string | null;
  readonly download: string | null;
  /** Null where the person gave up choosing a place. */
  readonly value: Value | null;
}

export interface WindowHost {
  readonly kind: 'electron' | 'browser';
  readonly dataRoot: string;
  /** Folder that typed relative paths are resolved against. */
  readonly cwd: string;
  readonly capabilities: readonly Capability[];
  /** For a case without a key file. */
  readonly secret: { readonly passphrase?: string };
  /** Throws Refusal `UPLOAD_UNKNOWN`. */
  locate(source: Source): Located;
  emit<N extends EventName>(name: N, event: EventOf<N>): void;
  /** Lets `write` make a file at the place named, or at one the host asks for or makes. */
  save<Value>(
    suggestedName: string,
    to: string | null,
    write: (file: string) => Promise<Value>,
  ): Promise<SavedFile<Value>>;
  /** The window is done: close it, or end the program. */
  end(): void;
  startEngine(settings: EngineSettings): EngineProcess;
  startViewer(scratchFolder: string): ViewerProcess;
}

/** How an uploaded file is recorded to have been received; the user's words, where there are any, follow after a colon. */
export const RECEIVED_AS_UPLOAD = 'upload-original-path-unknown';

export function wasUploaded(receivedAs: string | null): boolean {
  return receivedAs?.startsWith(RECEIVED_AS_UPLOAD) ?? false;
}
