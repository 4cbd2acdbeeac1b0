import { baseType, federationMetadata, isCompositeType, SelectionSet, type CompositeType, type Selection } from '@apollo/federation-internals';

let isMended = false;
let isCautious = false;

/**
 * Mends a fault of the query planner, once for the process. Where a field needs others (`@requires`) that have needs of their
 * own, the planner moves what it collects for them into the exchange before when the department that is asked there can be
 * asked for it, which it takes for granted of every field that the department's schema names: also of `@external` ones, which
 * another department answers. The department was then asked for what it does not have, and for the needing field without being
 * told what that needs. A selection with an external field cannot be asked there.
 */
export function mendPlanner(): void {
  if (isMended) return;
  isMended = true;
  const found: unknown = Object.getOwnPropertyDescriptor(SelectionSet.prototype, 'canRebaseOn')?.value;
  if (typeof found !== 'function') throw new Error('This version of @apollo/federation-internals plans in another way: see mended-planner.ts.');
  SelectionSet.prototype.canRebaseOn = function mended(this: SelectionSet, type: CompositeType): boolean {
    return !isCautious && found.call(this, type) === true && !this.selections().some((selection) => namesExternal(selection, type));
  };
}

/**
 * Plans (at once, not later) without moving anything into an exchange before: more exchanges, but nothing is asked before what
 * it needs is known. For operations whose usual plan is wrong.
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
  const within = (inner: unknown): boolean => selection.selectionSet !== undefined && isComposite(inner) && selection.selectionSet.selections().some((one) => namesExternal(one, inner));
  if (selection.kind === 'FragmentSelection') {
    const { typeCondition } = selection.element;
    return within(typeCondition === undefined ? type : type.schema().type(typeCondition.name));
  }
  const field = type.kind === 'UnionType' ? undefined : type.field(selection.element.name);
  if (field === undefined) return false;
  return federationMetadata(type.schema())?.isFieldExternal(field) === true || (field.type !== undefined && within(baseType(field.type)));
}

const isComposite = (type: unknown): type is CompositeType => typeof type === 'object' && type !== null && isCompositeType(type as CompositeType);
