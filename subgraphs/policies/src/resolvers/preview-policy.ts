import { badUserInput, forbidden } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import { mayReadDraftOf, mayReadMatches } from '../domain/access.js';
import { factsOfPolicy } from '../domain/policy/facts-of-policy.js';
import { POLICIES_HAD } from '../domain/policy/had-before.js';
import { askBeside, askedColumns, askHad, yearsAskedBy } from '../usecases/facts/asked-facts.js';
import { readPolicy } from '../domain/format/import-format.js';
import { matchable, type MatchablePolicy } from '../domain/matching/match.js';
import type { CityColumns } from '../domain/facts/city-columns.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import { previewOf, type PreviewGroup, type PreviewResult } from '../domain/matching/preview.js';
import { byEnterprise } from '../domain/grant/held-benefit.js';
import { said } from '../domain/refusal-words.js';
import { heldAgainst } from '../usecases/grants/held-against.js';
import type { Context } from '../context.js';
import type { PreviewPolicyInput, QueryResolvers } from '../generated/resolvers-types.js';
import { definitionOf } from './policy-match.js';

const SHOWN_PROBLEMS = 20;

/** The policy to preview: a draft that can be used, or a published one. */
async function readInput(
  { draft, policy: id }: PreviewPolicyInput,
  { shelf, actor, stores }: Context,
  today: string,
): Promise<PolicyContent> {
  if ((draft === null || draft === undefined) === (id === null || id === undefined))
    throw badUserInput(said('DRAFT_OR_POLICY'), ['input']);
  if (typeof id === 'string') {
    const shelved = shelf.byId(id);
    if (shelved === null)
      throw badUserInput(said('NO_POLICY_PUBLISHED', { policy: JSON.stringify(id.slice(0, 64)) }), ['input', 'policy']);
    return shelved.content;
  }
  const { policy, problems } = readPolicy(draft, today, await stores.parameters.known());
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  if (policy === null)
    throw badUserInput(
      said('DRAFT_CANNOT_BE_USED', {
        problems: shown.map(({ place, message }) => `${place}: ${message}`).join(' '),
        problemsInChinese: shown.map(({ place, zh }) => `${place}：${zh}`).join('；'),
      }),
      ['input', 'draft'],
    );
  if (policy.issuerCode !== null && !mayReadDraftOf(actor, policy.issuerCode))
    throw forbidden(said('DRAFT_OF_ANOTHER', { department: policy.issuerCode }));
  return policy;
}

export const previewPolicy: NonNullable<QueryResolvers['previewPolicy']> = async (_root, { input }, context) => {
  const { actor, clock, financialDepartments, shelf, city, stores } = context;
  if (!mayReadMatches(actor, financialDepartments)) throw forbidden(said('PREVIEW_FOR_OFFICIALS'));
  const referenceDate = dayInShanghai(clock.now());
  const content = await readInput(input, context, referenceDate);
  const shown = shelf.byId(content.id);
  // Nobody has what a draft for comment [征求意见稿] says, so that nobody gains or loses against it.
  const shelved = shown?.content.stage === 'DRAFT' && shown.content !== content ? null : shown;
  const ready = (policy: PolicyContent, version: number): MatchablePolicy =>
    matchable({ ...policy, version }, referenceDate, shelf.parameters());
  const draft = ready(content, 0);
  // A policy that is previewed as it is differs from nothing.
  const isAsPublished = shelved?.content === content;
  const published = isAsPublished ? draft : shelved === null ? null : ready(shelved.content, shelved.record.version);
  const [against, before] = await Promise.all([
    heldAgainst(content, referenceDate, context),
    shelved === null || isAsPublished ? null : heldAgainst(shelved.content, referenceDate, context),
  ]);
  const preview = previewOf(draft, published, { draft: against, published: before ?? against });
  const policies = published === null || isAsPublished ? [draft] : [draft, published];
  const facts = [
    ...new Set([...factsOfPolicy(content), ...(shelved?.facts ?? []), ...yearsAskedBy(policies), POLICIES_HAD]),
  ];
  const usccs = askBeside(policies) ? usccsOf : () => [];
  const heldOfAsked = byEnterprise(
    askHad(policies) ? await stores.grants.heldUnder(policies.flatMap(({ asksHadOf }) => asksHadOf)) : [],
  );
  for await (const table of city.tables(facts)) {
    const beside = await askedColumns(stores, { usccs: usccs(table), policies, held: heldOfAsked }, null);
    // One city in memory serves all previews, and follows changes: what this one asks beside it is there for a moment.
    beside?.putInto(table.facts);
    preview.add(table);
    if (beside !== null) table.facts.drop(beside.names);
  }
  return translated(preview.result(), {
    referenceDate,
    budgetFen: content.budgetFen,
    version: shelved?.record.version ?? 0,
  });
};

const usccsOf = (table: CityColumns): string[] =>
  Array.from({ length: table.facts.rows }, (_, row) => table.usccAt(row));

function translated(
  result: PreviewResult,
  { referenceDate, budgetFen, version }: { referenceDate: string; budgetFen: number | null; version: number },
) {
  const { counts, costFen, comparison } = result;
  return {
    referenceDate,
    enterprises: result.enterprises,
    eligible: counts.ELIGIBLE,
    undetermined: counts.UNDETERMINED,
    notEligible: counts.NOT_ELIGIBLE,
    barred: result.barred,
    cost: moneyOfFen(costFen),
    worth: moneyOfFen(result.worthFen),
    amountUnknown: result.amountUnknown,
    budget: budgetFen === null ? null : moneyOfFen(budgetFen),
    overBudget: budgetFen === null || costFen <= budgetFen ? null : moneyOfFen(costFen - budgetFen),
    funnel: [...result.funnel],
    missingFacts: result.missing.flatMap(({ fact, enterprises }) =>
      definitionOf(fact).map((definition) => ({ fact: definition, enterprises })),
    ),
    byIndustry: result.bySection.map(group),
    byDistrict: result.byRegion.map(group),
    byScale: result.byScale.map(group),
    comparison:
      comparison === null
        ? null
        : {
            version,
            gaining: comparison.gaining,
            losing: comparison.losing,
            costDifference: moneyOfFen(comparison.costDifferenceFen),
            gainers: comparison.gainers.map((uscc) => ({ uscc })),
            losers: comparison.losers.map((uscc) => ({ uscc })),
          },
  };
}

const group = ({ key, eligible, costFen }: PreviewGroup) => ({ key, eligible, cost: moneyOfFen(costFen) });
