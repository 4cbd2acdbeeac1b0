const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** The bytes that hexadecimal digits stand for. */
export const bytesOfHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** SHA-256 of bytes one after the other, in lower-case hexadecimal digits; over https, or from this machine. */
export async function sha256OfBytes(...parts: readonly Uint8Array[]): Promise<string> {
  const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
  return hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** SHA-256 of a text (UTF-8) in lower-case hexadecimal digits. */
export const sha256 = async (text: string): Promise<string> => sha256OfBytes(new TextEncoder().encode(text));
