/** Reads the records that the Python side streams: length of a JSON head (uint32, little-endian), the head, a body whose length the head tells. */
export async function* records<Head>(
  input: AsyncIterable<unknown>,
  bodyLength: (head: Head) => number,
): AsyncGenerator<{ head: Head; body: Uint8Array<ArrayBuffer> }> {
  let held = Buffer.alloc(0);
  for await (const chunk of input) {
    held = Buffer.concat([held, chunk as Buffer]);
    for (;;) {
      if (held.length < 4) break;
      const headEnd = 4 + held.readUInt32LE(0);
      if (held.length < headEnd) break;
      const head = JSON.parse(held.subarray(4, headEnd).toString()) as Head;
      const end = headEnd + bodyLength(head);
      if (held.length < end) break;
      yield { head, body: Uint8Array.from(held.subarray(headEnd, end)) };
      held = held.subarray(end);
    }
  }
}
