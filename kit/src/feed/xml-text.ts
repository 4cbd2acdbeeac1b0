const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Characters that XML 1.0 has no way to write (section 2.2), unpaired surrogates among them. */
const UNWRITABLE = /[^\u{9}\u{A}\u{D}\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text as it stands in an element or an attribute; what XML cannot write is U+FFFD. */
export const xmlText = (text: string): string =>
  text.replaceAll(UNWRITABLE, '\u{FFFD}').replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
