import { inflateSync } from 'node:zlib';

/**
 * The text of a PDF as Chromium writes them, in the order of the page, without spaces: each font says which characters
 * its codes stand for (ToUnicode), of one byte or two.
 */
export function pdfText(pdf: Buffer): string {
  const objects = new Map(
    [...pdf.toString('latin1').matchAll(/(\d+) 0 obj\s(.*?)endobj/gs)].map(([, number = '', body = '']) => [
      number,
      body,
    ]),
  );
  const fonts = new Map<string, Map<string, string>>();
  for (const [number, body] of objects) {
    const characters = /\/ToUnicode (\d+) 0 R/.exec(body)?.[1];
    // Chromium names a font by the number of its object.
    if (characters !== undefined) fonts.set(`F${number}`, charactersOf(streamOf(objects.get(characters))));
  }
  const text = [...objects.values()]
    .filter((body) => /\/Type \/Page\n/.test(body))
    .map((page) => written(streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '')), fonts))
    .join('');
  if (text === '') throw new Error('The PDF has no text.');
  return text;
}

/** What lies in a stream. */
function streamOf(body = ''): string {
  const [, packed] = /stream\r?\n(.*)\r?\nendstream/s.exec(body) ?? [];
  return packed === undefined ? '' : inflateSync(Buffer.from(packed, 'latin1')).toString('latin1');
}

/** The characters by code, from the table of a font. */
function charactersOf(table: string): Map<string, string> {
  const characters = new Map<string, string>();
  const charactersAt = (digits: string): string => Buffer.from(digits, 'hex').swap16().toString('utf16le');
  for (const [, single = ''] of table.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, code = '', digits = ''] of single.matchAll(/<(\w+)>\s*<(\w+)>/g))
      characters.set(code.toUpperCase(), charactersAt(digits));
  for (const [, ranges = ''] of table.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, first = '', last = '', digits = ''] of ranges.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = parseInt(first, 16); code <= parseInt(last, 16); code += 1) {
        const unit = parseInt(digits, 16) + code - parseInt(first, 16);
        characters.set(hex(code, first.length), charactersAt(hex(unit, digits.length)));
      }
  return characters;
}

const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, '0');

/** What a page writes, font by font. */
function written(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [, name, codes] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<(\w+)>/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    const width = Math.max(2, [...font.keys()][0]?.length ?? 2);
    for (const code of codes?.toUpperCase().match(new RegExp(`.{${String(width)}}`, 'g')) ?? [])
      text += font.get(code) ?? '';
  }
  return text.replaceAll(/\s/g, '');
}
