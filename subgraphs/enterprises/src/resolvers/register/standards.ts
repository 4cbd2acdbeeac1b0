import { badUserInput } from '@zhitong/kit';
import { normalText } from '@zhitong/values';
import {
  DIVISION_EDITION,
  DIVISIONS,
  divisionOf,
  seatOf,
  type DivisionEntry,
} from '../../domain/standards/administrative-divisions.js';
import {
  INDUSTRIES,
  INDUSTRY_EDITION,
  industryOf,
  type IndustryEntry,
} from '../../domain/standards/industry-classes.js';
import { regionsOf } from '../../domain/regions.js';
import type { StandardEntry, StandardTree } from '../../domain/standards/standard-tree.js';
import { said } from '../../domain/refusal-words.js';
import type {
  AdministrativeDivisionResolvers,
  IndustryClassResolvers,
  QueryResolvers,
} from '../../generated/resolvers-types.js';

/** A code as it is written in the lists: half width, capital letters. */
const codeOf = (text: string): string => normalText(text).toUpperCase();

/** The entries of an edition that exist, by code. */
const entries = <Level extends string>(
  { entry }: StandardTree<Level>,
  codes: readonly string[],
  edition: string,
): StandardEntry<Level>[] => codes.flatMap((code) => entry(code, edition) ?? []);

/** @throws GraphQLError BAD_USER_INPUT when there is no such edition, or nothing with the code of the parent in it */
function childrenOf<Level extends string>(
  tree: StandardTree<Level>,
  { parent, edition }: { parent?: string | null; edition: string },
): StandardEntry<Level>[] {
  const named = editionOf(tree, edition);
  const code = parent === undefined || parent === null ? null : codeOf(parent);
  if (code !== null && tree.entry(code, named) === undefined)
    throw badUserInput(said('NO_SUCH_PARENT', { edition: named, value: JSON.stringify(code.slice(0, 40)) }), [
      'parent',
    ]);
  return [...tree.below(code, named)];
}

function editionOf({ editions }: StandardTree, edition: string): string {
  const found = editions.find((one) => one === normalText(edition));
  if (found === undefined)
    throw badUserInput(
      said('NO_SUCH_EDITION', { value: JSON.stringify(edition.slice(0, 40)), editions: editions.join(' and ') }),
      ['edition'],
    );
  return found;
}

/** The entry that a registered industry means; null when there is no industry, or one of no known section. */
export const entryOfIndustry = (industry: { code: string; name: string } | null): IndustryEntry | null =>
  industry === null ? null : (industryOf(industry) ?? null);

/** The division of a registered district; null when there is none, or none of that code in the list. */
export const divisionOfRegion = (region: { code: string } | null): DivisionEntry | null =>
  region === null ? null : (divisionOf(region.code) ?? null);

export const standardQueries: Pick<
  QueryResolvers,
  'industryClasses' | 'industryClass' | 'administrativeDivisions' | 'administrativeDivision' | 'cityDivisions'
> = {
  industryClasses: (_root, args) => childrenOf(INDUSTRIES, args),
  industryClass: (_root, { code, edition }) => INDUSTRIES.entry(codeOf(code), editionOf(INDUSTRIES, edition)) ?? null,
  administrativeDivisions: (_root, args) => childrenOf(DIVISIONS, args),
  administrativeDivision: (_root, { code }) => divisionOf(codeOf(code)) ?? null,
  cityDivisions: async (_root, _args, { stores }) =>
    regionsOf(await stores.departments.all(undefined)).flatMap((region) => divisionOfRegion(region) ?? []),
};

export const IndustryClass: IndustryClassResolvers = {
  parent: ({ parent, edition }) => (parent === null ? null : (INDUSTRIES.entry(parent, edition) ?? null)),
  children: ({ code, edition }) => [...INDUSTRIES.below(code, edition)],
  successors: ({ successors }) => entries(INDUSTRIES, successors, INDUSTRY_EDITION),
  predecessors: ({ code, edition }) => (edition === INDUSTRY_EDITION ? [...INDUSTRIES.became(code)] : []),
};

export const AdministrativeDivision: AdministrativeDivisionResolvers = {
  parent: ({ parent, edition }) => (parent === null ? null : (DIVISIONS.entry(parent, edition) ?? null)),
  children: ({ code, edition }) => [...DIVISIONS.below(code, edition)],
  successors: ({ successors }) => entries(DIVISIONS, successors, DIVISION_EDITION),
  predecessors: ({ code, edition }) => (edition === DIVISION_EDITION ? [...DIVISIONS.became(code)] : []),
  seat: seatOf,
};
