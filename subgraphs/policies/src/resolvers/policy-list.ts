import { badUserInput, type Page } from '@zhitong/kit';
import { addDays, includesDay, type LegalDay } from '@zhitong/values';
import { prefixUnder } from '../domain/facts/facts.js';
import { honoursNamed, industriesNamed, refusesIndustry } from '../domain/subscriptions/policy-topics.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyFilter } from '../generated/resolvers-types.js';
import type { ShelfPolicy } from '../memory/policy-shelf.js';
import { rowsOnPage } from '../memory/rows-on-page.js';

/** What the order by closing day reads; a policy without a last day comes after those with one. */
export const BY_CLOSING = [
  { field: 'closingKey', direction: 1 },
  { field: 'record.policyId', direction: 1 },
] as const;

/** Of a search: the best hit first. */
export const BEST_FIRST = [
  { field: 'rank', direction: 1 },
  { field: 'record.policyId', direction: 1 },
] as const;

const NEVER = '9999-12-31';
const MOST_DAYS = 366;

export type ClosingRow = ShelfPolicy & { readonly closingKey: string };

/** The rows of a page by closing day. */
export function closingRows(policies: readonly ShelfPolicy[], page: Page): ClosingRow[] {
  const rows = policies.map((policy) => ({ ...policy, closingKey: policy.record.effective.to ?? NEVER }));
  return rowsOnPage(rows, page, [({ closingKey }) => closingKey, ({ record }) => record.policyId]);
}

/** Makes a test of a filter. */
export function policyTest(filter: PolicyFilter | null | undefined, today: LegalDay): (policy: ShelfPolicy) => boolean {
  const {
    exemptFromApplication,
    open,
    benefitKinds,
    issuers,
    closingWithinDays,
    closesFrom,
    closesTo,
    honour,
    region,
    industry,
  } = filter ?? {};
  if (typeof closingWithinDays === 'number' && (closingWithinDays < 0 || closingWithinDays > MOST_DAYS)) {
    throw badUserInput(said('CLOSING_WITHIN', { days: closingWithinDays, most: MOST_DAYS }), [
      'filter',
      'closingWithinDays',
    ]);
  }
  if (typeof closesFrom === 'string' && typeof closesTo === 'string' && closesFrom > closesTo)
    throw badUserInput(
      said('FROM_AFTER_TO', { field: 'filter.closesFrom', from: closesFrom, other: 'filter.closesTo', to: closesTo }),
      ['filter', 'closesFrom'],
    );
  if (typeof region === 'string' && !/^\d{6}$/.test(region))
    throw badUserInput(said('FILTER_REGION', { value: JSON.stringify(region.slice(0, 40)) }), ['filter', 'region']);
  if (typeof industry === 'string' && !/^[A-T]\d{0,4}$/.test(industry))
    throw badUserInput(said('FILTER_INDUSTRY', { value: JSON.stringify(industry.slice(0, 40)) }), [
      'filter',
      'industry',
    ]);
  const closing = typeof closingWithinDays === 'number' ? addDays(today, closingWithinDays) : null;
  return (shelved) => {
    const { content, record } = shelved;
    if (typeof exemptFromApplication === 'boolean' && content.exemptFromApplication !== exemptFromApplication)
      return false;
    if (typeof open === 'boolean' && isOpenOn(shelved, today) !== open) return false;
    if (benefitKinds && !benefitKinds.some((kind) => kind.toLowerCase() === content.benefit.kind)) return false;
    if (issuers && !issuers.some((code) => code === content.issuerCode)) return false;
    if (
      closing !== null &&
      (content.stage !== 'FINAL' ||
        record.effective.to === null ||
        record.effective.to < today ||
        record.effective.to > closing)
    )
      return false;
    if (!closesWithin(record.effective.to, closesFrom, closesTo)) return false;
    if (typeof honour === 'string' && !honoursNamed(content).includes(honour)) return false;
    if (typeof region === 'string' && !reaches(content.region.code, region)) return false;
    return typeof industry !== 'string' || openToIndustry(content, industry);
  };
}

/** Whether a policy can be had on a day: a draft for comment [征求意见稿] and one that was taken back never. */
export const isOpenOn = ({ content, record }: Pick<ShelfPolicy, 'content' | 'record'>, day: LegalDay): boolean =>
  record.state === 'PUBLISHED' && content.stage === 'FINAL' && includesDay(record.effective, day);

/** A policy without a last day closes on none. */
function closesWithin(
  lastDay: LegalDay | null,
  from: LegalDay | null | undefined,
  to: LegalDay | null | undefined,
): boolean {
  if (typeof from === 'string' && (lastDay === null || lastDay < from)) return false;
  return typeof to !== 'string' || (lastDay !== null && lastDay <= to);
}

/** A policy of a city reaches its districts, one of a district its city's list too. */
function reaches(code: string | null, region: string): boolean {
  if (code === null) return true;
  const [policy, asked] = [prefixUnder(code, 'REGION'), prefixUnder(region, 'REGION')];
  return policy.startsWith(asked) || asked.startsWith(policy);
}

function openToIndustry({ criteria, benefit }: ShelfPolicy['content'], industry: string): boolean {
  if (refusesIndustry({ criteria }, industry)) return false;
  const codes = industriesNamed({ criteria, benefit: { ...benefit, tiers: [] } });
  return codes.length === 0 || codes.some((code) => industry.startsWith(code) || code.startsWith(industry));
}
