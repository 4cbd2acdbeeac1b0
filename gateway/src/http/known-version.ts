/**
 * Whether the client has this version, by weak comparison (RFC 9110, section 13.1.2). Express would not look when the
 * request says `no-cache`, which is for caches and which `fetch` adds by itself.
 * @param ifNoneMatch the header of the request
 */
export const isKnownVersion = (ifNoneMatch: string | undefined, etag: string): boolean =>
  ifNoneMatch?.trim() === '*' ||
  (ifNoneMatch?.split(',').some((known) => known.trim().replace(/^W\//, '') === etag) ?? false);
