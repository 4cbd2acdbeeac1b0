import type { Clock } from '@zhitong/kit';
import { dayInShanghai, formatYuan, type LegalDay } from '@zhitong/values';
import { awardOf, isNothingLeft } from '../domain/benefit/benefit.js';
import { evaluate, type CriterionResult } from '../domain/evaluation/evaluate.js';
import type { Facts } from '../domain/facts/fact-values.js';
import { factDefinition } from '../domain/facts/facts.js';
import { hadBeforeFen, type StandingBenefit } from '../domain/grant/held-benefit.js';
import { matchable, type MatchablePolicy } from '../domain/matching/match.js';
import { missingFacts } from '../domain/evaluation/missing-facts.js';
import { nearestMiss } from '../domain/evaluation/nearest-miss.js';
import { parameterName } from '../domain/parameters/parameters.js';
import { registerBar, type RegisterBar } from '../domain/policy/register-bar.js';
import type { PastFactsSource } from '../graph/facts-source.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import { factsIn } from '../models/enterprise-facts.js';
import type { Stores } from '../stores.js';
import { askedOf } from './facts/asked-facts.js';
import { asksOfGrants, heldOn } from './grants/held-on.js';

const MARK = { MET: '[met]    ', NOT_MET: '[not met]', UNKNOWN: '[unknown]' } as const;

const BARRED: Readonly<Record<RegisterBar, string>> = {
  DEREGISTERED: 'It is struck off the register (已注销): nobody who is has anything of a policy',
  LICENCE_REVOKED: 'Its licence was revoked (吊销营业执照): nobody whose licence was has anything of a policy',
};

/** An earlier day, and where its facts are read. */
export interface EarlierDay {
  readonly day: LegalDay;
  readonly source: PastFactsSource;
}

interface Named {
  readonly name: string;
  readonly facts: Facts;
}

/**
 * A match in words, line by line, from the facts that were read last, or of an earlier day from those that the graph
 * returns of it; or what there is none of.
 * @throws GraphUnreachable when the facts of an earlier day cannot be read.
 */
export async function explainMatch(
  {
    stores,
    shelf,
    clock,
  }: { stores: Pick<Stores, 'facts' | 'grants' | 'funds' | 'recoveries'>; shelf: PolicyShelf; clock: Clock },
  uscc: string,
  policyId: string,
  earlier: EarlierDay | null = null,
): Promise<string[] | { readonly missing: string }> {
  if (shelf.byId(policyId) === null) return { missing: `No policy is published under ${policyId}.` };
  const policy = earlier === null ? shelf.byId(policyId) : shelf.versionOn(policyId, earlier.day);
  if (policy === null) return { missing: `No version of ${policyId} applied on ${earlier?.day ?? 'that day'}.` };
  const held =
    earlier === null
      ? await heldFacts(stores, uscc)
      : ((await earlier.source.enterprisesOn([uscc], earlier.day))[0] ?? null);
  if (held === null)
    return {
      missing:
        earlier === null
          ? `No facts are held of ${uscc}; is it registered, and were the facts read (repair-facts)?`
          : `${uscc} was not registered on ${earlier.day}.`,
    };
  const referenceDate = earlier?.day ?? dayInShanghai(clock.now());
  const { title } = policy.content;
  const ready = matchable({ ...policy.content, version: policy.record.version }, referenceDate, shelf.parameters());
  const { criteria, benefit } = ready;
  const given =
    earlier === null
      ? await heldToday(stores, uscc, ready)
      : await heldOn(stores, { uscc, policies: [ready], day: earlier.day });
  const withAsked = askedOf([ready], given);
  const situation = { facts: withAsked === null ? held.facts : withAsked(uscc, held.facts), referenceDate };
  const { outcome: decided, criteria: results } = evaluate(criteria, situation);
  const hadFen = hadBeforeFen(policy.content, referenceDate, given);
  const bar = registerBar(situation.facts.values);
  const award = decided === 'ELIGIBLE' && bar === null ? awardOf(benefit, situation, hadFen) : null;
  const isUsedUp = award !== null && isNothingLeft(award, hadFen);
  const outcome = isUsedUp || bar !== null ? 'NOT_ELIGIBLE' : decided;
  const missing = missingFacts(criteria, situation).toBeEligible.map(
    (fact) =>
      `${factDefinition(fact)?.label ?? shelf.parameters().get(parameterName(fact) ?? '')?.label ?? fact} (${fact})`,
  );
  const miss = nearestMiss(criteria, situation).map(({ message }) => message);
  return [
    `${held.name} (${uscc}) under ${title} (${policyId}, version ${policy.record.version}) on ${situation.referenceDate}: ${outcome}`,
    ...results.flatMap((result) => linesOf(result, 1)),
    ...(missing.length > 0 ? [`Missing facts that would decide it: ${missing.join(', ')}`] : []),
    ...(miss.length > 0 ? [`Nearest way to it: ${miss.join('; ')}`] : []),
    ...(bar === null ? [] : [BARRED[bar]]),
    ...(isUsedUp ? [`Nothing is left (差额为零): ${formatYuan(hadFen)} yuan were had under it before`] : []),
    ...(award === null || isUsedUp ? [] : [amountLine(award)]),
  ];
}

async function heldFacts({ facts }: Pick<Stores, 'facts'>, uscc: string): Promise<Named | null> {
  const [held] = await facts.byUscc([uscc]);
  return held === undefined ? null : { name: held.name, facts: factsIn(held) };
}

const heldToday = async (
  { grants }: Pick<Stores, 'grants'>,
  uscc: string,
  policy: MatchablePolicy,
): Promise<readonly StandingBenefit[]> =>
  asksOfGrants([policy]) ? ((await grants.heldIn([uscc], null)).get(uscc) ?? []) : [];

function amountLine(award: ReturnType<typeof awardOf>): string {
  if (award.known) return `Amount: ${formatYuan(award.fen)} yuan`;
  return `Amount not known: ${award.reason}${award.missing.length > 0 ? ` (${award.missing.join(', ')})` : ''}`;
}

function linesOf(result: CriterionResult, depth: number): string[] {
  const { text, outcome, expected, actual, source, asOf, year, recorded, unusable, of } = result;
  const nothing = unusable === null ? 'nothing recorded' : `what is recorded cannot be used: ${unusable}`;
  const authority = source === null ? '' : `, by ${source}`;
  const by =
    recorded === null
      ? authority
      : `, entered by ${recorded.department} on ${recorded.on}${recorded.run === null ? '' : ` in run ${recorded.run}`}`;
  const found = actual === null ? nothing : `recorded ${actual}${asOf === null ? '' : ` for ${asOf}`}`;
  const detail = of.length > 0 ? '' : `: asked ${expected}${year === null ? '' : ` of ${year}`}, ${found}${by}`;
  return [
    `${'  '.repeat(depth)}${MARK[outcome]} ${text}${detail}`,
    ...of.flatMap((member) => linesOf(member, depth + 1)),
  ];
}
