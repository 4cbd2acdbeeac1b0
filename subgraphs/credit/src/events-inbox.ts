import type { HeardEvents } from '@zhitong/kit/outbox';
import { isLegalDay } from '@zhitong/values';
import { z } from 'zod';
import { isSha256 } from './domain/commitments/commitment.js';
import type { Stores } from './stores.js';
import { keepApplicationPledge, noteApplicationPledgeCheck } from './usecases/application-pledge.js';

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
const checkedSchema = z.object({ grant: text, finding: text, checkedOn: day, checkedBy: text });

/**
 * What the department does with the events in which policies tells of pledges with which enterprises applied: they are
 * kept with the enterprise's other pledges, and a breach counts in its credit. An event of another type is taken and
 * left alone.
 */
export const heardEvents =
  (stores: Pick<Stores, 'pledges'>): HeardEvents['handle'] =>
  async ({ type, data }, { session }) => {
    if (type === SIGNED) await keepApplicationPledge(stores, signedSchema.parse(data), session);
    else if (CHECKED.includes(type))
      await noteApplicationPledgeCheck(stores, { ...checkedSchema.parse(data), kept: type.endsWith('.kept') }, session);
  };
