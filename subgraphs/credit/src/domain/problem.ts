/**
 * Why something cannot be recorded: for programs a code with its parameters, for people the words in English. Those in
 * Chinese, one for each code, are kept with the commands.
 */
export interface Problem<Code extends string> {
  readonly code: Code;
  /** Path within the command's input; empty when no single value is at fault. */
  readonly path: readonly string[];
  readonly message: string;
  readonly details?: ProblemDetails;
}

/** Parameters of a problem: days as RFC 3339, amounts as yuan with two decimals, numbers and codes as they are. */
export type ProblemDetails = Readonly<Record<string, string | number | null>>;

/** Words with their parameters in the places `{name}`; one that was not given stays as it is called. */
export const filledWords = (words: string, parameters: ProblemDetails): string =>
  words.replace(/\{(\w+)\}/gu, (place, name: string) => String(parameters[name] ?? place));
