import { randomUUID } from 'node:crypto';
import { hasDocumentedCode, publicError, type Logger } from '@zhitong/kit';
import { replacePersonalNumbers } from '@zhitong/kit/personal-data';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;
const WITHHELD = '[withheld]';

/** A text fit for the log: without numbers that may belong to a person, however they are typed. */
export function withoutPersonalNumbers(text: string): string {
  return replacePersonalNumbers(text, { identity: WITHHELD, account: WITHHELD, mobile: WITHHELD, landline: WITHHELD });
}

/**
 * The one formatter of the gateway. What a department said with a documented code passes, with the department's name; a
 * department's undocumented error (another implementation, a schema that is out of step) is INTERNAL with a reference,
 * and what the gateway itself finds follows the kit's rules. Never throws, never shows a stack.
 */
export function gatewayError(logger: Logger): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  const ownError = publicError(logger);
  return (formatted, error) => {
    const { serviceName, ...extensions } = formatted.extensions ?? {};
    if (typeof serviceName !== 'string') return tokensExceeded(formatted) ?? ownError({ ...formatted, extensions }, error);
    if (hasDocumentedCode(extensions)) return ownError({ ...formatted, extensions: { subgraph: serviceName, ...extensions } }, error);
    const reference = randomUUID();
    logger.error({ reference, subgraph: serviceName, code: extensions['code'], path: formatted.path, problem: withoutPersonalNumbers(formatted.message) }, 'a department answered an undocumented error');
    return { message: `Something went wrong inside. Reference ${reference}.`, path: formatted.path, extensions: { code: 'INTERNAL', reference, subgraph: serviceName } };
  };
}

/** The parser's refusal of a document that is too long, as the limit that it is. */
function tokensExceeded({ message, locations }: GraphQLFormattedError): GraphQLFormattedError | undefined {
  const limit = TOO_MANY_TOKENS.exec(message)?.[1];
  if (limit === undefined) return undefined;
  return { message: `The operation is too long: at most ${limit} lexical tokens are allowed.`, locations, extensions: { code: 'QUERY_TOO_COMPLEX', measure: 'tokens', actual: null, limit: Number(limit) } };
}

/** An error of the gateway's own making with an HTTP status, for what is refused before GraphQL begins. */
export function httpRefusal({ code, message, extensions = {} }: { code: string; message: string; extensions?: Record<string, unknown> }): { errors: GraphQLFormattedError[] } {
  return { errors: [new GraphQLError(message, { extensions: { code, ...extensions } }).toJSON()] };
}
