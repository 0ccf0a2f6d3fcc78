/** Asks a time-stamping authority (RFC 3161) for a token over some bytes; only their digest leaves the machine. */
import { createHash, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const SHA256 = '2.16.840.1.101.3.4.2.1';

/** DER of a TimeStampReq that asks for the authority's certificate too, so that the reply can be checked without a network. */
export function timestampRequest(content: Uint8Array): Uint8Array {
  const nonce = Uint8Array.from(randomBytes(16));
  // Positive and without a leading zero: authorities echo the number, not its bytes.
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  const request = new pkijs.TimeStampReq({
    version: 1,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({
        valueHex: Uint8Array.from(createHash('sha256').update(content).digest()).buffer,
      }),
    }),
    nonce: new asn1js.Integer({ valueHex: nonce.buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}
