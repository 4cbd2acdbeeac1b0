import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import { taxPayableFen, type Award } from '../domain/benefit/benefit.js';
import { isPaidOut } from '../domain/benefit/benefit-life.js';
import { evaluate } from '../domain/evaluation/evaluate.js';
import { choicesOf } from '../domain/facts/fact-choices.js';
import { attributeName, attributesOf, factDefinition } from '../domain/facts/facts.js';
import { decideApplication, pledgeText } from '../domain/grant/commitment-application.js';
import { awardFor } from '../domain/matching/match.js';
import { missingFacts } from '../domain/evaluation/missing-facts.js';
import { nearestMiss } from '../domain/evaluation/nearest-miss.js';
import type { PolicyMatchResolvers } from '../generated/resolvers-types.js';
import type { PolicyMatchRow } from '../records.js';
import { budgetLeftFen } from './funds-report.js';

const situationOf = ({ facts, policy }: PolicyMatchRow) => ({ facts, referenceDate: policy.referenceDate });
const awardOfMatch = (match: PolicyMatchRow): Award | null =>
  match.outcome === 'ELIGIBLE' ? awardFor(match.policy, match.facts, match.hadFen) : null;

export const PolicyMatch: PolicyMatchResolvers = {
  policy: ({ shelved }) => shelved,
  bar: ({ bar }, _args, { shelf }) =>
    bar === null ? null : { reason: bar.reason, policy: bar.policyId === null ? null : shelf.byId(bar.policyId) },
  referenceDate: ({ policy }) => policy.referenceDate,
  criteria: (match) => [...evaluate(match.policy.criteria, situationOf(match)).criteria],
  amount: (match) => {
    const award = awardOfMatch(match);
    return award?.known === true ? moneyOfFen(award.fen) : null;
  },
  amountUnknown: (match) => {
    const award = awardOfMatch(match);
    return award?.known === false ? award.reason : null;
  },
  isBudgetShort: async (match, _args, context) => {
    const award = awardOfMatch(match);
    const { content } = match.shelved;
    if (award?.known !== true || !isPaidOut(content.benefit.kind)) return false;
    const today = dayInShanghai(context.clock.now());
    const leftFen = match.policy.referenceDate === today ? await budgetLeftFen(content, context) : null;
    return leftFen !== null && award.fen > leftFen;
  },
  atMost: (match) => {
    const award = awardOfMatch(match);
    return award?.known === false && award.mostFen !== undefined ? moneyOfFen(award.mostFen) : null;
  },
  taxPayable: (match) => {
    const fen = match.outcome === 'ELIGIBLE' ? taxPayableFen(match.policy.benefit, situationOf(match)) : null;
    return fen === null ? null : moneyOfFen(fen);
  },
  missingFacts: (match) =>
    missingFacts(match.policy.criteria, situationOf(match)).toBeEligible.flatMap((fact) => definitionOf(fact)),
  nearestMiss: (match) => [...nearestMiss(match.policy.criteria, situationOf(match))],
  application: ({ policy, shelved, facts, hadFen, bar }, _args, { clock }) => {
    if (bar !== null || shelved.content.exemptFromApplication) return null;
    if (policy.referenceDate !== dayInShanghai(clock.now())) return null;
    const decision = decideApplication(policy, facts, hadFen);
    if (!decision.ok) return null;
    const { pledgedFacts } = decision;
    return {
      pledge: pledgeText({ enterprise: '本企业', policyTitle: shelved.content.title, pledgedFacts }),
      pledgedFacts: pledgedFacts.flatMap((fact) => definitionOf(fact)),
    };
  },
};

/** A fact as the graph shows it; every fact of the vocabulary is told by somebody, but not of every year. */
export function definitionOf(name: string) {
  const definition = factDefinition(name);
  return definition === null
    ? []
    : [
        {
          ...definition,
          values: [...definition.values],
          choices: choicesOf(definition),
          attributes: attributesOf(name).map((attribute) => ({
            ...attribute,
            name: attributeName(attribute.name),
            values: [...attribute.values],
            choices: choicesOf(attribute),
          })),
          isReported: true,
        },
      ];
}
