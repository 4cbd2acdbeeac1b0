import {
  Kind,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  type InterfaceTypeExtensionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';
import { CONTRACTS, ROLE_OF_TAG } from './contracts.js';

const TAG = 'tag';

type FieldHolder =
  ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode;

interface Tagged {
  readonly directives?: readonly ConstDirectiveNode[];
}

/** The names of the tags on a definition, in their order. */
export function tagsOf({ directives = [] }: Tagged): readonly string[] {
  return directives.filter(isTag).flatMap((directive) => {
    const value = directive.arguments?.find(({ name }) => name.value === 'name')?.value;
    return value?.kind === Kind.STRING ? [value.value] : [];
  });
}

/**
 * One department's schema with the tags of its types on each of their fields, so that a tag never reaches the fields
 * that another department adds to the same type. A field with tags of its own keeps those alone. Of a type's tags a
 * field behind `@access` keeps what its roles allow: none that is for everybody, and that of enterprises only when
 * ENTERPRISE is among its roles, for which `public` on the type is enough.
 */
export function spreadTags(document: DocumentNode): DocumentNode {
  const ofTypes = typeTags(document);
  return {
    ...document,
    definitions: document.definitions.map((definition): DefinitionNode => {
      if (!holdsFields(definition)) return definition;
      const tags = ofTypes.get(definition.name.value) ?? [];
      return {
        ...definition,
        directives: definition.directives?.filter((directive) => !isTag(directive)),
        fields: definition.fields?.map((field) => withTags(field, tags)),
      };
    }),
  };
}

/**
 * What is wrong with the tags of one department's schema: a name that no contract has, a tag where it says nothing, and
 * a field whose tag promises it to callers whom its `@access` refuses. One sentence each.
 */
export function tagFaults(document: DocumentNode): string[] {
  return [...unknownTags(document), ...document.definitions.flatMap((definition) => definitionFaults(definition))];
}

function definitionFaults(definition: DefinitionNode): string[] {
  if (!holdsFields(definition)) {
    const name = 'name' in definition ? (definition.name?.value ?? 'schema') : 'schema';
    return 'directives' in definition && definition.directives?.some(isTag as (node: ASTNode) => boolean)
      ? [`${name} has a tag, which says nothing there: tag types and fields that are answered; what they need follows.`]
      : [];
  }
  return (definition.fields ?? []).flatMap((field) => {
    const roles = rolesOf(field);
    if (roles === undefined) return [];
    return tagsOf(field)
      .filter((tag) => !mayCarry(tag, roles))
      .map(
        (tag) =>
          `${definition.name.value}.${field.name.value} has the tag "${tag}", and @access answers it to ${roles.join(', ')} only.`,
      );
  });
}

function unknownTags(document: DocumentNode): string[] {
  const faults: string[] = [];
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== TAG) return;
      const [tag = ''] = tagsOf({ directives: [directive as ConstDirectiveNode] });
      if (!CONTRACTS.has(tag))
        faults.push(`The tag ${JSON.stringify(tag)} is none of a contract: ${[...CONTRACTS.keys()].join(', ')}.`);
    },
  });
  return [...new Set(faults)];
}

function typeTags({ definitions }: DocumentNode): Map<string, readonly string[]> {
  const tags = new Map<string, readonly string[]>();
  for (const definition of definitions.filter(holdsFields))
    tags.set(definition.name.value, [...(tags.get(definition.name.value) ?? []), ...tagsOf(definition)]);
  return tags;
}

function withTags(field: FieldDefinitionNode, typeTagNames: readonly string[]): FieldDefinitionNode {
  const isElsewhere = field.directives?.some(({ name }) => name.value === 'external') ?? false;
  if (isElsewhere || tagsOf(field).length > 0) return field;
  const tags = [...new Set(allowed(typeTagNames, rolesOf(field)))];
  return { ...field, directives: [...(field.directives ?? []), ...tags.map(tagDirective)] };
}

/** Of a type's tags those that a field with these roles may carry; one for everybody turns into a role's. */
function allowed(tags: readonly string[], roles: readonly string[] | undefined): readonly string[] {
  if (roles === undefined) return tags;
  const widened = tags.some((tag) => ROLE_OF_TAG.get(tag) === null) ? [...ROLE_OF_TAG.keys(), ...tags] : tags;
  return widened.filter((tag) => mayCarry(tag, roles));
}

function mayCarry(tag: string, roles: readonly string[]): boolean {
  const needed = ROLE_OF_TAG.get(tag);
  return needed === undefined || (needed !== null && roles.includes(needed));
}

/** The roles that `@access` names; undefined without it. */
function rolesOf({ directives = [] }: FieldDefinitionNode): readonly string[] | undefined {
  const value = directives
    .find(({ name }) => name.value === 'access')
    ?.arguments?.find(({ name }) => name.value === 'roles')?.value;
  if (value === undefined) return undefined;
  const items = value.kind === Kind.LIST ? value.values : [value];
  return items.flatMap((item) => (item.kind === Kind.ENUM ? [item.value] : []));
}

const isTag = ({ name }: ConstDirectiveNode): boolean => name.value === TAG;

const holdsFields = (definition: DefinitionNode): definition is FieldHolder =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
  definition.kind === Kind.OBJECT_TYPE_EXTENSION ||
  definition.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  definition.kind === Kind.INTERFACE_TYPE_EXTENSION;

const tagDirective = (tag: string): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: TAG },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'name' },
      value: { kind: Kind.STRING, value: tag },
    },
  ],
});
