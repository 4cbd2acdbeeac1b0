import { Kind, parse, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';

/** A mutation as a department's SDL declares it. */
export interface DeclaredMutation {
  readonly name: string;
  readonly inputType: string;
  /** The payload's field that holds what was done, as it is selected. */
  readonly result: string;
  readonly selection: string;
  /** Roles of `@access`. */
  readonly roles: readonly string[];
}

const named = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type));

/** The mutations of a department's SDL, in its order. */
export function declaredMutations(typeDefs: string): DeclaredMutation[] {
  const objects = new Map(
    parse(typeDefs)
      .definitions.filter(
        (definition): definition is ObjectTypeDefinitionNode => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
      )
      .map((type) => [type.name.value, type]),
  );
  return (objects.get('Mutation')?.fields ?? []).map((field) => {
    const payload = objects.get(named(field.type))?.fields ?? [];
    const result = payload.find(({ name }) => name.value !== 'refusal');
    const access = field.directives?.find((directive) => directive.name.value === 'access')?.arguments?.[0]?.value;
    const input = field.arguments?.find((argument) => argument.name.value === 'input');
    if (result === undefined || input === undefined) throw new Error(`${field.name.value} has no input or no result.`);
    return {
      name: field.name.value,
      inputType: named(input.type),
      result: result.name.value,
      selection: objects.has(named(result.type)) ? `${result.name.value} { __typename }` : result.name.value,
      roles:
        access?.kind === Kind.LIST
          ? access.values.flatMap((value) => (value.kind === Kind.ENUM ? [value.value] : []))
          : [],
    };
  });
}
