import { ROLES, type Role } from '@zhitong/kit';
import { isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { schemaChange, type SchemaChange } from './schema-change.js';

/** For each guarded field (`Type.field`) the roles that departments demand; a caller must satisfy every entry. */
export type Rights = ReadonlyMap<string, readonly (readonly Role[])[]>;

interface Guarded {
  readonly schema: GraphQLSchema;
  readonly rights: Rights;
}

/**
 * What differs in who may see a field that is there before and after. Whoever loses it is broken. Whoever gains it sees
 * what was kept from him, which is dangerous though no operation fails.
 */
export function rightsChanges(before: Guarded, after: Guarded): SchemaChange[] {
  return [...new Set([...before.rights.keys(), ...after.rights.keys()])].flatMap((coordinate) => {
    if (!hasField(before.schema, coordinate) || !hasField(after.schema, coordinate)) return [];
    const [old, fresh] = [before.rights.get(coordinate), after.rights.get(coordinate)];
    const [lost, gained] = [without(seers(fresh), seers(old)), without(seers(old), seers(fresh))];
    return [
      ...(lost.length === 0
        ? []
        : [
            schemaChange('BREAKING', {
              coordinate,
              message: `takes \`${coordinate}\` from ${lost.join(', ')}`,
            }),
          ]),
      ...(gained.length === 0
        ? []
        : [
            schemaChange('DANGEROUS', {
              coordinate,
              message: `shows \`${coordinate}\` to ${gained.join(', ')}`,
            }),
          ]),
    ];
  });
}

/** A caller without a token. */
const ANYBODY = 'anonymous callers';

/** Who may see a field, each role by itself. */
function seers(required: readonly (readonly Role[])[] | undefined): readonly string[] {
  if (required === undefined) return [ANYBODY, ...ROLES];
  return ROLES.filter((role) => required.every((roles) => roles.includes(role)));
}

const without = (some: readonly string[], all: readonly string[]): string[] => all.filter((one) => !some.includes(one));

function hasField(schema: GraphQLSchema, coordinate: string): boolean {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  return (isObjectType(type) || isInterfaceType(type)) && type.getFields()[field] !== undefined;
}
