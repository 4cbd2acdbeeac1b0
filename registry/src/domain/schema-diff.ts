import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLEnumType,
  type GraphQLNamedType,
  type GraphQLScalarType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';
import { deprecationChanges } from './deprecation-diff.js';
import { inputFieldChanges, memberFieldChanges, type Fielded } from './field-diff.js';
import { bySeverity, schemaChange, type SchemaChange } from './schema-change.js';
import { rightsChanges, type Rights } from './rights-diff.js';
import { schemaUses, type SchemaUses } from './schema-uses.js';

/** A version of the graph: what clients see, and who may see what of it. */
export interface GraphVersion {
  /** The API schema, without federation's machinery. */
  readonly schema: GraphQLSchema;
  readonly rights: Rights;
}

/** How changes are weighed. */
export interface DiffSettings {
  /** Whether a new value of an enum that clients receive breaks them; otherwise it is dangerous. */
  readonly enumAdditionsBreak: boolean;
}

/**
 * What differs between two versions of the graph: types, fields, arguments, input fields, enum values, members,
 * interfaces, defaults, nullability, deprecation, directives of operations and the roles of `@access`. The worst first.
 * Descriptions are no change: nobody's operation depends on them.
 */
export function schemaChanges(
  before: GraphVersion,
  after: GraphVersion,
  settings: DiffSettings = { enumAdditionsBreak: false },
): SchemaChange[] {
  const uses = schemaUses(before.schema);
  const types = namesOf(before.schema, after.schema).flatMap((name) => {
    const [old, fresh] = [before.schema.getType(name), after.schema.getType(name)];
    if (old === undefined) return fresh === undefined ? [] : [safe(name, `adds the type \`${name}\``)];
    if (fresh === undefined) return [removedType(old, uses)];
    return typeChanges(old, fresh, { uses, settings });
  });
  return [...types, ...rightsChanges(before, after), ...directiveChanges(before.schema, after.schema)].sort(bySeverity);
}

const safe = (coordinate: string, message: string): SchemaChange => schemaChange('SAFE', { coordinate, message });

function namesOf(...schemas: readonly GraphQLSchema[]): string[] {
  const own = schemas.flatMap((schema) =>
    Object.values(schema.getTypeMap())
      .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
      .map(({ name }) => name),
  );
  return [...new Set(own)];
}

function removedType(type: GraphQLNamedType, uses: SchemaUses): SchemaChange {
  const { name } = type;
  const members =
    isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)
      ? Object.keys(type.getFields())
      : isEnumType(type)
        ? type.getValues().map((value) => value.name)
        : [];
  return schemaChange('BREAKING', {
    coordinate: name,
    message: `removes the type \`${name}\``,
    affects: [name, ...members.map((member) => `${name}.${member}`), ...uses.of(name)],
  });
}

interface Weighing {
  readonly uses: SchemaUses;
  readonly settings: DiffSettings;
}

function typeChanges(old: GraphQLNamedType, fresh: GraphQLNamedType, weighing: Weighing): SchemaChange[] {
  if ((isObjectType(old) && isObjectType(fresh)) || (isInterfaceType(old) && isInterfaceType(fresh)))
    return [...memberFieldChanges(old, fresh), ...interfaceChanges(old, fresh)];
  if (isInputObjectType(old) && isInputObjectType(fresh)) return inputFieldChanges(old, fresh, weighing.uses);
  if (isEnumType(old) && isEnumType(fresh)) return enumChanges(old, fresh, weighing);
  if (isUnionType(old) && isUnionType(fresh)) return unionChanges(old, fresh, weighing.uses);
  if (isScalarType(old) && isScalarType(fresh)) return scalarChanges(old, fresh, weighing.uses);
  return [kindChange(old, fresh, weighing.uses)];
}

function kindChange(old: GraphQLNamedType, fresh: GraphQLNamedType, uses: SchemaUses): SchemaChange {
  const { name } = old;
  return schemaChange('BREAKING', {
    coordinate: name,
    message: `makes \`${name}\` ${kindOf(fresh)} in place of ${kindOf(old)}`,
    affects: removedType(old, uses).affects,
  });
}

function kindOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return 'an object type';
  if (isInterfaceType(type)) return 'an interface';
  if (isInputObjectType(type)) return 'an input';
  if (isEnumType(type)) return 'an enum';
  return isUnionType(type) ? 'a union' : 'a scalar';
}

function interfaceChanges(old: Fielded, fresh: Fielded): SchemaChange[] {
  const [had, has] = [old, fresh].map((type) => type.getInterfaces().map(({ name }) => name)) as [string[], string[]];
  const { name } = old;
  return [
    ...had
      .filter((one) => !has.includes(one))
      .map((one) =>
        schemaChange('BREAKING', {
          coordinate: name,
          message: `takes the interface \`${one}\` from \`${name}\``,
          affects: [name, one],
        }),
      ),
    ...has
      .filter((one) => !had.includes(one))
      .map((one) =>
        schemaChange('DANGEROUS', {
          coordinate: name,
          message: `gives \`${name}\` the interface \`${one}\``,
          affects: [one],
        }),
      ),
  ];
}

function enumChanges(old: GraphQLEnumType, fresh: GraphQLEnumType, { uses, settings }: Weighing): SchemaChange[] {
  const { name } = old;
  const received = uses.received(name);
  const removed = old
    .getValues()
    .filter((value) => fresh.getValue(value.name) == null)
    .map((value) =>
      schemaChange('BREAKING', {
        coordinate: `${name}.${value.name}`,
        message: `removes the value \`${name}.${value.name}\``,
        affects: [`${name}.${value.name}`, ...received],
      }),
    );
  const added = fresh
    .getValues()
    .filter((value) => old.getValue(value.name) == null)
    .map((value) =>
      schemaChange(received.length === 0 ? 'SAFE' : settings.enumAdditionsBreak ? 'BREAKING' : 'DANGEROUS', {
        coordinate: `${name}.${value.name}`,
        message: `adds the value \`${name}.${value.name}\``,
        affects: received,
      }),
    );
  const deprecated = fresh.getValues().flatMap((value) => {
    const earlier = old.getValue(value.name);
    return earlier == null ? [] : deprecationChanges(`${name}.${value.name}`, earlier, value);
  });
  return [...removed, ...added, ...deprecated];
}

function unionChanges(old: GraphQLUnionType, fresh: GraphQLUnionType, uses: SchemaUses): SchemaChange[] {
  const [had, has] = [old, fresh].map((type) => type.getTypes().map(({ name }) => name)) as [string[], string[]];
  const { name } = old;
  return [
    ...had
      .filter((one) => !has.includes(one))
      .map((one) =>
        schemaChange('BREAKING', {
          coordinate: name,
          message: `takes \`${one}\` out of the union \`${name}\``,
          affects: uses.received(name),
        }),
      ),
    ...has
      .filter((one) => !had.includes(one))
      .map((one) =>
        schemaChange('DANGEROUS', {
          coordinate: name,
          message: `puts \`${one}\` into the union \`${name}\``,
          affects: uses.received(name),
        }),
      ),
  ];
}

function scalarChanges(old: GraphQLScalarType, fresh: GraphQLScalarType, uses: SchemaUses): SchemaChange[] {
  const [was, is] = [old.specifiedByURL ?? 'none', fresh.specifiedByURL ?? 'none'];
  if (was === is) return [];
  return [
    schemaChange('DANGEROUS', {
      coordinate: old.name,
      message: `changes the specification of \`${old.name}\` from ${was} to ${is}`,
      affects: uses.of(old.name),
    }),
  ];
}

/** Directives that operations may carry; those of schemas are no client's. */
function directiveChanges(before: GraphQLSchema, after: GraphQLSchema): SchemaChange[] {
  const executable = (schema: GraphQLSchema): Set<string> =>
    new Set(
      schema
        .getDirectives()
        .filter((one) => !isSpecifiedDirective(one) && one.locations.some((at) => EXECUTABLE.has(at)))
        .map(({ name }) => name),
    );
  const [had, has] = [executable(before), executable(after)];
  return [
    ...[...had]
      .filter((name) => !has.has(name))
      .map((name) =>
        schemaChange('BREAKING', { coordinate: `@${name}`, message: `removes the directive \`@${name}\`` }),
      ),
    ...[...has].filter((name) => !had.has(name)).map((name) => safe(`@${name}`, `adds the directive \`@${name}\``)),
  ];
}

const EXECUTABLE: ReadonlySet<string> = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_DEFINITION',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
  'VARIABLE_DEFINITION',
]);
