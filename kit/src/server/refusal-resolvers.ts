import type { RefusalPayload } from '../commands/payload.js';
import type { Language } from '../language.js';

type Refusal = RefusalPayload['refusal'];

/**
 * `Refusal.message` in the language that the caller reads: the Chinese words of `details.zh` where Chinese is read, and
 * English otherwise.
 */
const message = (
  { message: english, details }: Pick<Refusal, 'message' | 'details'>,
  _args: unknown,
  { language }: { readonly language?: Language },
): string => {
  const zh = typeof details === 'object' && details !== null && 'zh' in details ? details.zh : undefined;
  return language === 'zh' && typeof zh === 'string' ? zh : english;
};

/** The resolvers of the shared type Refusal, for a schema that has it. */
export const refusalResolvers = (typeDefs: string): { Refusal?: { message: typeof message } } =>
  /^type Refusal\b/m.test(typeDefs) ? { Refusal: { message } } : {};
