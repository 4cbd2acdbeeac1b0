import {
  baseType,
  federationMetadata,
  isCompositeType,
  MultiMap,
  SelectionSet,
  type CompositeType,
  type Selection,
} from '@apollo/federation-internals';

let isMended = false;
let isCautious = false;

/** Mends faults of the query planner, once for the process. */
export function mendPlanner(): void {
  if (isMended) return;
  isMended = true;
  mendMoving();
  mendMerging();
}

const ANOTHER_VERSION = 'This version of the query planner plans in another way: see mended-planner.ts.';

/**
 * Where a field needs others (`@requires`) that have needs of their
 * own, the planner moves what it collects for them into the exchange before when the department that is asked there can
 * be asked for it, which it takes for granted of every field that the department's schema names: also of `@external`
 * ones, which another department serves. The department was then asked for what it does not have, and for the needing
 * field without being given what that needs. A selection with an external field cannot be asked there.
 */
function mendMoving(): void {
  const found: unknown = Object.getOwnPropertyDescriptor(SelectionSet.prototype, 'canRebaseOn')?.value;
  if (typeof found !== 'function') throw new Error(ANOTHER_VERSION);
  SelectionSet.prototype.canRebaseOn = function mended(this: SelectionSet, type: CompositeType): boolean {
    return (
      !isCautious &&
      found.call(this, type) === true &&
      !this.selections().some((selection) => namesExternal(selection, type))
    );
  };
}

/** An exchange of the planner's, as far as it is mended here. */
interface Exchange {
  isDescendantOf(other: Exchange): boolean;
  mergeInWithAllDependencies(other: Exchange): void;
}

/**
 * The planner makes one of two exchanges that send one department the same, also when one of them waits for the other:
 * each of the exchanges between them then waited for itself, and the planner went round in that circle until it had
 * filled a gigabyte. Such two stay two. The planner shows its exchanges to nobody but the map in which it puts those
 * that may be made one.
 */
function mendMerging(): void {
  const found: unknown = Object.getOwnPropertyDescriptor(MultiMap.prototype, 'add')?.value;
  if (typeof found !== 'function') throw new Error(ANOTHER_VERSION);
  MultiMap.prototype.add = function watched(this: MultiMap<unknown, unknown>, key: unknown, value: unknown) {
    if (isExchange(value)) {
      MultiMap.prototype.add = found as typeof watched;
      mendExchanges(Object.getPrototypeOf(value) as Exchange);
    }
    return found.call(this, key, value) as MultiMap<unknown, unknown>;
  };
}

function mendExchanges(prototype: Exchange): void {
  const merge: unknown = Object.getOwnPropertyDescriptor(prototype, 'mergeInWithAllDependencies')?.value;
  if (typeof merge !== 'function') throw new Error(ANOTHER_VERSION);
  prototype.mergeInWithAllDependencies = function mended(this: Exchange, other: Exchange): void {
    if (!this.isDescendantOf(other) && !other.isDescendantOf(this)) merge.call(this, other);
  };
}

const isExchange = (value: unknown): value is Exchange =>
  typeof value === 'object' && value !== null && 'mergeInWithAllDependencies' in value && 'isDescendantOf' in value;

/**
 * Plans (at once, not later) without moving anything into an exchange before: more exchanges, but nothing is asked
 * before what it needs is known. For operations whose usual plan is wrong.
 */
export function planCautiously<Plan>(plan: () => Plan): Plan {
  isCautious = true;
  try {
    return plan();
  } finally {
    isCautious = false;
  }
}

/** Whether a selection, asked of a type of a department's schema, names a field that is external there. */
function namesExternal(selection: Selection, type: CompositeType): boolean {
  const within = (inner: unknown): boolean =>
    selection.selectionSet !== undefined &&
    isComposite(inner) &&
    selection.selectionSet.selections().some((one) => namesExternal(one, inner));
  if (selection.kind === 'FragmentSelection') {
    const { typeCondition } = selection.element;
    return within(typeCondition === undefined ? type : type.schema().type(typeCondition.name));
  }
  const field = type.kind === 'UnionType' ? undefined : type.field(selection.element.name);
  if (field === undefined) return false;
  return (
    federationMetadata(type.schema())?.isFieldExternal(field) === true ||
    (field.type !== undefined && within(baseType(field.type)))
  );
}

const isComposite = (type: unknown): type is CompositeType =>
  typeof type === 'object' && type !== null && isCompositeType(type as CompositeType);
