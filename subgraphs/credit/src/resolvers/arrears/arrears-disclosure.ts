import { badUserInput } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen } from '@zhitong/values';
import { isDisclosedYear } from '../../domain/arrears/disclosure.js';
import type { QueryResolvers } from '../../generated/resolvers-types.js';
import { disclosedWith } from '../../usecases/arrears/disclose-arrears.js';

/** The yearly disclosure, without the contracts and enterprises that it is made of. */
export const arrearsDisclosure: NonNullable<QueryResolvers['arrearsDisclosure']> = async (
  _root,
  { year },
  { clock, disclosures },
) => {
  const now = clock.now();
  if (!isDisclosedYear(year, dayInShanghai(now)))
    throw badUserInput(`year is ${year}; there is a disclosure of the years from 2020 on that are over.`, ['year']);
  const { departments, ...disclosure } = await disclosures.of(year, disclosedWith(year, now));
  return {
    year,
    asOf: disclosure.asOf,
    knownOn: disclosure.knownOn,
    publishBy: disclosure.publishBy,
    source: disclosure.source,
    departments: departments.map(({ debtor, contractCount, amount, interest }) => ({
      department: { code: debtor },
      contractCount,
      amount: moneyOfFen(amount),
      lateInterestAmount: moneyOfFen(interest),
    })),
    contractCount: departments.reduce((sum, { contractCount }) => sum + contractCount, 0),
    amount: moneyOfFen(departments.reduce((sum, { amount }) => sum + amount, 0n)),
  };
};
