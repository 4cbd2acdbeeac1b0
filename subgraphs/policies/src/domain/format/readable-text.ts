import { said, type Said } from '../refusal-words.js';

/**
 * Characters that no title and no sentence has: controls but for tab and line breaks, characters that nobody sees,
 * marks of writing direction among them, and what a program puts in place of a character that it has lost.
 */
const HIDDEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\u{FFFD}]/u;
/** Controls but for the line feed, halves of characters, and marks that turn the direction of writing. */
const UNSHOWN = /(?!\n)[\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** Encodings as which UTF-8 is most often misread. */
const MISREAD_AS = ['gb18030', 'windows-1252'] as const;
/** Letters that a misread text has at least; a word of two can be anything. */
const LEAST_LETTERS = 4;
/**
 * Of what comes out of a text that was never misread nearly everything is lost; of one that was, its cut end at most.
 */
const MOST_LOST = 0.3;
const LEAST_RESTORED = 2;

/** The bytes of each character in an encoding of one or two bytes. */
const bytesIn = new Map<string, ReadonlyMap<string, readonly number[]>>();

/**
 * Why nobody can read a text as it stands, or null when it can be read: hidden characters, or text in UTF-8 that was
 * read as if it were in another encoding (mojibake), with what it would be.
 * @example unreadable('鏀跨瓥鎵舵寔')?.message //=> 'is text in UTF-8 that was read as gb18030: it says 政策扶持'
 */
export function unreadable(text: string): Said | null {
  for (const encoding of MISREAD_AS) {
    const meant = readAgain(text, encoding);
    if (meant !== null) return said('MISREAD_TEXT', { encoding, meant: meant.slice(0, 30) });
  }
  const hidden = HIDDEN.exec(text)?.[0];
  return hidden === undefined ? null : said('HIDDEN_CHARACTER', { character: named(hidden) });
}

const named = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What somebody writes in a field must be what everybody reads: why it is not, or null. */
export function unshownIn(field: string, text: string): Said | null {
  const [unshown] = UNSHOWN.exec(text) ?? [];
  return unshown === undefined ? null : said('CONTROL_CHARACTER', { field, character: named(unshown) });
}

/** What a text says when it is written in an encoding and read as UTF-8; null where that is no Chinese. */
function readAgain(text: string, encoding: (typeof MISREAD_AS)[number]): string | null {
  if ((text.match(/[^\p{ASCII}]/gu) ?? []).length < LEAST_LETTERS) return null;
  const table = bytesIn.get(encoding) ?? tableOf(encoding);
  bytesIn.set(encoding, table);
  const bytes = [...text].flatMap((character) => table.get(character) ?? [LOST_BYTE]);
  const meant = new TextDecoder('utf-8').decode(Uint8Array.from(bytes));
  const lost = meant.split('\u{FFFD}').length - 1;
  const restored = (meant.match(/\p{Script=Han}/gu) ?? []).length;
  return restored >= LEAST_RESTORED && lost <= (restored + lost) * MOST_LOST ? meant.replaceAll('\u{FFFD}', '') : null;
}

/** Begins no character in UTF-8. */
const LOST_BYTE = 0xff;

/** What windows-1252 has at 80 to 9F; a space where it has nothing. */
const WINDOWS_80_TO_9F = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

function tableOf(encoding: (typeof MISREAD_AS)[number]): ReadonlyMap<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding);
  const note = (...bytes: number[]): void => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if ([...character].length === 1 && character !== '\u{FFFD}' && !table.has(character)) table.set(character, bytes);
  };
  for (let byte = 0; byte <= 0xff; byte += 1) note(byte);
  if (encoding === 'windows-1252') {
    // Some decoders of that name take these for controls, others do not.
    for (const [at, character] of [...WINDOWS_80_TO_9F].entries())
      if (character !== ' ') table.set(character, [0x80 + at]);
    for (let byte = 0x80; byte <= 0x9f; byte += 1) table.set(String.fromCharCode(byte), [byte]);
    return table;
  }
  for (let lead = 0x81; lead <= 0xfe; lead += 1) for (let trail = 0x40; trail <= 0xfe; trail += 1) note(lead, trail);
  return table;
}
