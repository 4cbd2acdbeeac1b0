import { randomUUID } from 'node:crypto';
import { refuse } from '@zhitong/kit/commands';
import { asStored, attachmentFaults } from '../../domain/intake.js';
import type { ConcludeReferralInput, MutationResolvers, ReferCaseInput } from '../../generated/resolvers-types.js';
import { changing, noteFaults } from './changing.js';
import { codeFaults } from './handling-mutations.js';

/** Mutations of accountability (问责直处). */
export const accountabilityMutations: Pick<MutationResolvers, 'referCase' | 'concludeReferral'> = {
  referCase: changing<ReferCaseInput>({
    name: 'referCase',
    faults: ({ department, reason, evidence }) => [
      ...codeFaults(department, ['department']),
      ...noteFaults('reason', reason),
      ...(evidence.length === 0
        ? [{ path: ['evidence'], message: 'a referral needs at least one link to evidence' }]
        : []),
      ...attachmentFaults(evidence).map((fault) => ({ ...fault, path: ['evidence', ...fault.path.slice(1)] })),
    ],
    names: ({ department }) => [{ kind: 'department', code: department, path: ['department'] }],
    decide: ({ department, reason, evidence }) => ({
      type: 'REFERRED',
      referralId: randomUUID(),
      department,
      reason: asStored(reason),
      evidence: [...evidence],
    }),
  }),
  concludeReferral: changing<ConcludeReferralInput>({
    name: 'concludeReferral',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ referral, outcome, note }, { view }) => {
      const pending = view.referrals.filter((mark) => mark.outcome === null).map((mark) => mark.referralId);
      if (!pending.includes(referral))
        return refuse('CONFLICT', `The case has no pending referral ${referral.slice(0, 40)}.`, ['referral'], {
          pending,
        });
      return { type: 'REFERRAL_CONCLUDED', referralId: referral, outcome, note: asStored(note) };
    },
  }),
};
