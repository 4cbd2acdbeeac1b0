import { randomUUID } from 'node:crypto';
import { hasDocumentedCode, publicError, saidError, type ErrorCode, type Logger } from '@zhitong/kit';
import type { Said, Words } from '@zhitong/values';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { said } from './refusal-words.js';

const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

/**
 * The one formatter of the gateway. What a department said with a documented code passes, with the department's name; a
 * department's undocumented error (another implementation, a schema that is out of step) is INTERNAL with a reference,
 * and what the gateway itself finds follows the kit's rules. Never throws, never shows a stack.
 */
export function gatewayError(
  logger: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const ownError = publicError(logger);
  return (formatted, error) => {
    const { serviceName, ...extensions } = formatted.extensions ?? {};
    if (typeof serviceName !== 'string')
      return tokensExceeded(formatted) ?? ownError({ ...formatted, extensions }, error);
    if (hasDocumentedCode(extensions))
      return ownError({ ...formatted, extensions: { subgraph: serviceName, ...extensions } }, error);
    const reference = randomUUID();
    logger.error(
      { reference, subgraph: serviceName, code: extensions['code'], path: formatted.path, problem: formatted.message },
      'a department answered an undocumented error',
    );
    return {
      message: `Something went wrong inside. Reference ${reference}.`,
      path: formatted.path,
      extensions: { code: 'INTERNAL', reference, subgraph: serviceName },
    };
  };
}

/** The parser's refusal of a document that is too long, as the limit that it is. */
function tokensExceeded({ message: parsers, locations }: GraphQLFormattedError): GraphQLFormattedError | undefined {
  const limit = TOO_MANY_TOKENS.exec(parsers)?.[1];
  if (limit === undefined) return undefined;
  const { message, reason, zh } = said('TOO_MANY_TOKENS', { limit });
  return {
    message,
    locations,
    extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'tokens', actual: null, limit: Number(limit), reason, zh },
  };
}

/**
 * Input that is refused before anything of the operation runs, with HTTP 400. `argumentPath` begins with the name of
 * the variable.
 */
export function refusedInput(words: Said, argumentPath?: readonly string[]): GraphQLError {
  return saidError('BAD_USER_INPUT', words, {
    extensions: { ...(argumentPath === undefined ? {} : { argumentPath }), http: { status: 400 } },
  });
}

/** A limit that an operation exceeds. */
export interface Excess {
  /** Name of the measure, for programs. */
  readonly measure: string;
  /** Null: too much to count. */
  readonly actual: number | null;
  readonly limit: number;
  /** What is counted, for people, as in "12 aliases, and at most 10 are allowed"; or whole words of its own. */
  readonly told: { readonly counted: Words } | { readonly whole: Said };
}

/** The refusal of an operation that asks for too much, before anything of it runs; with HTTP 400. */
export function tooComplex({ measure, actual, limit, told }: Excess): GraphQLError {
  const words =
    'whole' in told
      ? told.whole
      : said('ASKS_TOO_MUCH', {
          figure: actual ?? 'too many to count',
          figureInChinese: actual ?? '不可计数',
          counted: told.counted.en,
          countedInChinese: told.counted.zh,
          limit,
        });
  return saidError('QUERY_TOO_COMPLEX', words, { extensions: { measure, actual, limit, http: { status: 400 } } });
}

/** The same in the words of a reason. */
export const saidRefusal = (code: ErrorCode, words: Said, extensions: object = {}): ReturnType<typeof httpRefusal> => ({
  errors: [saidError(code, words, { extensions }).toJSON()],
});

/** An error of the gateway's own making with an HTTP status, for what is refused before GraphQL begins. */
export function httpRefusal({
  code,
  message,
  extensions = {},
}: {
  code: string;
  message: string;
  extensions?: Record<string, unknown>;
}): { errors: GraphQLFormattedError[] } {
  return { errors: [new GraphQLError(message, { extensions: { code, ...extensions } }).toJSON()] };
}
