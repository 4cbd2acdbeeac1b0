import { getDirective, MapperKind, mapSchema } from '@graphql-tools/utils';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { forbidden, unauthenticated } from './errors.js';
import { ROLES, type Actor, type Role } from './identity/actor.js';

const argumentsSchema = z.object({ roles: z.array(z.enum(ROLES)) });

/** Refuses an actor that has none of the roles: UNAUTHENTICATED when anonymous, else FORBIDDEN. */
export function requireRole(actor: Actor | null, roles: readonly Role[], what: string): asserts actor is Actor {
  if (actor === null) throw unauthenticated(`${what} needs a bearer token with one of the roles ${roles.join(', ')}.`);
  if (!actor.roles.some((role) => roles.includes(role))) throw forbidden(`${what} needs one of the roles ${roles.join(', ')}.`);
}

/**
 * Enforces `@access(roles: [...])` of a department's SDL in its own process, whatever the gateway did before: the field's
 * resolver runs only for an actor with one of the roles. The table of rights is the SDL; this only reads it.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.OBJECT_FIELD]: (field, fieldName, typeName) => {
      const directive = getDirective(schema, field, 'access')?.[0];
      if (directive === undefined) return undefined;
      const { roles } = argumentsSchema.parse(directive);
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = (source, args, context: { actor: Actor | null }, info) => {
        requireRole(context.actor, roles, `${typeName}.${fieldName}`);
        return resolve(source, args, context, info) as unknown;
      };
      return field;
    },
  });
}
