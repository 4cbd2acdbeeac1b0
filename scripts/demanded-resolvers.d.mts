import type { GraphQLSchema, ObjectTypeDefinitionNode } from 'graphql';

export const OPTIONAL_SUFFIX: string;
export const REFUSED_OR_WHOLE: string;
export function isPayload(definition: ObjectTypeDefinitionNode): boolean;
export function plugin(schema: GraphQLSchema): { prepend: string[]; content: string };
