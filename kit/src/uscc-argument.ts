import { checkUscc } from '@zhitong/values';
import { badUserInput } from './errors.js';

/**
 * A unified social credit code given as an argument, in its normal form (`checkUscc` of `@zhitong/values`).
 * @throws GraphQLError BAD_USER_INPUT at `path` with the rule of GB 32100-2015 that the text breaks.
 */
export function usccArgument(text: string, path: readonly string[]): string {
  return read(text, path, 'refuse');
}

/**
 * The same where somebody can say which codes are registered: a code with an irregular check character is one if it is, and
 * was mistyped if it is not.
 * @param isRegistered asked only for irregular codes.
 */
export async function registeredUsccArgument(text: string, path: readonly string[], isRegistered: (uscc: string) => Promise<boolean>): Promise<string> {
  const uscc = read(text, path, 'accept');
  return checkUscc(uscc).ok || (await isRegistered(uscc)) ? uscc : usccArgument(uscc, path);
}

function read(text: string, path: readonly string[], irregular: 'accept' | 'refuse'): string {
  const check = checkUscc(text, { irregular });
  if (!check.ok) throw badUserInput(`${path.join('.')}: ${check.message}`, path);
  return check.uscc;
}
