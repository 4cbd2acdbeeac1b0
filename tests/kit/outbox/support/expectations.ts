/** Jest's asymmetric matchers, typed so that they fit where strict linting allows no `any`. */
export const textLike = (pattern: RegExp): unknown => expect.stringMatching(pattern);
export const aDate: unknown = expect.any(Date);
export const including = (part: object): unknown => expect.objectContaining(part);
