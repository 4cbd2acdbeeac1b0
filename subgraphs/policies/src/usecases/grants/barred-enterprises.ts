import type { LegalDay } from '@zhitong/values';
import { barOf, byEnterprise } from '../../domain/grant/held-benefit.js';
import { excludedBeside } from '../../domain/policy/exclusion.js';
import type { PolicyContent } from '../../domain/policy/policy.js';
import type { PolicyShelf } from '../../memory/policy-shelf.js';
import type { Stores } from '../../stores.js';

/**
 * The enterprises that a policy bars on a day, whatever conditions they meet: paid already, or holding one of two
 * benefits that exclude each other. For a draft the same by what the draft says.
 */
export async function barredEnterprises(
  policy: PolicyContent,
  day: LegalDay,
  { stores: { grants }, shelf }: { stores: Pick<Stores, 'grants'>; shelf: PolicyShelf },
): Promise<ReadonlySet<string>> {
  const beside = excludedBeside(
    policy,
    shelf.all().map(({ content }) => content),
  );
  const held = byEnterprise(await grants.heldUnder([policy.id, ...beside]));
  const excludesOf = (id: string): readonly string[] => shelf.byId(id)?.content.excludes ?? [];
  return new Set([...held].flatMap(([uscc, some]) => (barOf(policy, day, some, excludesOf) === null ? [] : [uscc])));
}
