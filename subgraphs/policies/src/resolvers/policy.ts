import { connectionOf, dayInShanghai, parsePage } from '@zhitong/kit';
import { isOpen } from '../domain/policy.js';
import type { BenefitResolvers, PolicyResolvers } from '../generated/resolvers-types.js';
import { money } from './money.js';

const BY_USCC = [{ field: 'uscc', direction: 1 }] as const;
const SOURCE_KIND = { gov: 'GOV', media: 'MEDIA', aggregator: 'AGGREGATOR', mirror: 'MIRROR' } as const;
const BENEFIT_KIND = { cash: 'CASH', subsidy: 'SUBSIDY', fee_waiver: 'FEE_WAIVER', tax: 'TAX', loan: 'LOAN' } as const;

export const Policy: PolicyResolvers = {
  __resolveReference: ({ id }, { shelf }) => shelf.byId(id),
  id: ({ content }) => content.id,
  version: ({ record }) => record.version,
  title: ({ content }) => content.title,
  titleEn: ({ content }) => content.titleEn,
  issuer: ({ content }) => (content.issuerCode === null ? null : { code: content.issuerCode }),
  issuerName: ({ content }) => content.issuerName,
  region: ({ content }) => content.region,
  source: ({ content: { source } }) => ({ url: source.url, kind: SOURCE_KIND[source.kind], publishedOn: source.published }),
  stage: ({ content }) => content.stage,
  exemptFromApplication: ({ content }) => content.exemptFromApplication,
  criteria: ({ content }) => [...content.criteria],
  benefit: ({ content }) => content.benefit,
  validFrom: ({ record }) => record.effective.from,
  validTo: ({ record }) => record.effective.to,
  isOpen: ({ record }, _args, { clock }) => isOpen(record.effective, dayInShanghai(clock.now())),
  notes: ({ content }) => content.notes,
  legalBasis: ({ content }) => content.legalBasis,
  interpretation: ({ content }) => content.interpretation,
  budget: ({ content }) => (content.budgetFen === null ? null : money(content.budgetFen)),
  excludes: ({ content }, _args, { shelf }) => content.excludes.flatMap((id) => shelf.byId(id) ?? []),
  grantPeriod: ({ content }) => content.grantPeriod,
  publicityDays: ({ content }) => content.publicityDays,
  adaptation: ({ content: { adaptation } }) =>
    adaptation === null
      ? null
      : { originalIssuer: adaptation.issuer, originalRegion: adaptation.region, originalValidFrom: adaptation.window.from, originalValidTo: adaptation.window.to, note: adaptation.note },
  publishedAt: ({ record }) => record.publishedAt,

  eligibleEnterprises: async ({ content: { id } }, args, { stores }) => {
    const page = parsePage(args, { list: { list: 'eligibleEnterprises', id }, keys: BY_USCC.length });
    return connectionOf({ rows: await stores.matches.eligible(id, page), page, sort: BY_USCC, totalCount: async () => stores.matches.countEligible(id) });
  },

  matchCounts: async ({ content: { id } }, _args, { stores }) => {
    const [eligible, undetermined, matched] = await Promise.all([stores.matches.countEligible(id), stores.matches.countUndetermined(id), stores.matches.count()]);
    return { eligible, undetermined, matched };
  },
};

export const Benefit: BenefitResolvers = {
  kind: ({ kind }) => BENEFIT_KIND[kind],
  amount: ({ amount }) => (amount?.kind === 'fixed' ? money(amount.fen) : null),
  formula: ({ amount }) => (amount?.kind === 'formula' ? amount.text : null),
  tiers: ({ tiers }) => [...tiers],
  cap: ({ capFen }) => (capFen === null ? null : money(capFen)),
};
