/** What is told in both languages; `{name}` stands for a parameter. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

export type WordParameters = Readonly<Record<string, string | number>>;

/**
 * Words with their parameters in them; one that is not given is left out.
 * @example filled({ en: 'day {on}', zh: '{on} 日' }, { on: 3 }) //=> { en: 'day 3', zh: '3 日' }
 */
export function filled({ en, zh }: Words, parameters: WordParameters): Words {
  const fill = (words: string): string =>
    words.replace(/\{(\w+)\}/g, (_all, name: string) => String(parameters[name] ?? ''));
  return { en: fill(en), zh: fill(zh) };
}
