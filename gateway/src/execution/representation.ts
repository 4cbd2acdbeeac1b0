import type { FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { mergeInto } from './merge.js';

type Json = Record<string, unknown>;

const TYPENAME = '__typename';
const FRAGMENT = '... on ';

/**
 * What identifies an object towards a department, with the fields that it requires (`_entities(representations:)`, Apollo
 * Federation subgraph specification); null when the object lacks one of them, so that the department is not asked for it.
 */
export function representationOf(source: Json | null, selections: readonly QueryPlanSelectionNode[], supergraph: GraphQLSchema): Json | null {
  if (source === null) return null;
  const made: Json = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      if (selection.typeCondition !== undefined && isOfType(source, selection.typeCondition, supergraph)) mergeInto(made, representationOf(source, selection.selections, supergraph));
      continue;
    }
    const key = selection.alias ?? selection.name;
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    if (value === undefined) return null;
    made[key] = selection.selections === undefined ? value : within(value, selection.selections, supergraph);
  }
  return made;
}

function within(value: unknown, selections: readonly QueryPlanSelectionNode[], supergraph: GraphQLSchema): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => within(item, selections, supergraph));
  return typeof value === 'object' && value !== null ? representationOf(value as Json, selections, supergraph) : null;
}

/** Applies what the query plan says about names and values that differ between departments, in place. */
export function rewrite(value: unknown, rewrites: readonly FetchDataRewrite[] | undefined, supergraph: GraphQLSchema): void {
  for (const one of rewrites ?? []) {
    const field = one.path.at(-1);
    if (field !== undefined) at(value, one.path.slice(0, -1), supergraph, (object) => change(object, field, one));
  }
}

function change(object: Json, field: string, one: FetchDataRewrite): void {
  if (one.kind === 'ValueSetter') {
    object[field] = one.setValueTo;
  } else if (Object.hasOwn(object, field) && object[field]) {
    object[one.renameKeyTo] = object[field];
    object[field] = undefined;
  }
}

/** Calls `act` with every object at a path of field names and `... on Type`, through lists. */
function at(value: unknown, [step, ...rest]: readonly string[], supergraph: GraphQLSchema, act: (object: Json) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) at(item, step === undefined ? [] : [step, ...rest], supergraph, act);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as Json; // a result's object
  if (step === undefined) act(object);
  else if (!step.startsWith(FRAGMENT)) at(Object.hasOwn(object, step) ? object[step] : undefined, rest, supergraph, act);
  else if (!object[TYPENAME] || isOfType(object, step.slice(FRAGMENT.length), supergraph)) at(object, rest, supergraph, act);
}

/** True when the object says of itself that it is of that type; false when it does not say. */
function isOfType(object: Json, condition: string, supergraph: GraphQLSchema): boolean {
  const name = object[TYPENAME];
  if (typeof name !== 'string') return false;
  if (name === condition) return true;
  const [type, wanted] = [supergraph.getType(name), supergraph.getType(condition)];
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && supergraph.isSubType(wanted, type);
}
