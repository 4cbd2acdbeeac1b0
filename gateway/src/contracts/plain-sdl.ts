import { ROLES } from '@zhitong/kit';
import {
  Kind,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { accessTable, type AccessTable } from '../access/access-table.js';
import { apiSchemaOf } from '../supergraph/api-schema.js';
import { contractView, tagTable, type ContractView } from './contract.js';
import { CONTRACTS } from './contracts.js';

const ACCESS = parse(
  `"The field is answered only to a caller who has one of the roles; where it stands twice, one of each."
  directive @access(roles: [Role!]!) repeatable on FIELD_DEFINITION`,
  { noLocation: true },
).definitions;

/** The definitions of the graph as callers see it: descriptions and deprecations, nothing of federation's. */
export const apiDocument = (api: GraphQLSchema): DocumentNode => parse(printSchema(api), { noLocation: true });

/**
 * Every contract of a composed graph by its name: `CONTRACTS` says what each shows.
 * @param api Definitions as of `apiDocument`.
 */
export function contractViews(api: DocumentNode, supergraphSdl: string): ReadonlyMap<string, ContractView> {
  const tags = tagTable(supergraphSdl);
  return new Map([...CONTRACTS].map(([name, shown]) => [name, contractView(api, { name, shown, tags })]));
}

/**
 * What readers get as SDL: the definitions with `@access` where a field needs a role, and the directive and its enum
 * when anything does.
 * @param whole The graph that the definitions are a part of: the enum of roles is taken from it.
 */
export function documentedSdl(shown: DocumentNode, { whole, supergraphSdl }: PublishedSdl): string {
  const documented = withAccess(shown, accessTable(supergraphSdl));
  if (documented === shown) return `${print(shown)}\n`;
  const isRole = (definition: DefinitionNode): boolean =>
    definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'Role';
  const roles = shown.definitions.some(isRole) ? [] : whole.definitions.filter(isRole);
  return `${print({ ...documented, definitions: [...ACCESS, ...documented.definitions, ...roles] })}\n`;
}

/** What a part of the graph is documented from. */
export interface PublishedSdl {
  readonly whole: DocumentNode;
  readonly supergraphSdl: string;
}

/** The plain SDL of a composed graph, as `GET /schema.graphql` answers it. @throws Error when it is none. */
export function plainSdl(supergraphSdl: string): string {
  const whole = apiDocument(apiSchemaOf(supergraphSdl));
  return documentedSdl(whole, { whole, supergraphSdl });
}

/** The same document when none of its fields needs a role. */
function withAccess(document: DocumentNode, access: AccessTable): DocumentNode {
  let type = '';
  return visit(document, {
    ObjectTypeDefinition: { enter: ({ name }) => void (type = name.value) },
    InterfaceTypeDefinition: { enter: ({ name }) => void (type = name.value) },
    FieldDefinition: (field) => {
      const required = access.get(`${type}.${field.name.value}`);
      if (required === undefined) return undefined;
      return { ...field, directives: [...(field.directives ?? []), ...required.map(accessDirective)] };
    },
  });
}

const accessDirective = (roles: readonly string[]): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'access' },
  arguments: [
    {
      kind: Kind.ARGUMENT,
      name: { kind: Kind.NAME, value: 'roles' },
      value: {
        kind: Kind.LIST,
        values: ROLES.filter((role) => roles.includes(role)).map((value) => ({ kind: Kind.ENUM, value })),
      },
    },
  ],
});
