import { shareOutDesignatedSize } from './designated-size.js';
import type { DesignatedSizeList } from './designated-size.js';
import { INDUSTRY_SECTIONS, industriesFor } from './industries.js';
import type { IndustryClass, IndustryUse } from './industries.js';
import type { RandomStream } from './random.js';
import type { LegalForm, RegistrationStatus, Scale } from './types.js';

/** What a market entity is to become, before its details are drawn. */
export interface EntityPlan {
  readonly use: IndustryUse;
  readonly industry: IndustryClass;
  readonly legalForm: LegalForm;
  readonly status: RegistrationStatus;
  /** The list of an enterprise above designated size, null for others. */
  readonly list: DesignatedSizeList | null;
  /** The class that an enterprise above designated size aims at. */
  readonly aim: Scale;
}

/** Individual businesses and cooperatives among market entities; companies are the rest. */
const SHARES = { individuals: 0.62, cooperatives: 0.055 };
/** Listed for abnormal operation, ended lately. */
const STATUS_SHARES = { abnormal: 0.024, ended: 0.006 };
const AIMS: readonly Scale[] = [
  'LARGE',
  'MEDIUM',
  'SMALL',
  'SMALL',
  'MEDIUM',
  'SMALL',
  'MEDIUM',
  'SMALL',
  'SMALL',
  'MEDIUM',
  'SMALL',
  'SMALL',
];

/**
 * Decides how many market entities of which kind the city has, in random order. Quotas rather than chances, so that a
 * small city keeps every form, section, status and list of the large one.
 */
export function planEntities(random: RandomStream, size: number, aboveSize: number): EntityPlan[] {
  const above = planAboveSize(random, aboveSize);
  const individuals = Math.round(size * SHARES.individuals);
  const cooperatives = Math.round(size * SHARES.cooperatives);
  const below = [
    ...planBelowSize(random, 'individuals', individuals),
    ...planBelowSize(random, 'cooperatives', cooperatives),
    ...planBelowSize(random, 'companies', size - aboveSize - individuals - cooperatives),
  ];
  return random.shuffle([...above, ...withStatus(random, below)]);
}

function planAboveSize(random: RandomStream, count: number): EntityPlan[] {
  const choices = industriesFor('aboveSize');
  let previous: DesignatedSizeList | null = null;
  let rank = 0;
  return shareOutDesignatedSize(count).map((list): EntityPlan => {
    rank = list === previous ? rank + 1 : 0;
    previous = list;
    return {
      use: 'aboveSize',
      industry: random.weighted(
        choices.filter(([{ code }]) => list.industries.some((prefix) => code.startsWith(prefix))),
      ),
      legalForm: random.bool(0.14) ? 'JOINT_STOCK_COMPANY' : 'LIMITED_COMPANY',
      status: 'IN_OPERATION',
      list,
      aim: AIMS[rank % AIMS.length] ?? 'SMALL',
    };
  });
}

function planBelowSize(
  random: RandomStream,
  use: Exclude<IndustryUse, 'aboveSize'>,
  count: number,
): Omit<EntityPlan, 'status'>[] {
  const choices = industriesFor(use);
  const oneOfEachSection =
    use === 'companies'
      ? Object.keys(INDUSTRY_SECTIONS)
          .flatMap((section) => choices.filter(([{ code }]) => code.startsWith(section)).slice(0, 1))
          .map(([industry]) => industry)
      : [];
  return Array.from({ length: count }, (_, i): Omit<EntityPlan, 'status'> => ({
    use,
    industry: oneOfEachSection[i] ?? random.weighted(choices),
    legalForm:
      use === 'individuals' ? 'INDIVIDUAL_BUSINESS' : use === 'cooperatives' ? 'FARMERS_COOPERATIVE' : companyForm(i),
    list: null,
    aim: 'MICRO',
  }));
}

/** Of 40 companies one is joint-stock, two are partnerships, three sole proprietorships. */
function companyForm(i: number): LegalForm {
  const place = i % 40;
  return place === 7
    ? 'JOINT_STOCK_COMPANY'
    : place === 3 || place === 23
      ? 'PARTNERSHIP'
      : place === 5 || place === 15 || place === 25
        ? 'SOLE_PROPRIETORSHIP'
        : 'LIMITED_COMPANY';
}

function withStatus(random: RandomStream, plans: readonly Omit<EntityPlan, 'status'>[]): EntityPlan[] {
  const ended = Math.max(1, Math.round(plans.length * STATUS_SHARES.ended));
  // Most are deregistered; of one in ten the licence was revoked, of whom the smallest cities have none.
  const revoked = Math.ceil((ended - 1) / 10);
  const abnormal = Math.round(plans.length * STATUS_SHARES.abnormal);
  return random.shuffle(plans).map((plan, i): EntityPlan => ({
    ...plan,
    status: statusAt(i, { revoked, ended, abnormal }),
  }));
}

function statusAt(
  i: number,
  { revoked, ended, abnormal }: { readonly revoked: number; readonly ended: number; readonly abnormal: number },
): RegistrationStatus {
  if (i < revoked) return 'LICENCE_REVOKED';
  if (i < ended) return 'DEREGISTERED';
  return i < ended + abnormal ? 'ABNORMAL_LISTED' : 'IN_OPERATION';
}
