import { actorSchema, ROLES } from '@zhitong/kit';
import { z } from 'zod';
import { refusedInput } from '../gateway-error.js';
import { signDevelopmentToken } from '../identity/development-issuer.js';
import { said } from '../refusal-words.js';

const EIGHT_HOURS = 8 * 60 * 60;

/** For whom a token is asked in development; what a role needs beside it is checked by the kit. */
const wantedCaller = z.strictObject({
  role: z.enum(ROLES),
  uscc: z.string().optional(),
  department: z.string().optional(),
});

/**
 * A token of the development issuer for a role, for the pages and the playground; who may ask is decided before.
 * @throws GraphQLError BAD_USER_INPUT for whom there can be no token, and why.
 */
export async function developmentTokenFor(wanted: unknown, dataDir: string): Promise<string> {
  const caller = wantedCaller.safeParse(wanted);
  if (!caller.success) throw refusedInput(said('NO_SUCH_CALLER', { fault: z.prettifyError(caller.error) }));
  const { role, uscc, department } = caller.data;
  const actor = actorSchema.safeParse({
    sub: `dev:${(uscc ?? department ?? role).toLowerCase()}`,
    roles: [role],
    uscc,
    department,
  });
  if (!actor.success) throw refusedInput(said('NO_SUCH_CALLER', { fault: z.prettifyError(actor.error) }));
  return signDevelopmentToken(actor.data, { ttlSeconds: EIGHT_HOURS, dataDir });
}
