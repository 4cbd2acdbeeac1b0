import { loaderById, loaderPerParent } from '@zhitong/kit';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { EnterpriseFromGraph, PastFactsSource } from './graph/facts-source.js';
import type { FigurePart } from './domain/disclosure/published-figures.js';
import { findFacts, keyOf, wantedOf, type FindFactsOptions } from './usecases/facts/facts-in-version.js';
import { publishedFigures, type PublishFiguresOptions } from './usecases/publish-figures.js';
import type { LoanProductRecord } from './models/loan-product.js';
import type { MatchSums } from './models/enterprise-matches.js';
import type { GrantSums } from './models/grants/grant-record.js';
import type { PublishedRow } from './models/published-figures.js';
import type { QuestionCounts } from './models/policy-question.js';
import { factsOfPolicy } from './domain/policy/facts-of-policy.js';
import type { BenefitsInMemory } from './memory/benefits-in-memory.js';
import type { ShelfPolicy } from './memory/policy-shelf.js';
import type { Whereabouts } from './domain/disclosure/tellable-places.js';
import { tellableWhereabouts } from './usecases/needs-for-product.js';
import type { Eligibility } from './domain/evaluation/evaluate.js';
import type { Stores } from './stores.js';
import type { GrantMoves } from './usecases/grant-moves.js';
import type { Mover } from './usecases/grants/move-conditions.js';

export type Loaders = ReturnType<typeof createLoaders>;

/**
 * The loaders of one request: what resolvers ask for in one tick is read with one command, or from the graph with one
 * query.
 */
export function createLoaders({
  stores,
  source,
  grantMoves,
  ...tools
}: Omit<FindFactsOptions, 'source'> &
  Omit<PublishFiguresOptions, 'stores'> & {
    readonly stores: Stores;
    readonly grantMoves: Pick<GrantMoves, 'possible'>;
    readonly benefitsInMemory: Pick<BenefitsInMemory, 'heldBy'>;
    readonly source: FindFactsOptions['source'] & PastFactsSource;
  }) {
  const {
    grants,
    facts,
    matches,
    funds,
    objections,
    recoveries,
    pledges,
    loanProducts,
    needs,
    consents,
    parameters,
    subscribers,
    notifications,
    questions,
    versions,
  } = stores;
  const publishedPart = <Part extends FigurePart>(part: Part) =>
    loaderPerParent(async (ids: readonly string[], _none: null) => publishedFigures(part, ids, { stores, ...tools }));
  /** What everybody sees of each part of the policies' figures. */
  const published: {
    readonly [Part in FigurePart]: (policyId: string, none: null) => Promise<PublishedRow<Part> | undefined>;
  } = {
    MATCHES: publishedPart('MATCHES'),
    GRANTS: publishedPart('GRANTS'),
    APPLICATIONS: publishedPart('APPLICATIONS'),
    QUESTIONS: publishedPart('QUESTIONS'),
    SUBSCRIBERS: publishedPart('SUBSCRIBERS'),
  };
  const offered = new Map<LegalDay, Promise<LoanProductRecord[]>>();
  return {
    grant: loaderById(grants.byId, ({ id }) => id),
    /** Policies of which every published version was taken back, in the newest of them. */
    withdrawnPolicy: loaderById(
      async (ids: readonly string[]): Promise<ShelfPolicy[]> => {
        const withdrawn = (await versions.versionsOf(ids, null)).filter(({ state }) => state === 'WITHDRAWN');
        const newest = ids.flatMap((id) => withdrawn.find(({ policyId }) => policyId === id) ?? []);
        return newest.map((record) => ({ record, content: record.content, facts: factsOfPolicy(record.content) }));
      },
      ({ content }) => content.id,
    ),
    budget: loaderById(
      async (ids: readonly string[]) => funds.budgets(ids, null),
      ({ policyId }) => policyId,
    ),
    /** What can be done now with each of many grants when this person tries it. */
    possibleMoves: loaderPerParent(async (ids: readonly string[], mover: Omit<Mover, 'now'>) =>
      grantMoves.possible(await grants.byId(ids), { ...mover, now: tools.clock.now() }),
    ),
    heldBenefits: loaderPerParent(async (usccs: readonly string[], _none: null) =>
      tools.benefitsInMemory.heldBy(usccs),
    ),
    grantsOfEnterprise: loaderPerParent(grants.perEnterprise),
    pledgeOfGrant: loaderById(pledges.ofGrants, ({ grantId }) => grantId),
    grantHistory: loaderPerParent(async (ids: readonly string[], _none: null) => grants.history(ids)),
    objectionsOfGrant: loaderPerParent(async (ids: readonly string[], _none: null) =>
      grouped(ids, await objections.ofGrants(ids), ({ grantId }) => grantId),
    ),
    recoveriesOfGrant: loaderPerParent(async (ids: readonly string[], _none: null) =>
      grouped(ids, await recoveries.ofGrants(ids), ({ grantId }) => grantId),
    ),
    receiptsOfRecovery: loaderPerParent(async (ids: readonly string[], _none: null) =>
      grouped(ids, await recoveries.receiptsOf(ids), ({ recoveryId }) => recoveryId),
    ),
    paymentsOfGrant: loaderPerParent(async (ids: readonly string[], _none: null) => {
      const payments = await funds.ofGrants(ids);
      return new Map(ids.map((id) => [id, payments.filter(({ grantId }) => grantId === id)]));
    }),
    facts: loaderById(facts.byUscc, ({ uscc }) => uscc),
    /** Facts of today that are not in memory, by `keyOf` the version that is wanted. */
    factsInVersion: loaderById(
      async (keys: readonly string[]) => findFacts(keys.map(wantedOf), { stores, source, ...tools }),
      keyOf,
    ),
    /**
     * Enterprises as the other departments knew them on an earlier day; undefined for one that was not registered then.
     */
    enterpriseOn: loaderPerParent(
      async (usccs: readonly string[], { day }: { day: LegalDay }) =>
        new Map<string, EnterpriseFromGraph>(
          (await source.enterprisesOn(usccs, day)).map((found) => [found.uscc, found]),
        ),
    ),
    loanProduct: loaderById(loanProducts.byId, ({ id }) => id),
    /** The products of a day, read once however many enterprises ask. */
    openLoanProducts: async (day: LegalDay): Promise<LoanProductRecord[]> => {
      const products = offered.get(day) ?? loanProducts.openOn(day);
      offered.set(day, products);
      return products;
    },
    /** What may be told of sections and districts, by `placeKey`, beside an outcome under a product. */
    whereabouts: loaderPerParent(
      async (keys: readonly string[], { productId, outcome }: { productId: string; outcome: Eligibility }) => {
        const [product] = await loanProducts.byId([productId]);
        if (product === undefined) return new Map<string, Whereabouts>();
        const places = keys.map((key) => ({
          section: key.slice(0, key.indexOf(' ')),
          district: key.slice(key.indexOf(' ') + 1),
        }));
        return tellableWhereabouts(places, { stores, product, outcome, today: dayInShanghai(tools.clock.now()) });
      },
    ),
    financingNeed: loaderById(needs.byId, ({ id }) => id),
    consent: loaderById(consents.byId, ({ id }) => id),
    consentsOfNeed: loaderPerParent(async (ids: readonly string[], _none: null) =>
      grouped(ids, await consents.ofNeeds(ids), ({ needId }) => needId),
    ),
    parameterValues: loaderPerParent(async (names: readonly string[], _none: null) =>
      grouped(names, await parameters.valuesOf(names), ({ parameter }) => parameter),
    ),
    subscriber: loaderById(subscribers.byUscc, ({ uscc }) => uscc),
    notificationsOfEnterprise: loaderPerParent(notifications.perEnterprise),
    questionsOfPolicy: loaderPerParent(questions.perPolicy),
    questionsOfEnterprise: loaderPerParent(questions.perEnterprise),
    questionHistory: loaderPerParent(async (ids: readonly string[], _none: null) => questions.history(ids)),
    questionCounts: loaderPerParent<null, QuestionCounts>(async (ids) => questions.countsOf(ids)),
    matchSums: loaderPerParent<null, MatchSums>(async (ids) => matches.countsOf(ids)),
    grantSums: loaderPerParent<null, GrantSums>(async (ids) => grants.sumsOf(ids)),
    pledgeCounts: loaderPerParent<null, number>(async (ids) => pledges.countsOf(ids)),
    enterprisesTold: loaderPerParent<null, number>(async (ids) => notifications.enterprisesTold(ids)),
    published,
    consentHistory: loaderPerParent(async (ids: readonly string[], _none: null) =>
      grouped(ids, await consents.history(ids), ({ consentId }) => consentId),
    ),
  };
}

const grouped = <Row>(
  parents: readonly string[],
  rows: readonly Row[],
  parentOf: (row: Row) => string,
): Map<string, Row[]> => new Map(parents.map((parent) => [parent, rows.filter((row) => parentOf(row) === parent)]));
