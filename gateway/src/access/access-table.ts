import { ROLES, type Role } from '@zhitong/kit';
import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
} from 'graphql';

/** For a field, one entry for each `@access` that departments put on it; a caller must satisfy every entry. */
export type RequiredRoles = readonly (readonly Role[])[];

/** The rights of the graph, read from `@access(roles: [...])` in the supergraph. Key: `Type.field`. */
export type AccessTable = ReadonlyMap<string, RequiredRoles>;

/**
 * Reads which roles each guarded field needs. A field of an interface is guarded by its own directive and by those of
 * every type that implements it, so that an interface is no way round a rule.
 */
export function accessTable(supergraphSdl: string): AccessTable {
  const types = parse(supergraphSdl, { noLocation: true }).definitions.filter(
    (definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const own = new Map<string, RequiredRoles>();
  for (const type of types) {
    for (const field of type.fields ?? []) {
      const required = requiredRoles(field);
      if (required.length > 0) own.set(`${type.name.value}.${field.name.value}`, required);
    }
  }
  const inherited = types
    .filter((type) => type.kind === Kind.INTERFACE_TYPE_DEFINITION)
    .flatMap((type) => interfaceRights(type, types, own));
  return new Map([...own, ...inherited]);
}

/** True when roles satisfy everything that a field requires. Null: an anonymous caller. */
export function maySee(required: RequiredRoles, roles: readonly Role[] | null): boolean {
  return roles !== null && required.every((allowed) => allowed.some((role) => roles.includes(role)));
}

function interfaceRights(
  type: InterfaceTypeDefinitionNode,
  types: readonly (ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode)[],
  own: ReadonlyMap<string, RequiredRoles>,
): [string, RequiredRoles][] {
  const implementers = types.filter((other) =>
    other.interfaces?.some((implemented) => implemented.name.value === type.name.value),
  );
  return (type.fields ?? []).flatMap((field): [string, RequiredRoles][] => {
    const holders = [type, ...implementers].map((holder) => `${holder.name.value}.${field.name.value}`);
    const required = holders.flatMap((key) => own.get(key) ?? []);
    return required.length === 0 ? [] : [[`${type.name.value}.${field.name.value}`, required]];
  });
}

function requiredRoles(field: FieldDefinitionNode): RequiredRoles {
  return (field.directives ?? []).filter((directive) => directive.name.value === 'access').map(rolesOf);
}

function rolesOf(directive: ConstDirectiveNode): readonly Role[] {
  const value = directive.arguments?.find((argument) => argument.name.value === 'roles')?.value;
  const names =
    value?.kind === Kind.LIST
      ? value.values.map((item) => (item.kind === Kind.ENUM ? item.value : ''))
      : value?.kind === Kind.ENUM
        ? [value.value]
        : [];
  return ROLES.filter((role) => names.includes(role));
}
