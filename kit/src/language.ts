/** The languages in which the hub says why something is refused. */
export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/** In which the gateway tells a department what its caller reads; absent for English. */
export const LANGUAGE_HEADER = 'accept-language';
