import { badUserInput, connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen, yearOf } from '@zhitong/values';
import { mayChangePolicyOf, mayReadDraftOf, mayReadMatches, seesExactFigures } from '../domain/access.js';
import { isPaidOut } from '../domain/benefit/benefit-life.js';
import { writePolicy } from '../domain/format/import-format.js';
import { factsWithoutSource } from '../domain/policy/facts-of-policy.js';
import { versionChanges } from '../domain/format/version-changes.js';
import { said } from '../domain/refusal-words.js';
import { heldAgainst } from '../usecases/grants/held-against.js';
import type { Context } from '../context.js';
import type { BenefitResolvers, PolicyResolvers, PolicyVersionResolvers } from '../generated/resolvers-types.js';
import type { PolicyVersionRecord } from '../models/policy-version.js';
import { budgetLeftFen } from './funds-report.js';
import { isOpenOn } from './policy-list.js';
import { definitionOf } from './policy-match.js';
import { questionsOfPolicy } from './policy-question.js';
import { shownMatches, statisticsOfPolicy } from './policy-statistics.js';

const BY_USCC = [{ field: 'uscc', direction: 1 }] as const;
const SOURCE_KIND = { gov: 'GOV', media: 'MEDIA', aggregator: 'AGGREGATOR', mirror: 'MIRROR' } as const;
const BENEFIT_KIND = {
  cash: 'CASH',
  subsidy: 'SUBSIDY',
  fee_waiver: 'FEE_WAIVER',
  tax: 'TAX',
  loan: 'LOAN',
  interest_subsidy: 'INTEREST_SUBSIDY',
  qualification: 'QUALIFICATION',
} as const;

/** The versions of a policy that the caller may see. */
export async function versionsFor(policyId: string, { stores, actor }: Context): Promise<PolicyVersionRecord[]> {
  const versions = await stores.versions.versions(policyId);
  return versions.filter(({ state, content }) => state !== 'DRAFT' || mayReadDraftOf(actor, content.issuerCode));
}

export const Policy: PolicyResolvers = {
  __resolveReference: ({ id }, { shelf }) => shelf.byId(id),
  id: ({ content }) => content.id,
  version: ({ record }) => record.version,
  legalMoves: ({ content }, _args, { actor }) =>
    mayChangePolicyOf(actor, content.issuerCode) ? ['CHANGE', 'WITHDRAW'] : [],
  title: ({ content }) => content.title,
  titleEn: ({ content }) => content.titleEn,
  issuer: ({ content }) => (content.issuerCode === null ? null : { code: content.issuerCode }),
  issuerName: ({ content }) => content.issuerName,
  region: ({ content }) => content.region,
  source: ({ content: { source } }) => ({
    url: source.url,
    kind: SOURCE_KIND[source.kind],
    publishedOn: source.published,
  }),
  stage: ({ content }) => content.stage,
  exemptFromApplication: ({ content }) => content.exemptFromApplication,
  criteria: ({ content }) => [...content.criteria],
  benefit: ({ content }) => content.benefit,
  validFrom: ({ record }) => record.effective.from,
  validTo: ({ record }) => record.effective.to,
  isOpen: (shelved, _args, { clock }) => isOpenOn(shelved, dayInShanghai(clock.now())),
  notes: ({ content }) => content.notes,
  legalBasis: ({ content }) => content.legalBasis,
  interpretation: ({ content }) => content.interpretation,
  budget: ({ content }) => (content.budgetFen === null ? null : moneyOfFen(content.budgetFen)),
  budgetLeft: async ({ content }, _args, context) => {
    if (!seesExactFigures(context.actor, context.financialDepartments)) return null;
    const leftFen = await budgetLeftFen(content, context);
    return leftFen === null ? null : moneyOfFen(leftFen);
  },
  excludes: ({ content }, _args, { shelf }) => content.excludes.flatMap((id) => shelf.byId(id) ?? []),
  grantPeriod: ({ content }) => content.grantPeriod,
  publicityDays: ({ content }) => content.publicityDays,
  adaptation: ({ content: { adaptation } }) =>
    adaptation === null
      ? null
      : {
          originalIssuer: adaptation.issuer,
          originalRegion: adaptation.region,
          originalValidFrom: adaptation.window.from,
          originalValidTo: adaptation.window.to,
          note: adaptation.note,
        },
  publishedAt: ({ record }) => record.publishedAt,

  versions: async ({ content: { id } }, _args, context) => versionsFor(id, context),
  changes: async ({ content: { id } }, { from, to }, context) => {
    const versions = await versionsFor(id, context);
    const contentOf = (number: number, argument: string): unknown => {
      const found = versions.find(({ version }) => version === number);
      if (found === undefined) throw badUserInput(said('NO_SUCH_VERSION', { policy: id, version: number }), [argument]);
      return writePolicy(found.content);
    };
    return versionChanges(contentOf(from, 'from'), contentOf(to, 'to'));
  },

  eligibleEnterprises: async ({ content }, args, context) => {
    const { actor, clock, financialDepartments, stores } = context;
    const { id } = content;
    if (!mayReadMatches(actor, financialDepartments)) throw forbidden(said('MATCHING_ENTERPRISES_ARE_FOR'));
    const against = await heldAgainst(content, dayInShanghai(clock.now()), context);
    const toppedUp = await stores.matches.withoutAmount(id, [...against.hadFen.keys()]);
    const barred = [...new Set([...against.barred, ...toppedUp])];
    const page = parsePage(args, { list: { list: 'eligibleEnterprises', id }, keys: BY_USCC.length });
    return connectionOf({
      rows: await stores.matches.eligible(id, page, barred),
      page,
      sort: BY_USCC,
      totalCount: async () => stores.matches.countEligible(id, barred),
    });
  },

  questions: questionsOfPolicy,
  statistics: statisticsOfPolicy,

  matchCounts: async ({ content: { id } }, _args, context) => shownMatches(id, context),
};

export const Benefit: BenefitResolvers = {
  kind: ({ kind }) => BENEFIT_KIND[kind],
  amount: ({ amount }) => (amount?.kind === 'fixed' ? moneyOfFen(amount.fen) : null),
  formula: ({ amount }) => (amount?.kind === 'formula' ? amount.text : null),
  taxPayableFormula: ({ taxPayable }) => (taxPayable?.kind === 'formula' ? taxPayable.text : null),
  tiers: ({ tiers }) => [...tiers],
  isPaid: ({ kind }) => isPaidOut(kind),
  atMost: ({ atMost, kind }) => atMost === true || kind === 'loan',
  cap: ({ capFen }) => (capFen === null ? null : moneyOfFen(capFen)),
};

export const PolicyVersion: PolicyVersionResolvers = {
  effectiveFrom: ({ effective }) => effective.from,
  effectiveTo: ({ effective }) => effective.to,
  content: ({ content }) => writePolicy(content),
  factsWithoutSource: ({ content }, _args, { clock }) =>
    factsWithoutSource(content, yearOf(dayInShanghai(clock.now()))).flatMap((fact) =>
      definitionOf(fact).map((definition) => ({ ...definition, isReported: false })),
    ),
  withdrawal: ({ withdrawal }) => withdrawal ?? null,
};
