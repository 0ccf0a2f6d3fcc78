/** The report as one HTML file: no script, nothing fetched, readable on a telephone and on paper. Every text is escaped where it is written. */
import { say } from '../strings/index.ts';
import { type Block, type Cell, onUnitSquare, type ReportDocument, type Section } from './document.ts';
import { runsOf, type Text, textOf } from './line.ts';

/** The parts of the file in order; joined they are the whole. */
export function* reportHtml(document: ReportDocument): Generator<string> {
  const { language, sections } = document;
  const title = escaped(textOf(language, document.title));
  yield `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${title}</h1></header>
<nav aria-label="${escaped(say(language, 'report.contents'))}"><ol start="0">
${sections.map(({ number, title: name }) => `<li><a href="#s${number}">${escaped(textOf(language, name))}</a></li>`).join('\n')}
</ol></nav>
<main>
`;
  for (const section of sections) yield sectionHtml(document, section);
  yield '</main>\n</body>\n</html>\n';
}

function sectionHtml(document: ReportDocument, { number, title, blocks, ownPage }: Section): string {
  const name = `${number}${document.language === 'zh' ? '　' : ' '}${textOf(document.language, title)}`;
  return `<section${ownPage ? ' class="own"' : ''} aria-labelledby="s${number}">
<h2 id="s${number}">${escaped(name)}</h2>
${blocks.map((block) => blockHtml(document, block)).join('\n')}
</section>
`;
}

function toned({ tone }: { readonly tone?: string }): string {
  return tone ? ` class="${tone}"` : '';
}

function blockHtml(document: ReportDocument, block: Block): string {
  const { language } = document;
  const text = (one: Text) => textHtml(document, one);
  switch (block.kind) {
    case 'heading':
      return `<h${block.level + 1}>${text(block.text)}</h${block.level + 1}>`;
    case 'paragraph':
      return `<p${toned(block)}>${text(block.text)}</p>`;
    case 'list':
      return `<ul${toned(block)}>${block.items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
    case 'pairs':
      return `<dl>${block.rows.map(([name, cell]) => `<div><dt>${text(name)}</dt><dd>${cellHtml(document, cell)}</dd></div>`).join('')}</dl>`;
    case 'table':
      return `<div class="wide" role="region" tabindex="0" aria-label="${escaped(block.head.map((head) => textOf(language, head)).join(', '))}"><table>
<colgroup>${block.widths.map((width) => `<col style="width:${width}%">`).join('')}</colgroup>
<thead><tr>${block.head.map((head) => `<th scope="col">${text(head)}</th>`).join('')}</tr></thead>
<tbody>
${block.rows.map((row) => `<tr>${row.map((cell) => `<td>${cellHtml(document, cell)}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div>`;
    case 'course':
      return courseHtml(document, block);
    case 'figure':
      return figureHtml(document, block.picture, block.caption);
    case 'box':
      return `<aside class="${block.tone}">${block.blocks.map((inner) => blockHtml(document, inner)).join('\n')}</aside>`;
    case 'ruled':
      return `<div class="ruled" aria-hidden="true">${'<hr>'.repeat(block.lines)}</div>`;
  }
}

function figureHtml({ language, pictures }: ReportDocument, name: string, caption: Text): string {
  const picture = pictures.get(name);
  const words = escaped(textOf(language, caption));
  if (!picture) return `<p class="small">${words} – ${escaped(say(language, 'report.picture-left-out'))}</p>`;
  const data = Buffer.from(picture.png).toString('base64');
  return `<figure><img alt="${words}" width="${picture.width}" height="${picture.height}" src="data:image/png;base64,${data}"><figcaption>${words}</figcaption></figure>`;
}

/** Width and height of the drawing; it grows with the page. */
const COURSE = { width: 640, height: 96 } as const;

function courseHtml({ language }: ReportDocument, { caption, runs }: Extract<Block, { kind: 'course' }>): string {
  const { width, height } = COURSE;
  const words = escaped(textOf(language, caption));
  const placed = onUnitSquare(runs).map((run) =>
    run.map(({ x, y }) => [(x * width).toFixed(1), ((1 - y) * height).toFixed(1)] as const),
  );
  const lines = placed.map(
    (run) => `<polyline points="${run.join(' ')}" fill="none" stroke="currentColor" stroke-width="1.5"/>`,
  );
  const dots = placed.flat().map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.2"/>`);
  return `<figure class="course"><svg role="img" aria-label="${words}" viewBox="0 -4 ${width} ${height + 8}">${lines.join('')}${dots.join('')}</svg><figcaption>${words}</figcaption></figure>`;
}

function cellHtml(document: ReportDocument, cell: Cell): string {
  return cell.length === 1
    ? textHtml(document, cell[0]!)
    : cell.map((text) => `<p>${textHtml(document, text)}</p>`).join('');
}

function textHtml({ language }: ReportDocument, text: Text): string {
  return runsOf(language, text)
    .map(({ text: words, kind }) =>
      kind === 'quoted' ? `<bdi class="quoted">${escaped(words)}</bdi>` : escaped(words),
    )
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

const STYLE = `
:root{color-scheme:light;--ink:#14161a;--quiet:#55595f;--line:#d9d6cd;--ground:#fbfaf7;--attention:#8f6107}
*{box-sizing:border-box}
body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem 4rem;background:var(--ground);color:var(--ink);font:15px/1.6 "Noto Sans SC","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",system-ui,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
:lang(en) body{font-family:system-ui,"Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:28px;line-height:1.3;margin:0 0 1rem}
h2{font-size:22px;line-height:1.35;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--ink)}
h3{font-size:17px;margin:1.75rem 0 .5rem}
h4{font-size:15px;margin:1.25rem 0 .5rem}
p{margin:.4rem 0;max-width:75ch}
nav ol{columns:2;padding-left:2rem;margin:0 0 1rem}
a{color:#0f6b6e}
.small,figcaption{font-size:13px;color:var(--quiet)}
.attention{color:var(--attention)}
dl{margin:.5rem 0}
dl div{display:grid;grid-template-columns:12rem 1fr;gap:1rem;padding:.3rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--quiet)}
dd{margin:0}
dd p,td p{margin:0 0 .25rem}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;table-layout:fixed;margin:.5rem 0;font-size:13px;line-height:1.5}
th,td{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--ink)}
.course{display:block;max-width:40rem}
.course svg{width:100%;height:auto;border:1px solid var(--line);background:#fff}
figure{display:inline-block;margin:.5rem 1rem .5rem 0;max-width:12rem}
img{max-width:100%;height:auto;display:block}
aside{border:1px solid var(--line);border-left:4px solid var(--quiet);padding:.75rem 1rem;margin:1rem 0;background:#fff}
aside.notice{border-left-color:var(--attention)}
.ruled hr{border:0;border-bottom:1px solid var(--quiet);height:2.2rem;margin:0}
@media (max-width:40rem){dl div{grid-template-columns:1fr;gap:0}nav ol{columns:1}table{table-layout:auto}}
@media print{body{max-width:none;padding:0;background:#fff}nav{display:none}tr,figure,dl div{break-inside:avoid}thead{display:table-header-group}h2,h3,h4{break-after:avoid}@page{size:A4;margin:24mm}}
`;
