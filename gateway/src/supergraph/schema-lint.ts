import {
  Kind,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type ObjectTypeDefinitionNode,
  type StringValueNode,
} from 'graphql';

const ROOT_TYPES = new Set(['Query', 'Mutation', 'Subscription']);
/** Names that the federation specification adds to every supergraph. */
const isMachinery = (name: string): boolean => /^(join|link|core|federation)__/.test(name);

interface Described {
  readonly description?: StringValueNode;
}
const lacksDescription = ({ description }: Described): boolean => (description?.value.trim() ?? '') === '';

/**
 * What the composed graph owes its readers, beyond being valid: every type, field, argument and enum value is
 * described; every field that only some roles may read (`@access`) is nullable, so that a refusal costs its reader one
 * field and not the whole parent; and so is whatever a department that is down cannot serve while others can, root
 * fields and the fields of entities that several departments show, so that an outage costs that department's part and
 * no more. Answers one sentence for each fault, none when the graph is in order.
 */
export function lintSupergraph(supergraphSdl: string): string[] {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  return definitions
    .filter((definition) => !('name' in definition && isMachinery(definition.name?.value ?? '')))
    .flatMap(definitionFaults);
}

function definitionFaults(definition: DefinitionNode): string[] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (definition.fields ?? []).flatMap((field) => fieldFaults(definition.name.value, field));
      return [...typeFaults(definition.name.value, definition), ...fields, ...outageFaults(definition)];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [
        ...typeFaults(definition.name.value, definition),
        ...(definition.fields ?? []).flatMap((field) => inputFaults(definition.name.value, field)),
      ];
    case Kind.ENUM_TYPE_DEFINITION: {
      const values = (definition.values ?? [])
        .filter(lacksDescription)
        .map((value) => `${definition.name.value}.${value.name.value} has no description.`);
      return [...typeFaults(definition.name.value, definition), ...values];
    }
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return typeFaults(definition.name.value, definition);
    default:
      return [];
  }
}

function typeFaults(name: string, type: Described): string[] {
  return !ROOT_TYPES.has(name) && lacksDescription(type) ? [`${name} has no description.`] : [];
}

function fieldFaults(type: string, field: FieldDefinitionNode): string[] {
  const name = `${type}.${field.name.value}`;
  const faults = lacksDescription(field) ? [`${name} has no description.`] : [];
  const silent = (field.arguments ?? [])
    .filter(lacksDescription)
    .map((argument) => `${name}(${argument.name.value}:) has no description.`);
  const guarded = field.directives?.some((directive: ConstDirectiveNode) => directive.name.value === 'access') ?? false;
  const broken = guarded && field.type.kind === Kind.NON_NULL_TYPE ? [`${name} has @access and must be nullable.`] : [];
  return [...faults, ...silent, ...broken];
}

function outageFaults({
  name,
  fields = [],
  directives = [],
}: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode): string[] {
  const type = name.value;
  const required = fields.filter((field) => field.type.kind === Kind.NON_NULL_TYPE).map((field) => field.name.value);
  if (type === 'Query')
    return required.map((field) => `Query.${field} is answered by one department and must be nullable.`);
  const keyed = directives
    .filter((directive) => directive.name.value === 'join__type')
    .flatMap((directive) => textArgument(directive, 'key') ?? []);
  if (keyed.length < 2) return [];
  const keys = new Set(keyed.flatMap((key) => key.split(/\W+/)));
  return required
    .filter((field) => !keys.has(field))
    .map((field) => `${type}.${field} belongs to an entity that several departments show and must be nullable.`);
}

function textArgument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function inputFaults(type: string, field: InputValueDefinitionNode): string[] {
  return lacksDescription(field) ? [`${type}.${field.name.value} has no description.`] : [];
}
