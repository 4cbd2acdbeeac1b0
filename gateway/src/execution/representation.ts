import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphTypes, ValueForm } from './graph-types.js';
import { hasLostDigits } from './leaf-values.js';
import { foundFault, isHeld, Lost, REST, type Held } from './lost.js';

const TYPENAME = '__typename';
const FRAGMENT = '... on ';

/**
 * What identifies an object towards a department, with the fields that it requires (`_entities(representations:)`,
 * Apollo Federation subgraph specification). A required null is sent as one. Where a required value is missing the
 * reason is returned: the department must not be asked, because what it would make of the rest would be wrong.
 * Undefined when the object is of no type that the department is asked about.
 */
export function representationOf(
  object: Held,
  selections: readonly QueryPlanSelectionNode[],
  types: GraphTypes,
): Held | Lost | undefined {
  const made: Held = {};
  const applied = fill(made, object, selections, { types, typeName: undefined });
  return applied instanceof Lost ? applied : applied ? made : undefined;
}

/** Names of the fields that `representationOf` finds missing. */
export function lostNames(
  object: Held,
  selections: readonly QueryPlanSelectionNode[],
  types: GraphTypes,
): ReadonlySet<string> {
  const names = new Set<string>();
  const look = (
    inner: readonly QueryPlanSelectionNode[],
    around: (selection: QueryPlanSelectionNode) => QueryPlanSelectionNode,
  ): void => {
    for (const selection of inner) {
      if (selection.kind === 'InlineFragment')
        look(selection.selections, (one) => around({ ...selection, selections: [one] }));
      else if (representationOf(object, [around(selection)], types) instanceof Lost) names.add(selection.name);
    }
  };
  look(selections, (selection) => selection);
  return names;
}

interface Filling {
  readonly types: GraphTypes;
  /** What the selections are on, where the object does not say. */
  readonly typeName: string | undefined;
}

/** Adds what is selected to `made`; false when nothing of it applies to the object. */
function fill(
  made: Held,
  object: Held,
  selections: readonly QueryPlanSelectionNode[],
  { types, typeName }: Filling,
): boolean | Lost {
  const told = object[TYPENAME];
  if (told instanceof Lost) return told.elsewhere();
  let applied = selections.length === 0;
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      const inner = fragment(made, object, selection, { types, typeName: typeof told === 'string' ? told : typeName });
      if (inner instanceof Lost) return inner;
      applied ||= inner;
      continue;
    }
    const key = selection.alias ?? selection.name;
    const value = valueOf(object, key);
    if (value instanceof Lost) return value.elsewhere();
    const field =
      selection.name === TYPENAME
        ? undefined
        : types.fieldForm(typeof told === 'string' ? told : typeName, selection.name);
    const copied = copy(value, field?.form, {
      before: made[key],
      selections: selection.selections,
      filling: { types, typeName: field?.typeName },
    });
    if (copied === INVALID)
      return new Lost([
        foundFault(
          `A department answered a value of ${selection.name} that is no ${field?.type ?? 'such value'}, and another department requires it.`,
        ),
      ]);
    if (copied instanceof Lost) return copied;
    made[key] = copied;
    applied = true;
  }
  return applied;
}

function fragment(
  made: Held,
  object: Held,
  { typeCondition, selections }: Extract<QueryPlanSelectionNode, { kind: 'InlineFragment' }>,
  filling: Filling,
): boolean | Lost {
  if (typeCondition === undefined) return fill(made, object, selections, filling);
  const name = object[TYPENAME] ?? filling.typeName;
  if (typeof name !== 'string') return valueMissing(TYPENAME);
  return (
    filling.types.isOf(name, typeCondition) && fill(made, object, selections, { ...filling, typeName: typeCondition })
  );
}

function valueOf(object: Held, key: string): unknown {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return value === undefined ? (object[REST] ?? valueMissing(key)) : value;
}

function valueMissing(key: string): Lost {
  return new Lost([foundFault(`A department did not answer ${key}, which another department requires.`)]);
}

/** A value that its department cannot have meant: it has another form than the graph says. */
const INVALID = Symbol('invalid');

interface Copying {
  /** What another fragment has copied of the value. */
  readonly before: unknown;
  /** What is required of objects; undefined for leaves. */
  readonly selections: readonly QueryPlanSelectionNode[] | undefined;
  readonly filling: Filling;
}

/**
 * A copy of a required value, checked against its form as the client's result is: what another department makes of a
 * value in another form would be wrong without anybody's noticing.
 * @param form undefined for `__typename` and where the object's type is not known.
 */
function copy(value: unknown, form: ValueForm | undefined, copying: Copying): unknown {
  if (value instanceof Lost) return value.elsewhere();
  if (form?.kind === 'nonNull') return value === null ? INVALID : copy(value, form.of, copying);
  if (value === null) return null;
  if (form?.kind === 'list' || (form === undefined && Array.isArray(value)))
    return Array.isArray(value) ? copyList(value, form?.of, copying) : INVALID;
  const { before, selections, filling } = copying;
  if (selections === undefined)
    return (form?.kind === 'leaf' ? form.test(value) === undefined : hasLostDigits(value)) ? INVALID : value;
  if (!isHeld(value)) return INVALID;
  const made = isHeld(before) ? before : {};
  const applied = fill(made, value, selections, filling);
  return applied instanceof Lost ? applied : made;
}

function copyList(values: readonly unknown[], form: ValueForm | undefined, { before, ...copying }: Copying): unknown {
  const copies: unknown[] = [];
  for (const [index, item] of values.entries()) {
    const copied = copy(item, form, { ...copying, before: Array.isArray(before) ? before[index] : undefined });
    if (copied === INVALID || copied instanceof Lost) return copied;
    copies.push(copied);
  }
  return copies;
}

/** Applies what the query plan says about names and values that differ between departments, in place. */
export function rewrite(value: unknown, rewrites: readonly FetchDataRewrite[] | undefined, types: GraphTypes): void {
  for (const one of rewrites ?? []) {
    const field = one.path.at(-1);
    if (field !== undefined) at(value, one.path.slice(0, -1), types, (object) => change(object, field, one));
  }
}

function change(object: Held, field: string, one: FetchDataRewrite): void {
  if (one.kind === 'ValueSetter') {
    object[field] = one.setValueTo;
  } else if (Object.hasOwn(object, field) && object[field] !== undefined) {
    object[one.renameKeyTo] = object[field];
    object[field] = undefined;
  }
}

/** Calls `act` with every object at a path of field names and `... on Type`, through lists. */
function at(value: unknown, [step, ...rest]: readonly string[], types: GraphTypes, act: (object: Held) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) at(item, step === undefined ? [] : [step, ...rest], types, act);
    return;
  }
  if (!isHeld(value)) return;
  if (step === undefined) act(value);
  else if (!step.startsWith(FRAGMENT)) at(Object.hasOwn(value, step) ? value[step] : undefined, rest, types, act);
  else if (isOrDoesNotSay(value, step.slice(FRAGMENT.length), types)) at(value, rest, types, act);
}

function isOrDoesNotSay(object: Held, condition: string, types: GraphTypes): boolean {
  const name = object[TYPENAME];
  return typeof name !== 'string' || name === '' || types.isOf(name, condition);
}
