import { fact } from '../../../main/contract/fact.ts';
import { type HashSheet, hashText, sharedPdq } from '../../../main/report/hash-sheet.ts';

const hash = 'f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22';
const mirrored = hash.split('').reverse().join('');

const sheet: HashSheet = {
  name: 'a\u202egnp.exe\n',
  bytes: 5,
  mediaType: 'image/png',
  digests: { md5: 'd'.repeat(32), sha1: '1'.repeat(40), sha256: '2'.repeat(64) },
  ...sharedPdq([fact('scene.picture', [100, hash, mirrored])]),
};

test('the hash of a picture is taken from its fact, those of a clip stand in order of time', () => {
  expect(sheet.pdq).toEqual([{ hash, quality: 100, atS: null }]);
  const clip = sharedPdq([
    fact('scene.frame', [80, mirrored, hash], { at: { from: 2, to: 2 } }),
    fact('scene.frame', [90, hash, mirrored], { at: { from: 0.5, to: 0.5 } }),
    fact('other.thing', [90, hash, mirrored]),
  ]);
  expect(clip).toEqual({
    pdq: [
      { hash, quality: 90, atS: 0.5 },
      { hash: mirrored, quality: 80, atS: 2 },
    ],
    tooPlain: 0,
  });
});

test('a hash of a picture with too little in it is counted and not handed out', () => {
  expect(sharedPdq([fact('scene.picture', [49, hash, mirrored])])).toEqual({ pdq: [], tooPlain: 1 });
  expect(sharedPdq([fact('scene.picture', [50, hash, mirrored])]).pdq).toHaveLength(1);
});

test.each(['zh', 'en'] as const)(
  'the text in %s names the file safely and gives every hash on a line of its own',
  (language) => {
    const lines = hashText(language, [sheet]).split('\n');
    expect(lines).toContain(`PDQ      ${hash}`);
    expect(lines).toContain(`MD5      ${sheet.digests.md5}`);
    expect(lines).toContain(`SHA-256  ${sheet.digests.sha256}`);
    expect(lines.some((line) => line.includes('a\\u{202e}gnp.exe\\u{a}'))).toBe(true);
    expect(lines.join()).not.toMatch(/\[hashes\./);
  },
);

test('why there is no hash of the picture is said, and the reasons differ', () => {
  const plain = hashText('en', [{ ...sheet, pdq: [], tooPlain: 1 }]);
  const none = hashText('en', [{ ...sheet, pdq: [], tooPlain: 0 }]);
  expect(plain).toContain('too little is in the picture');
  expect(none).toContain('the file has no picture');
});
