import { dayInShanghai } from '@zhitong/values';
import { mayWriteFor } from '../domain/access.js';
import { pledgeMoves, pledgeState } from '../domain/standing/pledge.js';
import type { PledgeResolvers } from '../generated/resolvers-types.js';

export const Pledge: PledgeResolvers = {
  department: ({ department }) => ({ code: department }),
  state: (pledge) => pledgeState(pledge),
  legalMoves: (pledge, _args, { actor, clock, ledgerOffice }) =>
    mayWriteFor(actor, pledge.department, ledgerOffice) ? pledgeMoves(pledge, dayInShanghai(clock.now())) : [],
  events: ({ events }) =>
    events.map((event) => ({
      kind: event.kind,
      on: event.on,
      finding: event.finding,
      kept: event.kind === 'CHECKED' ? event.kept : null,
      consequence: event.kind === 'BREACHED' ? event.consequence : null,
      document: event.kind === 'BREACH_WITHDRAWN' ? event.document : null,
    })),
};
