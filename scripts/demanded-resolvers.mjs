// A plugin of the code generation: the resolver types of a department as the compiler is to demand them. What another
// plugin has generated (`CaseFields`, every resolver optional) becomes `CaseResolvers`, in which a field that the
// record behind the type does not hold must have its resolver.
import { isObjectType } from 'graphql';

/** The suffix of the types that are generated with every resolver optional. */
export const OPTIONAL_SUFFIX = 'Fields';

/** The record of a mutation's payload: whole, or a refusal alone. `{T}` is the generated type. */
export const REFUSED_OR_WHOLE = "Omit<{T}, 'refusal'> | RefusalPayload";

/** Whether a type's definition is a mutation's payload: it has the field `refusal`. */
export const isPayload = ({ fields }) => fields?.some(({ name }) => name.value === 'refusal') ?? false;

/** Whether another department shows every field of a type: there is nothing to resolve here. */
const isForeign = (definition) =>
  definition?.fields.every(({ directives }) => directives.some(({ name }) => name.value === 'external')) ?? false;

/** The kit counts a connection when `totalCount` is asked for. */
const heldBy = (name, fields) =>
  fields.pageInfo && fields.totalCount
    ? `ResolversParentTypes['${name}'] & { totalCount: number }`
    : `ResolversParentTypes['${name}']`;

function resolversOf(type, roots) {
  const optional = `${type.name}${OPTIONAL_SUFFIX}<ContextType>`;
  if (roots.has(type.name)) return `Required<${optional}>`;
  return isPayload(type.astNode) ? optional : `DemandedResolvers<${optional}, ${heldBy(type.name, type.getFields())}>`;
}

export function plugin(schema, _documents, { mappers = {} } = {}) {
  const roots = new Set([
    schema.getQueryType()?.name,
    schema.getMutationType()?.name,
    schema.getSubscriptionType()?.name,
  ]);
  const types = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('_') && !isForeign(type.astNode))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const resolvers = types.map(
    (type) => `export type ${type.name}Resolvers<ContextType = Context> = ${resolversOf(type, roots)};`,
  );
  const all = types.map(({ name }) => `  ${name}: ${name}Resolvers<ContextType>;`);
  return {
    prepend: [
      ...(Object.values(mappers).includes(REFUSED_OR_WHOLE)
        ? ["import type { RefusalPayload } from '@zhitong/kit/commands';"]
        : []),
      "import type { CompleteResolvers, DemandedResolvers } from '@zhitong/kit/graph';",
    ],
    content: [
      ...resolvers,
      `export type Resolvers<ContextType = Context> = CompleteResolvers<{\n${all.join('\n')}\n}>;`,
    ].join('\n\n'),
  };
}
