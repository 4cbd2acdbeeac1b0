import { randomUUID } from 'node:crypto';
import { requireRole } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument, refuse, refuseFaults } from '@zhitong/kit/commands';
import { asStored, attachmentFaults, TEXT_LIMITS, textFaults } from '../../domain/intake.js';
import { personOutcomeFaults } from '../../domain/referral-figures.js';
import { lastDayFaults } from '../../domain/set-day.js';
import { said } from '../../domain/refusal-words.js';
import type { ConcludeReferralInput, MutationResolvers, ReferCaseInput } from '../../generated/resolvers-types.js';
import { casePayload, changing, longTextFaults, noteFaults } from './changing.js';
import { codeFaults } from './handling-mutations.js';

const MOST_PERSONS = 20;
const PERSON = { longest: TEXT_LIMITS.name, shortest: 2 } as const;

/** Mutations of accountability (问责直处). */
export const accountabilityMutations: Pick<
  MutationResolvers,
  'referCase' | 'concludeReferral' | 'issueClearingNotice'
> = {
  referCase: changing<ReferCaseInput>({
    name: 'referCase',
    faults: ({ department, reason, evidence, persons = [] }) => [
      ...(persons.length > MOST_PERSONS
        ? [{ path: ['persons'], ...said('TOO_MANY_PERSONS', { most: MOST_PERSONS, length: persons.length }) }]
        : []),
      ...persons.flatMap(({ name, post }, index) => [
        ...textFaults(name, ['persons', String(index), 'name'], PERSON),
        ...textFaults(post, ['persons', String(index), 'post'], PERSON),
      ]),
      ...codeFaults(department, ['department']),
      ...noteFaults('reason', reason),
      ...(evidence.length === 0 ? [{ path: ['evidence'], ...said('REFERRAL_NEEDS_EVIDENCE') }] : []),
      ...attachmentFaults(evidence).map((fault) => ({ ...fault, path: ['evidence', ...fault.path.slice(1)] })),
    ],
    names: ({ department }) => [{ kind: 'department', code: department, path: ['department'] }],
    decide: ({ department, reason, evidence, persons = [], concerning = 'OTHER', dueOn }, { calendar, today }) => {
      const faults = typeof dueOn === 'string' ? lastDayFaults(dueOn, { calendar, today }) : [];
      if (faults.length > 0) return refuseFaults(faults);
      return {
        type: 'REFERRED',
        referralId: randomUUID(),
        department,
        reason: asStored(reason),
        evidence: [...evidence],
        persons: persons.map(({ name, post }) => ({ name: asStored(name), post: asStored(post) })),
        concerning,
        ...(typeof dueOn === 'string' ? { dueOn } : {}),
      };
    },
  }),
  concludeReferral: changing<ConcludeReferralInput>({
    name: 'concludeReferral',
    faults: ({ note }) => noteFaults('note', note),
    decide: ({ referral, outcome, note, persons: given = [] }, { view }) => {
      const pending = view.referrals.filter((mark) => mark.outcome === null).map((mark) => mark.referralId);
      if (!pending.includes(referral))
        return refuse('CONFLICT', said('NO_PENDING_REFERRAL', { referral: referral.slice(0, 40) }), ['referral'], {
          pending,
        });
      const mark = view.referrals.find(({ referralId }) => referralId === referral);
      const persons = given.map(({ person, sanction }) => ({ person, sanction: sanction ?? null }));
      const faults = personOutcomeFaults({ persons: mark?.persons ?? [] }, outcome, persons);
      if (faults.length > 0) return refuseFaults(faults);
      return { type: 'REFERRAL_CONCLUDED', referralId: referral, outcome, note: asStored(note), persons };
    },
  }),
  issueClearingNotice: async (_root, { input }, context) => {
    const { actor, oversight, register } = context;
    requireRole(actor, ['COORDINATOR', 'AUDITOR'], 'issueClearingNotice');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { caseNumber, expectedVersion, referral, scope } = input;
    const faults = longTextFaults('text', input.text);
    if (faults.length > 0) return faultsPayload(faults);
    const text = asStored(input.text);
    return casePayload(
      await oversight.clear({ idempotencyKey, actor, caseNumber, expectedVersion, referral, text, scope, register }),
      context,
    );
  },
};
