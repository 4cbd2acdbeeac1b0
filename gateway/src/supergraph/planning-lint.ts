import {
  buildASTSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type ConstDirectiveNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

/** Departments that may have one interface as an @interfaceObject. */
const MOST_STAND_INS = 2;

/** A field with arguments that a department needs of others, and for what. */
interface Need {
  /** Field that is needed, of a concrete type: `Type.field`. */
  readonly needed: string;
  /** Its arguments as written, in order of their names; empty without. */
  readonly given: string;
  /** Field whose `@requires` (or type whose `@key`) names it. */
  readonly by: string;
  readonly department: string;
}

/**
 * What composes but cannot be executed correctly, one sentence for each fault with the departments that can correct it:
 *
 * - one field that is needed (`@requires`, `@key`) with different arguments. Departments get what they need under the
 *   field's own name, so that one field can be sent with one value only;
 * - `@requires` in an @interfaceObject: what is needed must be looked up by the concrete type, and the planner loses
 *   the way;
 * - `@override` with a label, which needs somebody who decides for each request whether it counts: nobody here does,
 *   and the
 *   field would never move;
 * - an interface that more than two departments have as an @interfaceObject: the ways between them multiply with every
 *   field
 *   that is asked, until planning takes all memory;
 * - subscriptions, which the gateway does not serve.
 */
export function lintPlanning(supergraphSdl: string): string[] {
  const document = parse(supergraphSdl, { noLocation: true });
  const schema = buildASTSchema(document, { assumeValid: true });
  const departments = departmentNames(document);
  const named = (graph: string | undefined): string => departments.get(graph ?? '') ?? 'between departments';
  return [
    ...unequalNeeds(needsOf(document, schema, named)),
    ...needsOfStandIns(document, named),
    ...labelledOverrides(document, named),
    ...standIns(document, named),
    ...subscriptions(schema, named, document),
  ];
}

/** Departments by their names in the supergraph's directives. */
function departmentNames({ definitions }: DocumentNode): Map<string, string> {
  const graphs = definitions.find(
    (node): node is EnumTypeDefinitionNode =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph',
  );
  return new Map(
    (graphs?.values ?? []).map(({ name, directives = [] }) => [
      name.value,
      directives.flatMap((directive) => textOf(directive, 'name') ?? [])[0] ?? name.value,
    ]),
  );
}

type Named = (graph: string | undefined) => string;

interface Member {
  readonly type: string;
  readonly field: FieldDefinitionNode;
  readonly join: ConstDirectiveNode;
}

function joinedFields({ definitions }: DocumentNode): Member[] {
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    return (node.fields ?? []).flatMap((field) =>
      (field.directives ?? [])
        .filter(({ name }) => name.value === 'join__field')
        .map((join) => ({ type: node.name.value, field, join })),
    );
  });
}

function needsOf(document: DocumentNode, schema: GraphQLSchema, named: Named): Need[] {
  const required = joinedFields(document).flatMap(({ type, field, join }) => {
    const fields = textOf(join, 'requires');
    return fields === undefined
      ? []
      : needsIn(schema, type, fields, { by: `${type}.${field.name.value}`, department: named(graphOf(join)) });
  });
  const keys = document.definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const type = node.name.value;
    return (node.directives ?? [])
      .filter(({ name }) => name.value === 'join__type')
      .flatMap((join) => {
        const fields = textOf(join, 'key');
        return fields === undefined
          ? []
          : needsIn(schema, type, fields, { by: `The key of ${type}`, department: named(graphOf(join)) });
      });
  });
  return [...required, ...keys];
}

function needsIn(
  schema: GraphQLSchema,
  typeName: string,
  fields: string,
  whose: Pick<Need, 'by' | 'department'>,
): Need[] {
  const type = schema.getType(typeName);
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (!isCompositeType(type) || operation?.kind !== Kind.OPERATION_DEFINITION) return [];
  return needsWithin(schema, type, operation.selectionSet, whose);
}

function needsWithin(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  { selections }: SelectionSetNode,
  whose: Pick<Need, 'by' | 'department'>,
): Need[] {
  return selections.flatMap((node): Need[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT) {
      const condition = node.typeCondition === undefined ? type : schema.getType(node.typeCondition.name.value);
      return isCompositeType(condition) ? needsWithin(schema, condition, node.selectionSet, whose) : [];
    }
    const name = node.name.value;
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
    if (definition === undefined) return [];
    const given = [...(node.arguments ?? [])]
      .sort((a, b) => (a.name.value < b.name.value ? -1 : 1))
      .map(print)
      .join(', ');
    const concrete = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const inner = getNamedType(definition.type);
    const here = concrete.map((one) => ({ needed: `${one.name}.${name}`, given, ...whose }));
    return [
      ...here,
      ...(node.selectionSet !== undefined && isCompositeType(inner)
        ? needsWithin(schema, inner, node.selectionSet, whose)
        : []),
    ];
  });
}

function unequalNeeds(needs: readonly Need[]): string[] {
  const byField = new Map<string, Need[]>();
  for (const need of needs) byField.set(need.needed, [...(byField.get(need.needed) ?? []), need]);
  return [...byField].flatMap(([needed, found]) => {
    const [first] = found;
    const other = found.find(({ given }) => given !== first?.given);
    if (first === undefined || other === undefined) return [];
    const departments = [...new Set([first.department, other.department])].sort().join(', ');
    return [
      `${first.by} needs ${needed}${inBrackets(first.given)} and ${other.by} needs ${needed}${inBrackets(other.given)}: a field can be needed with the same arguments only. (${departments})`,
    ];
  });
}

function needsOfStandIns(document: DocumentNode, named: Named): string[] {
  const standIns = new Set(
    document.definitions.flatMap((node) =>
      node.kind === Kind.INTERFACE_TYPE_DEFINITION &&
      (node.directives ?? []).some((join) => isSet(join, 'isInterfaceObject'))
        ? [node.name.value]
        : [],
    ),
  );
  return joinedFields(document).flatMap(({ type, field, join }) => {
    const fields = textOf(join, 'requires');
    return fields === undefined || !standIns.has(type)
      ? []
      : [
          `${type}.${field.name.value} needs { ${fields} } of an @interfaceObject, which cannot be planned. (${named(graphOf(join))})`,
        ];
  });
}

const inBrackets = (given: string): string => (given === '' ? ' without arguments' : `(${given})`);

function labelledOverrides(document: DocumentNode, named: Named): string[] {
  return joinedFields(document).flatMap(({ type, field, join }) => {
    const [label, from] = [textOf(join, 'overrideLabel'), textOf(join, 'override')];
    // The department that it is taken from bears the label too.
    if (label === undefined || from === undefined) return [];
    return [
      `${type}.${field.name.value} is taken over from "${from}" with the label "${label}": nobody decides by labels here, so it would never move. (${named(graphOf(join))})`,
    ];
  });
}

function standIns({ definitions }: DocumentNode, named: Named): string[] {
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const joins = (node.directives ?? []).filter(
      (join) => join.name.value === 'join__type' && isSet(join, 'isInterfaceObject'),
    );
    const standing = [...new Set(joins.map((join) => named(graphOf(join))))].sort();
    return standing.length > MOST_STAND_INS
      ? [
          `${node.name.value} is an @interfaceObject in ${standing.length} departments, and at most ${MOST_STAND_INS} can be planned. (${standing.join(', ')})`,
        ]
      : [];
  });
}

function subscriptions(schema: GraphQLSchema, named: Named, { definitions }: DocumentNode): string[] {
  const root = schema.getSubscriptionType();
  if (!root) return [];
  const publishers = definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === root.name
      ? (node.directives ?? []).filter(({ name }) => name.value === 'join__type').map((join) => named(graphOf(join)))
      : [],
  );
  return [
    `${root.name} is published, but the gateway serves no subscriptions. (${[...new Set(publishers)].sort().join(', ')})`,
  ];
}

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function isSet(directive: ConstDirectiveNode, name: string): boolean {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.BOOLEAN && value.value;
}

function graphOf(directive: ConstDirectiveNode): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === 'graph')?.value;
  return value?.kind === Kind.ENUM ? value.value : undefined;
}
