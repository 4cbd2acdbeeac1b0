import { badUserInput } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import { disclosedSums, isDisclosedYear, type DisclosedDebtor } from '../../domain/arrears/disclosure.js';
import type { ArrearsDisclosureResolvers, QueryResolvers } from '../../generated/resolvers-types.js';
import { correctionSince, disclosedWith } from '../../usecases/arrears/disclose-arrears.js';
import { said } from '../../domain/refusal-words.js';

const departmentOf = ({ debtor, contractCount, amount, interest }: DisclosedDebtor) => ({
  department: { code: debtor },
  contractCount,
  amount: moneyOfFen(amount),
  lateInterestAmount: moneyOfFen(interest),
});

/** The yearly disclosure, without the contracts and enterprises that it is made of. */
export const arrearsDisclosure: NonNullable<QueryResolvers['arrearsDisclosure']> = async (
  _root,
  { year },
  { clock, disclosures, stores },
) => {
  const now = clock.now();
  if (!isDisclosedYear(year, dayInShanghai(now))) throw badUserInput(said('NO_DISCLOSURE_OF_YEAR', { year }), ['year']);
  const published = await stores.publishedDisclosures.of(year);
  return { published, disclosure: published ?? (await disclosures.of(year, disclosedWith(year, now))) };
};

export const ArrearsDisclosure: ArrearsDisclosureResolvers = {
  year: ({ disclosure }) => disclosure.year,
  asOf: ({ disclosure }) => disclosure.asOf,
  knownOn: ({ disclosure }) => disclosure.knownOn,
  publishBy: ({ disclosure }) => disclosure.publishBy,
  publishedOn: ({ published }) => published?.publishedOn ?? null,
  source: ({ disclosure }) => disclosure.source,
  departments: ({ disclosure }) => disclosure.departments.map(departmentOf),
  contractCount: ({ disclosure }) => disclosedSums(disclosure).contractCount,
  amount: ({ disclosure }) => moneyOfFen(disclosedSums(disclosure).amount),
  corrected: async ({ published }, _args, { clock, disclosures }) => {
    const correction = published && (await correctionSince(published, disclosures.of, clock.now()));
    if (correction === null) return null;
    const { knownOn, departments, contractCount, amount } = correction;
    return { knownOn, departments: departments.map(departmentOf), contractCount, amount: moneyOfFen(amount) };
  },
};
