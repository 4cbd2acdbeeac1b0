import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooComplex } from '../gateway-error.js';
import { said } from '../refusal-words.js';

/**
 * Brackets in brackets. Operations that fit the other limits have a few dozen; the parser and what follows it recurse.
 */
const DEEPEST_NESTING = 200;
/**
 * Characters of a name. An alias comes again with each object of an answer: one of a hundred thousand makes gigabytes
 * of it.
 */
const LONGEST_NAME = 200;
const SHOWN_OF_NAME = 20;
const KEPT_TEXTS = 2_000;
/** Characters of a text that is kept; longer ones are rare. */
const LONGEST_KEPT = 20_000;

/**
 * Throws QUERY_TOO_COMPLEX for a text whose brackets are nested too deeply to be parsed, or with a name that is too
 * long; what is no text is left to others.
 */
export type DocumentCheck = (query: unknown) => void;

/**
 * Looks at the brackets and names of documents before they are parsed: selections, arguments, lists, objects and types
 * all nest, and each level costs the parser, the validation and the planner a part of the stack. Texts that come again
 * are remembered.
 */
export function documentCheck(): DocumentCheck {
  const flat = new LRUCache<string, true>({ max: KEPT_TEXTS });
  return (query) => {
    if (typeof query !== 'string' || flat.has(query)) return;
    const refusal = refusalOf(query);
    if (refusal !== null) throw refusal;
    if (query.length <= LONGEST_KEPT) flat.set(query, true);
  };
}

function refusalOf(text: string): GraphQLError | null {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  try {
    for (let { kind, start, end } = lexer.advance(); kind !== TokenKind.EOF; { kind, start, end } = lexer.advance()) {
      if (kind === TokenKind.NAME && end - start > LONGEST_NAME)
        return nameTooLong(text.slice(start, start + SHOWN_OF_NAME), end - start);
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) nesting += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) nesting -= 1;
      if (nesting > DEEPEST_NESTING) return tooNested();
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // No document at all: the parser says where.
  }
  return null;
}

const tooNested = (): GraphQLError =>
  tooComplex({
    measure: 'nesting',
    actual: DEEPEST_NESTING + 1,
    limit: DEEPEST_NESTING,
    told: { whole: said('TOO_NESTED', { limit: DEEPEST_NESTING }) },
  });
const nameTooLong = (begins: string, actual: number): GraphQLError =>
  tooComplex({
    measure: 'nameLength',
    actual,
    limit: LONGEST_NAME,
    told: { whole: said('NAME_TOO_LONG', { begins, actual, limit: LONGEST_NAME }) },
  });
