import { GraphQLError } from 'graphql';

export interface Excess {
  /** Name of the measure, for programs. */
  readonly measure: string;
  /** What is counted, for people. */
  readonly words: string;
  /** Null: too many to count. */
  readonly actual: number | null;
  readonly limit: number;
}

/** The refusal of an operation that asks for too much, before anything of it runs. */
export function tooComplex({ measure, words, actual, limit }: Excess): GraphQLError {
  const figure = actual === null ? 'too many to count' : String(actual);
  return new GraphQLError(`The operation asks for too much: ${figure} ${words}, and at most ${limit} are allowed. Ask for smaller pages or fewer fields at once.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX', measure, actual, limit, http: { status: 400 } },
  });
}
