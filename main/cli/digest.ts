/** Digests of a file, read once as a stream. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 in hexadecimal. */
export async function sha256Of(file: string): Promise<string> {
  const { sha256 } = await digestsOf(file, ['sha256']);
  return sha256;
}

/** Digests by name of the algorithm, in hexadecimal. */
export async function digestsOf<Name extends string>(
  file: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const hashes = names.map((name) => createHash(name));
  for await (const chunk of createReadStream(file)) for (const hash of hashes) hash.update(chunk as Buffer);
  return Object.fromEntries(names.map((name, at) => [name, hashes[at]!.digest('hex')])) as Record<Name, string>;
}
