import type { LegalDay } from '@zhitong/values';
import { barOf, byEnterprise, hadBeforeFen } from '../../domain/grant/held-benefit.js';
import type { HeldAgainst } from '../../domain/matching/preview.js';
import { excludedBeside } from '../../domain/policy/exclusion.js';
import type { PolicyContent } from '../../domain/policy/policy.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { Stores } from '../../stores.js';

/**
 * The enterprises that a policy bars on a day, whatever conditions they meet: paid already, or holding one of two
 * benefits that exclude each other; and what the others had before, where only the difference is paid. For a draft the
 * same by what the draft says.
 */
export async function heldAgainst(
  policy: PolicyContent,
  day: LegalDay,
  { stores: { grants }, shelf }: { stores: Pick<Stores, 'grants'>; shelf: PolicyShelf },
): Promise<HeldAgainst> {
  const beside = excludedBeside(policy, shelf.exclusions());
  const held = byEnterprise(await grants.heldUnder([policy.id, ...beside]));
  const barred = new Set<string>();
  const hadFen = new Map<string, number>();
  for (const [uscc, some] of held) {
    if (barOf(policy, day, some, shelf.excludesOf) !== null) barred.add(uscc);
    const had = hadBeforeFen(policy, day, some);
    if (had > 0) hadFen.set(uscc, had);
  }
  return { barred, hadFen };
}
