import { FINDING_STATES } from '../../../../subgraphs/enterprises/src/domain/visits/finding.js';
import {
  findingMoves,
  visitMoves,
  type VisitParty,
} from '../../../../subgraphs/enterprises/src/domain/visits/visit-moves.js';
import { VISIT_STATES } from '../../../../subgraphs/enterprises/src/domain/visits/visit.js';

const OWN = '91420000000000001X';
const PARTIES: Readonly<Record<string, VisitParty | null>> = {
  coordinator: { kind: 'COORDINATOR' },
  'own department': { kind: 'DEPARTMENT', department: 'RSJ' },
  'another department': { kind: 'DEPARTMENT', department: 'JXJ' },
  'the enterprise': { kind: 'ENTERPRISE', uscc: OWN },
  'another enterprise': { kind: 'ENTERPRISE', uscc: '91420000000000002X' },
  'whoever only reads': null,
};
const visit = { uscc: OWN, departmentCode: 'RSJ', confirmation: null };

/** What each party can do, of those that can do anything. */
const table = (moves: (party: VisitParty | null) => readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(
    Object.entries(PARTIES).flatMap(([name, party]) => (moves(party).length === 0 ? [] : [[name, moves(party)]])),
  );

describe('what can be done with a visit', () => {
  it('is recording and calling off while it is planned, then confirming, and withdrawing by the coordinator', () => {
    const byState = VISIT_STATES.map((state) => [state, table((party) => visitMoves({ ...visit, state }, party))]);
    expect(Object.fromEntries(byState)).toEqual({
      PLANNED: { coordinator: ['RECORD', 'WITHDRAW'], 'own department': ['RECORD', 'WITHDRAW'] },
      HELD: { coordinator: ['WITHDRAW'], 'the enterprise': ['CONFIRM'] },
      CANCELLED: {},
      WITHDRAWN: {},
    });
  });

  it('is not confirming it twice', () => {
    const confirmed = { ...visit, state: 'HELD', confirmation: { tookPlace: true } } as const;
    expect(table((party) => visitMoves(confirmed, party))).toEqual({ coordinator: ['WITHDRAW'] });
  });
});

describe('what can be done with a problem that a visit found', () => {
  it('is settling it or making it a case, while it is on the list of the own department', () => {
    const byState = FINDING_STATES.map((state) => [
      state,
      table((party) => findingMoves({ departmentCode: 'RSJ', state }, party)),
    ]);
    const both = ['SETTLE', 'RAISE'];
    expect(Object.fromEntries(byState)).toEqual({
      LISTED: { coordinator: both, 'own department': both },
      SENT: {},
      IN_CASE: {},
      SETTLED: {},
      WITHDRAWN: {},
      VOID: {},
    });
  });
});
