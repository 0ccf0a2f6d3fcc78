/**
 * The pages of a typeset document as pictures for a screen. Typst draws all of them into one SVG and shares the glyphs; here each
 * page gets an SVG of its own with the glyphs that it uses. As the source of an image it runs nothing and loads nothing.
 */

const GLYPHS = '<defs class="glyph">';
const CLIPS = '<defs class="clip-path">';
const PAGE = /<g class="typst-page" [^>]*data-page-width="([\d.]+)" data-page-height="([\d.]+)">/g;
/** Invisible text for a browser to select; an image has none. */
const SELECTABLE = /<g transform="[^"]*"><foreignObject[\s\S]*?<\/foreignObject><\/g>/g;
const DEFINED = /<(\w+) id="([^"]+)"[\s\S]*?(?:\/>|<\/\1>)/g;
const USED = /(?:href="#|url\(#)([^")]+)/g;

/** One SVG a page, in order. Throws RangeError for what is no drawing of pages. */
export function pagePictures(svg: string): string[] {
  const pages = [...svg.matchAll(PAGE)];
  const end = svg.lastIndexOf('</svg>');
  if (pages.length === 0 || end < 0) throw new RangeError('no drawing of pages');
  const shared = new Map([...definedIn(svg, GLYPHS), ...definedIn(svg, CLIPS)]);
  return pages.map(({ index, 1: width, 2: height }, at) => {
    const drawn = svg
      .slice(index, pages[at + 1]?.index ?? end)
      .replaceAll(SELECTABLE, '')
      // Its place under the pages before it.
      .replace(/ transform="[^"]*"/, '');
    const used = new Set([...drawn.matchAll(USED)].map(([, id]) => id!));
    const own = [...used].map((id) => shared.get(id) ?? '').join('');
    const size = `width="${width}" height="${height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" ${size} fill="none"><defs>${own}</defs><rect ${size} fill="#fff"/>${drawn}</svg>`;
  });
}

function definedIn(svg: string, opening: string): [string, string][] {
  const from = svg.indexOf(opening);
  if (from < 0) return [];
  return [...svg.slice(from, svg.indexOf('</defs>', from)).matchAll(DEFINED)].map(([element, , id]) => [id!, element]);
}
