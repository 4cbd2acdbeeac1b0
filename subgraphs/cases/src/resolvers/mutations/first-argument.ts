import { badUserInput } from '@zhitong/kit';
import { said } from '../../domain/refusal-words.js';

const MOST = 100;

/** A short list's length, 1 to 100. @throws GraphQLError BAD_USER_INPUT */
export function firstArgument(first: number): number {
  if (first < 1 || first > MOST) throw badUserInput(said('FIRST_OUTSIDE', { first, most: MOST }), ['first']);
  return first;
}
