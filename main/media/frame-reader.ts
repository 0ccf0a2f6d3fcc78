/**
 * Raw frames as a decoder writes them, gathered in memory that is used again. On systems that have Unix sockets the bytes are read straight
 * into the frames: a pipe as Node makes it for a program hands out new pieces of 64 kB that must be copied together, which takes the
 * processor a second for 20 s of 1080p film at four frames a second.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { withTimeLimit } from './pipe-reader.ts';

/** Frames that the decoder may be ahead of the reader: it decodes on while one frame is examined. */
const AHEAD = 2;

export class FrameReader {
  readonly #frameBytes: number;
  readonly #stallS: number;
  readonly #whole: Uint8Array[] = [];
  readonly #free: Uint8Array[] = [];
  #filling: Uint8Array;
  #filled = 0;
  #ended = false;
  #resume: () => void = () => {};
  #wake: () => void = () => {};
  #release: () => void = () => {};

  constructor(frameBytes: number, stallS: number) {
    this.#frameBytes = frameBytes;
    this.#stallS = stallS;
    this.#filling = new Uint8Array(frameBytes);
  }

  /**
   * A socket to give to a program as its output: what it writes is read into frames. To be destroyed here once the program has it.
   * Null where there are no such sockets: on Windows, and where the temporary folder's name is too long for one.
   */
  async socket(): Promise<net.Socket | null> {
    if (process.platform === 'win32') return null;
    const server = net.createServer({ pauseOnConnect: true });
    const place = path.join(os.tmpdir(), `jianzhen-${randomUUID()}`);
    try {
      await once(server.listen(place), 'listening');
      const accepted = once(server, 'connection');
      const ours = net.connect({
        path: place,
        onread: { buffer: () => this.#filling.subarray(this.#filled), callback: (bytes) => this.#took(bytes) },
      });
      await once(ours, 'connect');
      ours.on('error', () => {});
      this.#resume = () => ours.resume();
      this.#release = () => ours.destroy();
      ours.once('close', () => this.#end());
      const [theirs] = (await accepted) as [net.Socket];
      return theirs;
    } catch {
      return null;
    } finally {
      server.close();
    }
  }

  /** Reads what a program writes to an ordinary pipe. */
  follow(pipe: Readable): void {
    pipe.on('data', (piece: Buffer) => {
      let wantsMore = true;
      for (let at = 0; at < piece.length; ) {
        const room = this.#filling.subarray(this.#filled);
        const taken = Math.min(room.length, piece.length - at);
        room.set(piece.subarray(at, at + taken));
        at += taken;
        wantsMore = this.#took(taken);
      }
      if (!wantsMore) pipe.pause();
    });
    pipe.once('close', () => this.#end());
    this.#resume = () => pipe.resume();
    this.#release = () => pipe.destroy();
  }

  /**
   * The next whole frame; null at the end of the output, whatever part of a frame came last.
   * @throws AppError `DECODE_TIMEOUT` when nothing arrives for the limit
   */
  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const frame = this.#whole.shift();
      if (frame) {
        if (this.#whole.length < AHEAD) this.#resume();
        return frame;
      }
      if (this.#ended) return null;
      const arrival = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await withTimeLimit(arrival, this.#stallS);
    }
  }

  /** Memory of a frame that nobody looks at any more, to be written over. */
  giveBack(frame: Uint8Array): void {
    this.#free.push(frame);
  }

  close(): void {
    this.#release();
  }

  /** So many more bytes stand in the frame that is filled; whether more may come at once. */
  #took(bytes: number): boolean {
    this.#filled += bytes;
    if (this.#filled === this.#frameBytes) {
      this.#whole.push(this.#filling);
      this.#filling = this.#free.pop() ?? new Uint8Array(this.#frameBytes);
      this.#filled = 0;
    }
    this.#wake();
    return this.#whole.length < AHEAD;
  }

  #end(): void {
    this.#ended = true;
    this.#wake();
  }
}
