/** Random access to the bytes of a package: a file on the disk, or one that was dropped on a page. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`; the caller stays within `size`. */
  read(offset: number, length: number): Promise<Uint8Array>;
}
