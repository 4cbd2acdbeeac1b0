import { badUserInput } from '../errors.js';
import { said } from '../refusal-words.js';

const KEY = /^[\x21-\x7e]{8,64}$/;

/**
 * The idempotency key of a mutation's input: 8 to 64 printable ASCII characters without spaces, so that a repeat can be
 * recognised.
 * @throws GraphQLError BAD_USER_INPUT
 */
export function idempotencyKeyArgument(key: string): string {
  if (KEY.test(key)) return key;
  throw badUserInput(said('BAD_KEY'), ['input', 'idempotencyKey']);
}
