/** The page that lies in every package: a ZIP is dropped on it and checked here, without a network. */
import { fillSentence } from '../../strings/catalogue.ts';
import { figureOf } from '../../strings/figures.ts';
import { verifySentences } from '../../strings/verify.ts';
import { type Verification, verifyPackage } from '../index.ts';
import { linesOf, type Said } from '../words.ts';

type Language = 'zh' | 'en';

const element = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const drop = element('drop');
const input = element<HTMLInputElement>('file');
const progress = element('progress');
const result = element('result');

let language: Language = /^zh\b/i.test(navigator.language) ? 'zh' : 'en';
/** The last outcome, kept so that it can be told in the other language: of this file. */
let last: { readonly file: string; readonly found: Verification | null } | null = null;
let running: AbortController | null = null;

function say({ id, params }: Said): string {
  const sentence = verifySentences[id];
  if (!sentence) return `[${id}]`;
  return fillSentence(sentence[language], (name) => {
    const value = params[name];
    return typeof value === 'number' ? figureOf(name, value) : String(value ?? '–');
  });
}

/** Text from the package is only ever text: no markup is made of it. */
function paragraph(text: string, tag: 'p' | 'h2' | 'li' = 'p', className = ''): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  made.className = className;
  return made;
}

function show(): void {
  result.hidden = last === null;
  if (!last) return;
  const { file, found } = last;
  if (!found) {
    result.className = 'broken';
    result.replaceChildren(paragraph(file), paragraph(say({ id: 'verify.page.unreadable', params: {} }), 'h2'));
    return;
  }
  const [first, ...rest] = linesOf(found);
  const deviations = rest.filter(({ id }) => id.startsWith('deviation.') || id === 'verify.more');
  const list = document.createElement('ul');
  list.append(...deviations.map((one) => paragraph(say(one), 'li')));
  const fingerprint = found.signature?.fingerprint ?? null;
  result.className = found.deviations.length === 0 ? 'intact' : 'broken';
  result.replaceChildren(
    paragraph(file),
    paragraph(say(first!), 'h2'),
    ...(deviations.length > 0 ? [list] : []),
    ...rest.filter((one) => !deviations.includes(one)).map((one) => paragraph(say(one))),
    ...(fingerprint === null
      ? []
      : [
          paragraph(say({ id: 'verify.page.fingerprint', params: {} })),
          paragraph(fingerprint.match(/.{4}/g)!.join(' '), 'p', 'key'),
        ]),
  );
}

function speak(chosen: Language): void {
  language = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
  for (const place of document.querySelectorAll<HTMLElement>('[data-say]'))
    place.textContent = say({ id: place.dataset.say!, params: {} });
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]'))
    button.setAttribute('aria-pressed', String(button.dataset.language === chosen));
  document.title = say({ id: 'verify.page.title', params: {} });
  show();
}

async function check(file: File): Promise<void> {
  running?.abort();
  const own = new AbortController();
  running = own;
  last = null;
  show();
  progress.hidden = false;
  const source = {
    size: file.size,
    read: async (offset: number, length: number) =>
      new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
  };
  const onProgress = (done: number, total: number) => {
    const percent = Math.floor((done / Math.max(1, total)) * 100);
    progress.textContent = say({ id: 'cli.verify.progress', params: { percent } });
  };
  onProgress(0, 1);
  const found = await verifyPackage(source, { signal: own.signal, onProgress }).catch(() => null);
  // Another file was dropped meanwhile.
  if (own.signal.aborted) return;
  progress.hidden = true;
  last = { file: file.name, found };
  show();
}

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]'))
  button.addEventListener('click', () => speak(button.dataset.language as Language));
input.addEventListener('change', () => {
  const [file] = input.files ?? [];
  if (file) void check(file);
  // The same file can be chosen again.
  input.value = '';
});
for (const type of ['dragover', 'dragleave', 'drop'] as const)
  document.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.toggle('over', type === 'dragover');
    const file = type === 'drop' ? event.dataTransfer?.files[0] : undefined;
    if (file) void check(file);
  });
speak(language);
