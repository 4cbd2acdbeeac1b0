import { pledgeState } from '../domain/standing/pledge.js';
import type { PledgeResolvers } from '../generated/resolvers-types.js';

export const Pledge: PledgeResolvers = {
  department: ({ department }) => ({ code: department }),
  state: (pledge) => pledgeState(pledge),
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
