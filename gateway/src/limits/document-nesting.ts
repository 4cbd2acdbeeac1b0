import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { LRUCache } from 'lru-cache';
import { tooComplex } from '../gateway-error.js';

/** Brackets in brackets. Operations that fit the other limits have a few dozen; the parser and what follows it recurse. */
const DEEPEST_NESTING = 200;
const KEPT_TEXTS = 2_000;
/** Characters of a text that is kept; longer ones are rare. */
const LONGEST_KEPT = 20_000;

/** Throws QUERY_TOO_COMPLEX for a text whose brackets are nested too deeply to be parsed; what is no text is left to others. */
export type NestingCheck = (query: unknown) => void;

/**
 * Looks at the brackets of documents before they are parsed: selections, arguments, lists, objects and types all nest, and
 * each level costs the parser, the validation and the planner a part of the stack. Texts that come again are remembered.
 */
export function nestingCheck(): NestingCheck {
  const flat = new LRUCache<string, true>({ max: KEPT_TEXTS });
  return (query) => {
    if (typeof query !== 'string' || flat.has(query)) return;
    if (isTooNested(query)) throw tooComplex({ measure: 'nesting', actual: DEEPEST_NESTING + 1, limit: DEEPEST_NESTING, said: { message: `The document is nested too deeply: at most ${DEEPEST_NESTING} brackets may stand in each other.` } });
    if (query.length <= LONGEST_KEPT) flat.set(query, true);
  };
}

function isTooNested(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let nesting = 0;
  try {
    for (let { kind } = lexer.advance(); kind !== TokenKind.EOF; { kind } = lexer.advance()) {
      if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L || kind === TokenKind.PAREN_L) nesting += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R || kind === TokenKind.PAREN_R) nesting -= 1;
      if (nesting > DEEPEST_NESTING) return true;
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // No document at all: the parser says where.
  }
  return false;
}
