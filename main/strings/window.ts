import type { RefusalCode } from '../contract/ipc.ts';
import type { Catalogue, Sentence } from './catalogue.ts';

/** Why the host of a window turned a message away, and what to do next. */
const refusals: Readonly<Record<`error.${RefusalCode}`, Sentence>> = {
  'error.REFUSED_TOKEN': {
    zh: '这个地址已经用过或不完整。请在终端里重新运行程序，用它给出的新地址打开。',
    en: 'This address was used before or is incomplete. Start the program again and open the new address it prints.',
  },
  'error.REFUSED_HOST': {
    zh: '请求里的主机名不是本机地址，已拒绝。请用程序给出的地址（127.0.0.1）打开。',
    en: 'The request named another host and was refused. Use the address that the program printed (127.0.0.1).',
  },
  'error.REFUSED_ORIGIN': {
    zh: '请求来自另一个网页，已拒绝。',
    en: 'The request came from another page and was refused.',
  },
  'error.REFUSED_PATH': { zh: '这里没有这个地址。', en: 'There is nothing at this address.' },
  'error.REFUSED_METHOD': {
    zh: '不接受这种请求方式。',
    en: 'This kind of request is not accepted.',
  },
  'error.REQUEST_UNKNOWN': {
    zh: '窗口要求了一个程序不认识的操作。请关闭窗口后重新打开。',
    en: 'The window asked for something the program does not know. Close the window and open it again.',
  },
  'error.REQUEST_MALFORMED': {
    zh: '请求的内容不符合约定，没有执行。请检查填写的内容。',
    en: 'The request was not in the agreed form and was not carried out. Check what was filled in.',
  },
  'error.REQUEST_TOO_LARGE': {
    zh: '请求太大，没有执行。文件请通过“选择文件”交给程序。',
    en: 'The request was too large and was not carried out. Give files by choosing or dropping them.',
  },
  'error.UPLOAD_UNKNOWN': {
    zh: '找不到刚才交来的文件。请重新选择它。',
    en: 'The file that was handed over is not here any more. Choose it again.',
  },
  'error.UPLOAD_INTERRUPTED': {
    zh: '文件没有传完，没有留下任何部分。请重新选择它。',
    en: 'The file did not arrive whole, and nothing of it was kept. Choose it again.',
  },
  'error.WORK_IN_PROGRESS': {
    zh: '还有检查在进行。请先等它完成，或停止它。',
    en: 'An examination is under way. Wait until it has finished, or stop it first.',
  },
  'error.NOT_REVEALED': {
    zh: '内容默认遮住。请先选择查看，这个动作会写入保管记录。',
    en: 'Content is covered until you choose to look at it; that choice is written to the custody log.',
  },
  'error.NOT_CONFIRMED': {
    zh: '没有得到确认，什么也没有做。',
    en: 'This was not confirmed; nothing was done.',
  },
  'error.HOST_UNREACHABLE': {
    zh: '与程序的连接断了。已完成的检查都已保存；请重新启动程序。',
    en: 'The connection to the program was lost. Everything finished is kept; start the program again.',
  },
};

export const windowSentences: Catalogue = {
  ...refusals,
  'window.host.about': {
    zh: '在这台电脑的浏览器里打开窗口。只在 127.0.0.1 上提供，不连接网络。',
    en: 'Opens the window in the browser of this machine. It is served on 127.0.0.1 only and connects nowhere.',
  },
  'window.host.no-open': {
    zh: '不打开浏览器，只打印地址并等待',
    en: 'print the address and wait, without opening a browser',
  },
  'window.host.opened': {
    zh: '已在浏览器中打开。按 Ctrl+C 结束；没有做完的检查下次可以继续。',
    en: 'Opened in the browser. Ctrl+C ends it; unfinished work can go on next time.',
  },
  'window.host.waiting': {
    zh: '请在这台电脑的浏览器里打开上面的地址（只能用一次）。按 Ctrl+C 结束。',
    en: 'Open the address above in a browser of this machine; it works once. Ctrl+C ends it.',
  },
  'window.host.no-electron': {
    zh: '这台电脑上取不到 Electron 程序，改用浏览器窗口，功能相同。',
    en: 'Electron’s program cannot be had on this machine; the window opens in the browser instead, with the same functions.',
  },
  'window.host.not-built': {
    zh: '窗口还没有构建。请先运行 npm run build:window。',
    en: 'The window has not been built yet. Run npm run build:window first.',
  },
};
