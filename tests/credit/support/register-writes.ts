import { keeper, type CreditUnderTest } from './credit-under-test.js';
import { expectWords } from './refusal-words.js';

interface Payload {
  refusal: { code: string; message: string; path: string[]; details: Record<string, unknown> | null } | null;
  [result: string]: unknown;
}

/** Writes to the registers of credit, each with a key of its own. @param credit the department, once it is open. */
export function registerWrites(credit: () => CreditUnderTest) {
  let keys = 0;
  const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;
  /** Runs a mutation whose input type is called after it. */
  const write = async (
    mutation: string,
    shown: string,
    input: Record<string, unknown>,
    actor: Parameters<CreditUnderTest['ask']>[1] = { actor: keeper },
  ) => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors } = await credit().ask<Record<string, Payload | null>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${shown} refusal { code message path details } } }`,
      {
        variables: { input: { idempotencyKey: key(), ...input } },
        ...actor,
      },
    );
    expectWords(data?.[mutation]?.refusal);
    return { ...data?.[mutation], refusal: data?.[mutation]?.refusal ?? null, errors } as Payload & {
      errors: typeof errors;
    };
  };
  return { key, write };
}
