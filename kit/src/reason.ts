/** Words for the reasons for which a file most often cannot be used. */
const FILE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a folder',
};

/** Why something failed, as the second half of a sentence in one line: its subject is the file or the address. */
export function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const known = code === undefined ? undefined : FILE_REASONS[code];
  if (known !== undefined) return known;
  return 'message' in error && typeof error.message === 'string' ? error.message.replaceAll(/\s+/g, ' ') : String(code);
}
