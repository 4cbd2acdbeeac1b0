import { pinyin } from 'pinyin-pro';

const LONGEST_INITIALS = 12;
const CHINESE = /\p{Script=Han}/u;

/** What a name can be found by, kept in indexed arrays: MongoDB has no Chinese text index. */
export interface NameTerms {
  /** Each pair of neighbouring characters of the name. */
  readonly pairs: readonly string[];
  /** Pinyin initials from each character on, cut to 12, so that a prefix of one finds the name from any place. */
  readonly initials: readonly string[];
}

/** How a searched text is to be looked for. */
export type SearchTerms =
  | { readonly kind: 'name'; readonly text: string; readonly pairs: readonly string[] }
  | { readonly kind: 'code'; readonly prefix: string }
  | { readonly kind: 'initials'; readonly prefix: string };

/** The terms under which a name is stored. */
export function nameTerms(name: string): NameTerms {
  const initials = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'consecutive' })
    .join('')
    .toLowerCase();
  return {
    pairs: [...new Set(neighbours(name))],
    initials: [
      ...new Set(
        Array.from(initials, (_, start) => initials.slice(start, start + LONGEST_INITIALS)).filter(
          (tail) => tail.length >= 2,
        ),
      ),
    ],
  };
}

/**
 * Reads a searched text: with a Chinese character it is a part of a name; digits and letters that begin like a code (a
 * digit first) are the beginning of a USCC; other letters are pinyin initials.
 */
export function searchTerms(text: string): SearchTerms {
  const trimmed = text.trim();
  if (CHINESE.test(trimmed)) return { kind: 'name', text: trimmed, pairs: [...new Set(neighbours(trimmed))] };
  if (/^\d[0-9a-z]*$/i.test(trimmed)) return { kind: 'code', prefix: trimmed.toUpperCase() };
  return { kind: 'initials', prefix: trimmed.toLowerCase().slice(0, LONGEST_INITIALS) };
}

function neighbours(text: string): string[] {
  const characters = [...text];
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}
