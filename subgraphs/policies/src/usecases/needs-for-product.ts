import type { Page } from '@zhitong/kit';
import { includesDay, type LegalDay } from '@zhitong/values';
import { tellablePlaces, type Whereabouts } from '../domain/disclosure/tellable-places.js';
import type { Eligibility, Evaluation } from '../domain/evaluation/evaluate.js';
import { NO_FACTS } from '../domain/facts/fact-values.js';
import { withYears } from '../domain/facts/facts-in-years.js';
import { decideLoan, withRegisterBar } from '../domain/finance/loan-decision.js';
import { yearsOfCriteria } from '../domain/policy/facts-of-policy.js';
import { factsIn } from '../models/enterprise-facts.js';
import { toMongoFilter, type EligibilityFilters } from '../domain/evaluation/to-mongo-filter.js';
import type { FinancingNeedRecord } from '../models/financing-need.js';
import type { LoanProductRecord } from '../models/loan-product.js';
import type { Stores } from '../stores.js';

/** A need that suits a product, of an enterprise that the product may be for. */
export interface MatchingNeedRow {
  readonly id: string;
  readonly statedAt: Date;
  readonly need: FinancingNeedRecord;
  readonly productId: string;
  /** Section letter of the enterprise's industry and code of its district; empty when they are not known. */
  readonly section: string;
  readonly district: string;
  readonly evaluation: Evaluation;
  /** The caller sees all of it, consent or not. */
  readonly open: boolean;
}

interface Asked {
  readonly stores: Pick<Stores, 'needs' | 'facts'>;
  readonly product: LoanProductRecord;
  readonly today: LegalDay;
  readonly open: boolean;
}

/** Needs that are read and decided at a time. */
const BATCH = 200;

/**
 * A page of the open needs that match a product, latest first, with one more when more follow. Outcomes are worked out
 * now from the facts that were read last.
 */
export async function needsOnPage(asked: Asked, page: Page): Promise<MatchingNeedRow[]> {
  const rows: MatchingNeedRow[] = [];
  for await (const batch of matchingBatches(asked, page)) {
    rows.push(...batch);
    if (rows.length > page.limit) break;
  }
  return rows.slice(0, page.limit + 1);
}

/** How many open needs match a product, from the facts that were read last. */
export async function countMatchingNeeds({ stores, product, today }: Asked): Promise<number> {
  if (!includesDay(product.window, today)) return 0;
  const { notEligible } = withRegisterBar(toMongoFilter(product.criteria, today));
  return stores.needs.countSuiting(product, today, { notEligible, factsIn: stores.facts.collection });
}

async function* matchingBatches(
  { stores, product, today, open }: Asked,
  { position, backwards }: Pick<Page, 'position' | 'backwards'>,
): AsyncGenerator<MatchingNeedRow[]> {
  if (!includesDay(product.window, today)) return;
  const years = yearsOfCriteria(product.criteria, today);
  for (let from = position, more = true; more;) {
    const batch = await stores.needs.suiting(product, today, { limit: BATCH, position: from, backwards });
    const held = new Map(
      (await stores.facts.byUscc(batch.map(({ uscc }) => uscc))).map((record) => [record.uscc, record]),
    );
    yield batch.flatMap((need) => {
      const enterprise = held.get(need.uscc);
      const facts = withYears(enterprise === undefined ? NO_FACTS : factsIn(enterprise), years);
      const { evaluation } = decideLoan(product.criteria, { facts, referenceDate: today });
      const { id, statedAt } = need;
      return evaluation.outcome === 'NOT_ELIGIBLE'
        ? []
        : [
            {
              id,
              statedAt,
              need,
              productId: product.id,
              section: enterprise?.industry.code.slice(0, 1) ?? '',
              district: enterprise?.region.code ?? '',
              evaluation,
              open,
            },
          ];
    });
    const last = batch.at(-1);
    more = batch.length === BATCH;
    if (last !== undefined) from = [last.statedAt, last.id];
  }
}

const FILTER_OF: Readonly<Record<Eligibility, keyof EligibilityFilters>> = {
  ELIGIBLE: 'eligible',
  NOT_ELIGIBLE: 'notEligible',
  UNDETERMINED: 'undetermined',
};

/**
 * What of sections and districts may be told of needs of which nobody knows whose they are, beside the outcome under
 * the product, which is told too; by `placeKey`.
 */
export async function tellableWhereabouts(
  places: readonly Whereabouts[],
  {
    stores: { facts },
    product,
    outcome,
    today,
  }: {
    readonly stores: Pick<Stores, 'facts'>;
    readonly product: Pick<LoanProductRecord, 'criteria'>;
    readonly outcome: Eligibility;
    readonly today: LegalDay;
  },
): Promise<Map<string, Whereabouts>> {
  const tell = tellablePlaces(
    await facts.placeCounts(withRegisterBar(toMongoFilter(product.criteria, today))[FILTER_OF[outcome]]),
  );
  return new Map(places.map((place) => [placeKey(place), tell(place)]));
}

/** The key of a section and a district. */
export const placeKey = ({ section, district }: Whereabouts): string => `${section} ${district}`;
