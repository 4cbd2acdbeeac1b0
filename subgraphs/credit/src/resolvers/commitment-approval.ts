import { forbidden } from '@zhitong/kit';
import { dayInShanghai } from '@zhitong/values';
import { mayAskForApproval, mayReadRecordOf } from '../domain/access.js';
import { pledgeBars } from '../domain/standing/pledge-bars.js';
import { said } from '../domain/refusal-words.js';
import type { EnterpriseResolvers } from '../generated/resolvers-types.js';
import { officesOf } from './own-credit.js';

/**
 * What a department decides an approval on a pledge by. Numbers are those that an officer of that department reads
 * without a purpose; that something bars the enterprise its standing tells anyway.
 */
export const commitmentApproval: NonNullable<EnterpriseResolvers['commitmentApproval']> = async (
  { uscc },
  { department, pledge },
  context,
) => {
  const { actor, clock, ledgerOffice, loaders, stores } = context;
  const offices = officesOf(context);
  if (!mayAskForApproval(actor, department, offices)) throw forbidden(said('MAY_PLEDGE_IS_FOR', { uscc }));
  const today = dayInShanghai(clock.now());
  const [view, pledges, named] = await Promise.all([
    loaders.standing(uscc, { asOf: today }),
    stores.pledges.breaches(uscc),
    typeof pledge === 'string' ? stores.pledges.byId(pledge) : null,
  ]);
  const { records = [], judgments = [] } = view ?? {};
  const officer = { sub: actor?.sub ?? '', roles: ['OFFICER'], department };
  return {
    bars: pledgeBars({ records, judgments, pledges }, { today, ledgerOffice }).map(
      ({ kind, number, keptBy, until }) => ({
        kind,
        number: mayReadRecordOf(officer, { uscc, recordedBy: keptBy }, offices) ? number : null,
        keptBy: { code: keptBy },
        until,
      }),
    ),
    pledge: named?.uscc === uscc && named.department === department ? named : null,
  };
};
