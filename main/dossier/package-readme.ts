/** The text in a package that says what it is and how anybody checks it with public tools, in both languages. */
import type { SignerCard } from '../signing/index.ts';
import { type Language, say } from '../strings/index.ts';
import { printable } from '../strings/printable.ts';
import { FILES } from '../verify/index.ts';

export interface ReadmeFacts {
  readonly signer: SignerCard | null;
  readonly originals: 'none' | 'plain' | object;
  readonly languages: readonly Language[];
}

/** Commands are the same in every language. */
export const COMMANDS = {
  digests: [FILES.seal, FILES.tagManifest, FILES.manifest].map((list) => `sha256sum -c ${list}`),
  signature: [
    `openssl cms -verify -binary -inform DER -in ${FILES.signature} -content ${FILES.tagManifest} -noverify -signer signer.pem -out checked.txt`,
    'openssl x509 -in signer.pem -noout -subject -fingerprint -sha256',
  ],
  timestamp: (stamped: string) => [
    `openssl ts -verify -data ${stamped} -in ${FILES.timestamp} -CAfile authority.pem`,
    `openssl ts -reply -in ${FILES.timestamp} -text`,
  ],
  originals: [
    'openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -md sha256 -in data/originals.zip.enc -out originals.zip',
  ],
} as const;

export function packageReadme(facts: ReadmeFacts): string {
  return `${textIn('zh', facts)}\n\n----------------------------------------\n\n${textIn('en', facts)}\n`;
}

function textIn(language: Language, { signer, originals, languages }: ReadmeFacts): string {
  const words = (id: string, params = {}) => say(language, `package.readme.${id}`, params);
  const commands = (all: readonly string[]) => all.map((command) => `    ${command}`).join('\n');
  const signed = signer
    ? [
        words('signed', { name: printable(signer.name), origin: signer.origin, fingerprint: signer.fingerprint }),
        commands(COMMANDS.signature),
        words('pdf'),
        commands(languages.map((one) => `pdfsig data/report/report.${one}.pdf`)),
      ]
    : [words('unsigned')];
  return [
    words('title'),
    words('what'),
    words('page'),
    words('program'),
    commands(['jianzhen verify PACKAGE.zip']),
    words('digests'),
    commands(COMMANDS.digests),
    ...signed,
    words('timestamp'),
    commands(COMMANDS.timestamp(signer ? FILES.signature : FILES.tagManifest)),
    ...(typeof originals === 'object' ? [words('sealed'), commands(COMMANDS.originals)] : []),
    words('log'),
    say(language, 'verify.means'),
  ].join('\n\n');
}
