/** What other rooms use of signing. */
export { signDetached } from './cms.ts';
export { type PdfSigning, signPdf } from './pdf-signature.ts';
export { fingerprintOf, type Signer, type SignerCard } from './signer.ts';
export { importSigner, makeSigner, openSigner, signerCard } from './signer-store.ts';
export { timestampRequest } from './timestamp.ts';
