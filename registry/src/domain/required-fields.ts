import { Kind, parse, type ConstDirectiveNode, type SelectionSetNode } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import type { Dependant } from './judgement.js';

/**
 * What departments need of one another, read from a supergraph: for each field that a `@requires` of another department
 * names, that department's field.
 * @param schema the API schema of the same supergraph.
 */
export function requiredFields(supergraphSdl: string, schema: GraphQLSchema): Dependant[] {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const departments = new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph'
        ? (node.values ?? []).map(({ name, directives = [] }): [string, string] => [
            name.value,
            directives.map((one) => valueOf(one, 'name')).find((one) => one !== undefined) ?? name.value,
          ])
        : [],
    ),
  );
  return definitions.flatMap((node) => {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
    const type = node.name.value;
    return (node.fields ?? []).flatMap((field) =>
      (field.directives ?? []).flatMap((directive) => {
        const requires = directive.name.value === 'join__field' ? valueOf(directive, 'requires') : undefined;
        if (requires === undefined) return [];
        const graph = valueOf(directive, 'graph') ?? '';
        const name = `\`${type}.${field.name.value}\` of ${departments.get(graph) ?? graph}`;
        return selected(schema, type, requires).map((coordinate) => ({ coordinate, name }));
      }),
    );
  });
}

function selected(schema: GraphQLSchema, type: string, fields: string): string[] {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? within(schema, type, operation.selectionSet) : [];
}

function within(schema: GraphQLSchema, typeName: string, { selections }: SelectionSetNode): string[] {
  const type = schema.getType(typeName);
  return selections.flatMap((node) => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return [];
    if (node.kind === Kind.INLINE_FRAGMENT)
      return within(schema, node.typeCondition?.name.value ?? typeName, node.selectionSet);
    const coordinate = `${typeName}.${node.name.value}`;
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (node.selectionSet === undefined || field === undefined) return [coordinate];
    return [coordinate, ...within(schema, getNamedType(field.type).name, node.selectionSet)];
  });
}

function valueOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
