/**
 * The variants of the graph, each for one kind of reader: which tags (`@tag(name:)` of federation) it shows. Null shows
 * the whole graph, what has no tag included.
 */
export const CONTRACTS: ReadonlyMap<string, readonly string[] | null> = new Map([
  ['public', ['public']],
  ['enterprise', ['public', 'enterprise']],
  ['government', null],
]);

/**
 * Of a tag, the role that a caller must be able to have for what is tagged: a field behind `@access` is no enterprise's
 * unless ENTERPRISE is among its roles. Null: nobody needs a role, so nothing behind `@access` has the tag. A tag that
 * is not listed may stand on anything.
 */
export const ROLE_OF_TAG: ReadonlyMap<string, string | null> = new Map([
  ['public', null],
  ['enterprise', 'ENTERPRISE'],
]);
