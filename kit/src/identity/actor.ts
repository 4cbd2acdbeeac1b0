import { checkUscc, normalText } from '@zhitong/values';
import { z } from 'zod';
import { purposeSchema } from './stated-purpose.js';

/** The roles of the graph's contract, and SERVICE for a department's machine identity. */
export const ROLES = ['ENTERPRISE', 'OFFICER', 'COORDINATOR', 'AUDITOR', 'ADMIN', 'SERVICE'] as const;
export type Role = (typeof ROLES)[number];

/**
 * An enterprise's code in its normal form, however whoever vouches for it spells it; the register's irregular codes
 * too.
 */
const usccSchema = z.string().transform((text, context) => {
  const check = checkUscc(text, { irregular: 'accept' });
  if (check.ok) return check.uscc;
  context.addIssue({ code: 'custom', message: check.message });
  return z.NEVER;
});

export const actorSchema = z
  .object({
    sub: z.string().min(1).max(200),
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    uscc: usccSchema.optional(),
    department: z.string().min(1).max(40).optional(),
    /**
     * Of a machine identity, the part of the graph whose process it is: what tells two machines of one department
     * apart.
     */
    service: z.string().min(1).max(40).optional(),
    /** What the caller says that personal data is needed for; from the request, never from the token. */
    purpose: purposeSchema.optional(),
  })
  .refine((actor) => !actor.roles.includes('ENTERPRISE') || actor.uscc !== undefined, {
    message: 'the role ENTERPRISE needs uscc',
    path: ['uscc'],
  })
  .refine((actor) => !actor.roles.includes('OFFICER') || actor.department !== undefined, {
    message: 'the role OFFICER needs department',
    path: ['department'],
  });

/** Who asks, as the gateway vouches for it. */
export type Actor = z.infer<typeof actorSchema>;

/** True when the actor has at least one of the roles. */
export function hasRole(actor: Actor | null, ...roles: readonly Role[]): boolean {
  return actor !== null && actor.roles.some((role) => roles.includes(role));
}

/** The department of a machine identity or an official, in the form in which two of them are compared. */
export const departmentForm = (department: string): string => normalText(department).toUpperCase();
