import { randomUUID } from 'node:crypto';
import { hasDocumentedCode, publicError, type Logger } from '@zhitong/kit';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

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
function tokensExceeded({ message, locations }: GraphQLFormattedError): GraphQLFormattedError | undefined {
  const limit = TOO_MANY_TOKENS.exec(message)?.[1];
  if (limit === undefined) return undefined;
  return {
    message: `The operation is too long: at most ${limit} lexical tokens are allowed.`,
    locations,
    extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'tokens', actual: null, limit: Number(limit) },
  };
}

/**
 * Input that is refused before anything of the operation runs, with HTTP 400. `argumentPath` begins with the name of
 * the variable.
 */
export function refusedInput(message: string, argumentPath?: readonly string[]): GraphQLError {
  return new GraphQLError(message, {
    extensions: {
      code: 'BAD_USER_INPUT',
      ...(argumentPath === undefined ? {} : { argumentPath }),
      http: { status: 400 },
    },
  });
}

/** A limit that an operation exceeds. */
export interface Excess {
  /** Name of the measure, for programs. */
  readonly measure: string;
  /** Null: too much to count. */
  readonly actual: number | null;
  readonly limit: number;
  /** What is counted, for people, as in "12 aliases, and at most 10 are allowed"; or a whole message of its own. */
  readonly said: { readonly words: string } | { readonly message: string };
}

/** The refusal of an operation that asks for too much, before anything of it runs; with HTTP 400. */
export function tooComplex({ measure, actual, limit, said }: Excess): GraphQLError {
  const figure = actual === null ? 'too many to count' : String(actual);
  const message =
    'message' in said
      ? said.message
      : `The operation asks for too much: ${figure} ${said.words}, and at most ${limit} are allowed. Ask for smaller pages or fewer fields at once.`;
  return new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_COMPLEX', measure, actual, limit, http: { status: 400 } },
  });
}

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
