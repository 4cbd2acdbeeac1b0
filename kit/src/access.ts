import {
  defaultFieldResolver,
  getDirectiveValues,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql';
import { z } from 'zod';
import { forbidden, unauthenticated } from './errors.js';
import { said } from './refusal-words.js';
import { ROLES, type Actor, type Role } from './identity/actor.js';

const argumentsSchema = z.object({ roles: z.array(z.enum(ROLES)) });

/** Refuses an actor that has none of the roles: UNAUTHENTICATED when anonymous, else FORBIDDEN. */
export function requireRole(actor: Actor | null, roles: readonly Role[], what: string): asserts actor is Actor {
  if (actor === null) throw unauthenticated(said('ROLE_NEEDED_ANONYMOUS', { what, roles: roles.join(', ') }));
  if (!actor.roles.some((role) => roles.includes(role)))
    throw forbidden(said('ROLE_NEEDED', { what, roles: roles.join(', ') }));
}

/**
 * Enforces `@access(roles: [...])` of a department's SDL in its own process, whatever the gateway did before: the
 * field's resolver runs only for an actor with one of the roles. The table of rights is the SDL; this only reads it.
 * Changes the schema that it is given.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  const directive = schema.getDirective('access');
  if (!directive) return schema;
  for (const type of Object.values(schema.getTypeMap()).filter(isObjectType)) {
    for (const field of Object.values(type.getFields())) {
      const given = field.astNode && getDirectiveValues(directive, field.astNode);
      if (!given) continue;
      const { roles } = argumentsSchema.parse(given);
      const resolve: GraphQLFieldResolver<unknown, { actor: Actor | null }> = field.resolve ?? defaultFieldResolver;
      field.resolve = (
        source: unknown,
        args: Record<string, unknown>,
        context: { actor: Actor | null },
        info: GraphQLResolveInfo,
      ) => {
        requireRole(context.actor, roles, `${type.name}.${field.name}`);
        return resolve(source, args, context, info);
      };
    }
  }
  return schema;
}
