import { badUserInput } from '@zhitong/kit';

const MOST = 100;

/** A short list's length, 1 to 100. @throws GraphQLError BAD_USER_INPUT */
export function firstArgument(first: number): number {
  if (first < 1 || first > MOST) throw badUserInput(`first is ${first}; ask for 1 to ${MOST}.`, ['first']);
  return first;
}
