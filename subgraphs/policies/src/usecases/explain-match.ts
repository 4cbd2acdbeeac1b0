import { dayInShanghai, type Clock } from '@zhitong/kit';
import { awardOf } from '../domain/benefit.js';
import { evaluate, type CriterionResult } from '../domain/evaluate.js';
import { factDefinition } from '../domain/facts.js';
import { missingFacts } from '../domain/missing-facts.js';
import { nearestMiss } from '../domain/nearest-miss.js';
import { yuanOf } from '../domain/yuan.js';
import type { PolicyShelf } from '../policy-shelf.js';
import type { Stores } from '../stores.js';

const MARK = { MET: '[met]    ', NOT_MET: '[not met]', UNKNOWN: '[unknown]' } as const;

/** A match in words, line by line, from the facts that were read last; or what there is none of. */
export async function explainMatch({ stores, shelf, clock }: { stores: Pick<Stores, 'facts'>; shelf: PolicyShelf; clock: Clock }, uscc: string, policyId: string): Promise<string[] | { readonly missing: string }> {
  const policy = shelf.byId(policyId);
  if (policy === null) return { missing: `No policy is published under ${policyId}.` };
  const [held] = await stores.facts.byUscc([uscc]);
  if (held === undefined) return { missing: `No facts are held of ${uscc}; is it registered, and were the facts read (repair-facts)?` };
  const situation = { facts: { values: held.values, dates: held.dates }, referenceDate: dayInShanghai(clock.now()) };
  const { criteria, benefit, title } = policy.content;
  const { outcome, criteria: results } = evaluate(criteria, situation);
  const missing = missingFacts(criteria, situation).toBeEligible.map((fact) => `${factDefinition(fact)?.label ?? fact} (${fact})`);
  const miss = nearestMiss(criteria, situation).map(({ message }) => message);
  return [
    `${held.name} (${uscc}) under ${title} (${policyId}, version ${policy.record.version}) on ${situation.referenceDate}: ${outcome}`,
    ...results.flatMap((result) => linesOf(result, 1)),
    ...(missing.length > 0 ? [`Missing facts that would decide it: ${missing.join(', ')}`] : []),
    ...(miss.length > 0 ? [`Nearest way to it: ${miss.join('; ')}`] : []),
    ...(outcome === 'ELIGIBLE' ? [amountLine(awardOf(benefit, situation))] : []),
  ];
}

function amountLine(award: ReturnType<typeof awardOf>): string {
  if (award.known) return `Amount: ${yuanOf(award.fen)} yuan`;
  return `Amount not known: ${award.reason}${award.missing.length > 0 ? ` (${award.missing.join(', ')})` : ''}`;
}

function linesOf({ text, outcome, expected, actual, source, asOf, of }: CriterionResult, depth: number): string[] {
  const found = actual === null ? 'nothing recorded' : `recorded ${actual}${asOf === null ? '' : ` for ${asOf}`}`;
  const detail = of.length > 0 ? '' : `: asked ${expected}, ${found}${source === null ? '' : `, by ${source}`}`;
  return [`${'  '.repeat(depth)}${MARK[outcome]} ${text}${detail}`, ...of.flatMap((member) => linesOf(member, depth + 1))];
}
