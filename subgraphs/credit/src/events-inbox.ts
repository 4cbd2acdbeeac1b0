import type { HeardEvents } from '@zhitong/kit/outbox';
import { isLegalDay, parseYuan } from '@zhitong/values';
import { z } from 'zod';
import { isSha256 } from './domain/commitments/commitment.js';
import { CLAIM_STEPS } from './domain/standing/government-claim.js';
import type { Stores } from './stores.js';
import { keepApplicationPledge, noteApplicationPledgeCheck } from './usecases/application-pledge.js';
import { keepGovernmentClaim } from './usecases/government-claims.js';

const SIGNED = 'cn.zhitong.application-pledge.signed';
const CHECKED = ['cn.zhitong.application-pledge.kept', 'cn.zhitong.application-pledge.breached'];

const text = z.string().min(1).max(2_000);
const day = z.string().refine(isLegalDay, 'must be a day, YYYY-MM-DD');
const signedSchema = z.object({
  uscc: text,
  grant: text,
  policy: text,
  department: text,
  textVersion: text,
  signatory: text,
  signedOn: day,
  digest: z.string().refine(isSha256, 'must be a SHA-256 digest'),
});
const RECOVERY = 'cn.zhitong.grant-recovery.';
const claimStep = z.enum(CLAIM_STEPS);
/** Yuan as whole fen. */
const fen = z.string().transform((yuan, context) => {
  const parsed = parseYuan(yuan);
  if (parsed.ok) return parsed.fen;
  context.addIssue({ code: 'custom', message: 'must be an amount in yuan' });
  return z.NEVER;
});
const recoverySchema = z.object({
  recovery: text,
  grant: text,
  policy: text,
  department: text,
  uscc: text,
  reason: z.string().max(4_000),
  amount: fen,
  received: fen,
  instalments: z.array(z.object({ dueOn: day, amount: fen })).max(1_000),
});
const checkedSchema = z.object({ grant: text, finding: text, checkedOn: day, checkedBy: text });

/**
 * What the department does with the events in which policies tells of pledges with which enterprises applied, and of
 * grants that it asks back: the pledges are kept with the enterprise's other ones, and a breach counts in its credit;
 * what is asked back stands in it as owed to the government. An event of another type is taken and left alone.
 */
export const heardEvents =
  (stores: Pick<Stores, 'pledges' | 'governmentClaims'>): HeardEvents['handle'] =>
  async ({ type, data, time }, { session }) => {
    if (type === SIGNED) await keepApplicationPledge(stores, signedSchema.parse(data), session);
    else if (CHECKED.includes(type))
      await noteApplicationPledgeCheck(stores, { ...checkedSchema.parse(data), kept: type.endsWith('.kept') }, session);
    else if (type.startsWith(RECOVERY)) {
      const kind = claimStep.parse(type.slice(RECOVERY.length).toUpperCase());
      const { recovery: id, ...claim } = recoverySchema.parse(data);
      await keepGovernmentClaim(stores, { id, ...claim, kind, at: new Date(time) }, session);
    }
  };
