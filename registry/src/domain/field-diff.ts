import {
  astFromValue,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  print,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLType,
} from 'graphql';
import { deprecationChanges } from './deprecation-diff.js';
import { schemaChange, type SchemaChange } from './schema-change.js';
import type { SchemaUses } from './schema-uses.js';

/** A type whose fields are asked for. */
export type Fielded = GraphQLObjectType | GraphQLInterfaceType;

/** What differs between the fields of a type that is asked for, their arguments included. */
export function memberFieldChanges(old: Fielded, fresh: Fielded): SchemaChange[] {
  const [had, has] = [old.getFields(), fresh.getFields()];
  const added = Object.keys(has)
    .filter((name) => had[name] === undefined)
    .map((name) => named('SAFE', `${old.name}.${name}`, 'adds'));
  const others = Object.values(had).flatMap((field) => {
    const coordinate = `${old.name}.${field.name}`;
    const now = has[field.name];
    return now === undefined ? [named('BREAKING', coordinate, 'removes')] : fieldChanges(coordinate, field, now);
  });
  return [...added, ...others];
}

function fieldChanges(
  coordinate: string,
  old: GraphQLField<unknown, unknown>,
  fresh: GraphQLField<unknown, unknown>,
): SchemaChange[] {
  const type =
    String(old.type) === String(fresh.type)
      ? []
      : [
          schemaChange(isAnswerKept(old.type, fresh.type) ? 'SAFE' : 'BREAKING', {
            coordinate,
            message: `changes \`${coordinate}\` from ${String(old.type)} to ${String(fresh.type)}`,
          }),
        ];
  return [...type, ...argumentChanges(coordinate, old, fresh), ...deprecationChanges(coordinate, old, fresh)];
}

function argumentChanges(
  field: string,
  old: GraphQLField<unknown, unknown>,
  fresh: GraphQLField<unknown, unknown>,
): SchemaChange[] {
  const at = (name: string): string => `${field}(${name}:)`;
  const added = fresh.args
    .filter(({ name }) => old.args.every((one) => one.name !== name))
    .map((argument) => addedInput(at(argument.name), isRequiredArgument(argument), [field]));
  const others = old.args.flatMap((argument) => {
    const now = fresh.args.find(({ name }) => name === argument.name);
    return now === undefined
      ? [named('BREAKING', at(argument.name), 'removes')]
      : inputChanges(at(argument.name), argument, { now, isRequired: isRequiredArgument(now), everyUse: [field] });
  });
  return [...added, ...others];
}

/** What differs between the fields of an input. */
export function inputFieldChanges(
  old: GraphQLInputObjectType,
  fresh: GraphQLInputObjectType,
  uses: SchemaUses,
): SchemaChange[] {
  const [had, has] = [old.getFields(), fresh.getFields()];
  const everyUse = uses.given(old.name);
  const at = (name: string): string => `${old.name}.${name}`;
  const added = Object.values(has)
    .filter(({ name }) => had[name] === undefined)
    .map((field) => addedInput(at(field.name), isRequiredInputField(field), everyUse));
  const others = Object.values(had).flatMap((field) => {
    const now = has[field.name];
    return now === undefined
      ? [named('BREAKING', at(field.name), 'removes')]
      : inputChanges(at(field.name), field, { now, isRequired: isRequiredInputField(now), everyUse });
  });
  return [...added, ...others];
}

const named = (severity: 'BREAKING' | 'SAFE', coordinate: string, verb: string): SchemaChange =>
  schemaChange(severity, { coordinate, message: `${verb} \`${coordinate}\`` });

/** @param everyUse where the new value can be given: when it is required, all of them are affected. */
function addedInput(coordinate: string, isRequired: boolean, everyUse: readonly string[]): SchemaChange {
  return isRequired
    ? schemaChange('BREAKING', { coordinate, message: `demands the new \`${coordinate}\``, affects: everyUse })
    : named('SAFE', coordinate, 'adds');
}

type Input = GraphQLArgument | GraphQLInputField;

function inputChanges(
  coordinate: string,
  old: Input,
  { now, isRequired, everyUse }: { now: Input; isRequired: boolean; everyUse: readonly string[] },
): SchemaChange[] {
  const [was, is] = [String(old.type), String(now.type)];
  const type =
    was === is
      ? []
      : [
          schemaChange(isInputKept(old.type, now.type) ? 'SAFE' : 'BREAKING', {
            coordinate,
            message: `changes \`${coordinate}\` from ${was} to ${is}`,
            // Who left it out may not do so any more.
            affects: isRequired ? [coordinate, ...everyUse] : [coordinate],
          }),
        ];
  const [fallback, other] = [defaultOf(old), defaultOf(now)];
  const isDemanded = isRequired && isNonNullType(old.type);
  const defaults =
    fallback === other
      ? []
      : [
          schemaChange(isDemanded ? 'BREAKING' : 'DANGEROUS', {
            coordinate,
            message: `changes the default of \`${coordinate}\` from ${fallback ?? 'none'} to ${other ?? 'none'}`,
            affects: everyUse,
          }),
        ];
  return [...type, ...defaults, ...deprecationChanges(coordinate, old, now)];
}

function defaultOf({ type, defaultValue }: Input): string | undefined {
  if (defaultValue === undefined) return undefined;
  const node = astFromValue(defaultValue, type);
  return node == null ? undefined : print(node);
}

/** Whether whatever is answered now was a possible answer before: the same, or null where null was possible no more. */
function isAnswerKept(old: GraphQLType, fresh: GraphQLType): boolean {
  if (isNonNullType(old)) return isNonNullType(fresh) && isAnswerKept(old.ofType, fresh.ofType);
  if (isNonNullType(fresh)) return isAnswerKept(old, fresh.ofType);
  if (isListType(old)) return isListType(fresh) && isAnswerKept(old.ofType, fresh.ofType);
  return !isListType(fresh) && String(old) === String(fresh);
}

/** Whether whatever could be given before can be given now. */
function isInputKept(old: GraphQLType, fresh: GraphQLType): boolean {
  if (isNonNullType(fresh)) return isNonNullType(old) && isInputKept(old.ofType, fresh.ofType);
  if (isNonNullType(old)) return isInputKept(old.ofType, fresh);
  if (isListType(fresh)) return isListType(old) && isInputKept(old.ofType, fresh.ofType);
  return !isListType(old) && String(old) === String(fresh);
}
