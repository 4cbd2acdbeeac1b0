import { checkUscc, usccFaultInChinese } from '@zhitong/values';
import { badUserInput } from './errors.js';
import { said } from './refusal-words.js';

/** Whether an enterprise is registered under a code. */
export type IsRegistered = (uscc: string) => Promise<boolean>;

/**
 * A unified social credit code given as an argument, in its normal form (`checkUscc` of `@zhitong/values`). A code with
 * an irregular check character passes, since the register holds such codes: `refuseMistyped` says whether it is one of
 * them.
 * @throws GraphQLError BAD_USER_INPUT at `path` with the rule of GB 32100-2015 that the text breaks.
 */
export function usccArgument(text: string, path: readonly string[]): string {
  return read(text, path, 'accept');
}

/**
 * Refuses a code whose check character is irregular and that is not registered: it was mistyped.
 * @param isRegistered asked only for irregular codes.
 * @throws GraphQLError BAD_USER_INPUT at `path` that says which check character belongs to the other characters.
 */
export async function refuseMistyped(uscc: string, path: readonly string[], isRegistered: IsRegistered): Promise<void> {
  if (!checkUscc(uscc).ok && !(await isRegistered(uscc))) read(uscc, path, 'refuse');
}

/** `usccArgument` and `refuseMistyped` in one. */
export async function registeredUsccArgument(
  text: string,
  path: readonly string[],
  isRegistered: IsRegistered,
): Promise<string> {
  const uscc = usccArgument(text, path);
  await refuseMistyped(uscc, path, isRegistered);
  return uscc;
}

function read(text: string, path: readonly string[], irregular: 'accept' | 'refuse'): string {
  const check = checkUscc(text, { irregular });
  if (!check.ok) {
    const faultInChinese = usccFaultInChinese(check.problem, text);
    throw badUserInput(said('BAD_USCC', { field: path.join('.'), fault: check.message, faultInChinese }), path);
  }
  return check.uscc;
}
