import type { FetchDataRewrite } from '@apollo/query-planner';
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { GraphTypes } from './graph-types.js';
import type { Lost } from './lost.js';
import { isHeld, type Held } from './lost.js';

/** What one exchange asks of a department for an object, by the names under which its result is kept. */
export type AskedSelection = readonly (AskedField | AskedFragment)[];

interface AskedField {
  readonly kind: 'field';
  readonly key: string;
  /** Undefined for leaves. */
  readonly inner: AskedSelection | undefined;
}

interface AskedFragment {
  readonly kind: 'fragment';
  readonly on: string;
  readonly inner: AskedSelection;
}

const ENTITIES = '_entities';
const FRAGMENT = '... on ';

/** Reads a question; of entities, what is asked of each. */
export function askedSelection(
  document: DocumentNode,
  rewrites: readonly FetchDataRewrite[] | undefined,
  ofEntities: boolean,
): AskedSelection {
  const fragments = new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) return [];
  const root = read(operation.selectionSet, fragments);
  const asked = ofEntities
    ? root.flatMap((selection) =>
        selection.kind === 'field' && selection.key === ENTITIES ? (selection.inner ?? []) : [],
      )
    : root;
  return (rewrites ?? []).reduce<AskedSelection>(
    (renamed, rewrite) =>
      rewrite.kind === 'KeyRenamer' ? rename(renamed, rewrite.path, rewrite.renameKeyTo) : renamed,
    asked,
  );
}

function read(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): AskedSelection {
  return selections.flatMap((selection): AskedSelection => {
    if (selection.kind === Kind.FIELD)
      return [
        {
          kind: 'field',
          key: (selection.alias ?? selection.name).value,
          inner: selection.selectionSet === undefined ? undefined : read(selection.selectionSet, fragments),
        },
      ];
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment === undefined) return [];
    const inner = read(fragment.selectionSet, fragments);
    return fragment.typeCondition === undefined
      ? inner
      : [{ kind: 'fragment', on: fragment.typeCondition.name.value, inner }];
  });
}

function rename(asked: AskedSelection, [step, ...rest]: readonly string[], to: string): AskedSelection {
  return asked.map((selection) => {
    if (selection.kind === 'fragment')
      return step === `${FRAGMENT}${selection.on}`
        ? { ...selection, inner: rename(selection.inner, rest, to) }
        : selection;
    if (selection.key !== step) return selection;
    return rest.length === 0
      ? { ...selection, key: to }
      : { ...selection, inner: selection.inner && rename(selection.inner, rest, to) };
  });
}

/**
 * Gives every field that was asked of an object, and that nobody has returned, the value that an exchange without a
 * response leaves: missing with its reason, or null for an entity that the department does not know.
 */
export function mark(object: Held, asked: AskedSelection, value: Lost | null, types: GraphTypes): void {
  for (const selection of asked) {
    if (selection.kind === 'fragment') {
      const typename = object['__typename'];
      if (typeof typename !== 'string' || types.isOf(typename, selection.on))
        mark(object, selection.inner, value, types);
      continue;
    }
    const { key, inner } = selection;
    if (key === '__typename') continue;
    const held = Object.hasOwn(object, key) ? object[key] : undefined;
    if (held === undefined) object[key] = value;
    else if (inner !== undefined) markWithin(held, inner, value, types);
  }
}

/** The same for every object that a value is or holds. */
export function markWithin(held: unknown, asked: AskedSelection, value: Lost | null, types: GraphTypes): void {
  if (Array.isArray(held)) for (const item of held) markWithin(item, asked, value, types);
  else if (isHeld(held)) mark(held, asked, value, types);
}

/** What was asked below a key of an object; undefined for a leaf, and where it was not asked. */
export function askedBelow(asked: AskedSelection | undefined, key: string): AskedSelection | undefined {
  if (asked === undefined) return undefined;
  const found: (AskedField | AskedFragment)[] = [];
  let isThere = false;
  for (const selection of asked) {
    const inner =
      selection.kind === 'fragment'
        ? askedBelow(selection.inner, key)
        : selection.key === key
          ? selection.inner
          : undefined;
    if (inner === undefined) continue;
    isThere = true;
    found.push(...inner);
  }
  return isThere ? found : undefined;
}
