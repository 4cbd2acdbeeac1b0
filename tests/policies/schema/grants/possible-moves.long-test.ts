import type { Actor } from '@zhitong/kit';
import { addDays } from '@zhitong/values';
import { GRANT_MOVES, type GrantMove } from '../../../../subgraphs/policies/src/domain/grant/grant.js';
import { matchAll } from '../../../../subgraphs/policies/src/usecases/match-enterprises.js';
import { CASHIER, grantRig, MAKER } from '../../support/grant-rig.js';
import { officer, policiesUnderTest, usccOf, type PoliciesUnderTest } from '../../support/policies-under-test.js';

const ENTERPRISES = 6;
/** Of each seed; `MOVES_STEPS=90 npm run test:long -- schema/grants/possible-moves` goes further. */
const STEPS = Number(process.env['MOVES_STEPS'] ?? 36);
const BANK: Actor = { sub: 'bank', roles: ['SERVICE'], department: 'RSJ' };

let policies: PoliciesUnderTest;
let day = '2026-11-20';
const now = (): Date => new Date(`${day}T04:00:00Z`);
const rig = grantRig(() => policies, now);
beforeAll(async () => void (policies = await policiesUnderTest(import.meta.url, { now })));
beforeEach(() => void (day = '2026-11-20'));
afterEach(async () => policies.reset());
afterAll(async () => policies.close());

/** Numbers that look random and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const named = async (id: string, actor: Actor): Promise<GrantMove[]> => {
  const { data } = await policies.ask<{ grants: { nodes: { id: string; legalMoves: GrantMove[] }[] } }>(
    '{ grants(first: 50) { nodes { id legalMoves } } }',
    { actor },
  );
  return data?.grants.nodes.find((node) => node.id === id)?.legalMoves ?? [];
};
const grantOf = async (id: string) => {
  const [grant] = await policies.department.stores.grants.byId([id]);
  if (grant === undefined) throw new Error(`${id} is not there`);
  return grant;
};

/** Tries a move by the command that makes it; true when it is not refused. */
async function tried(id: string, move: GrantMove): Promise<boolean> {
  const grant = await grantOf(id);
  switch (move) {
    case 'CONFIRM':
      return (await rig.confirm(grant)).kind === 'done';
    case 'KEEP':
      return (await rig.decide(id, 'KEEP')).kind === 'done';
    case 'CHANGE_AMOUNT':
      return (await rig.decide(id, 'CHANGE_AMOUNT', grant.paidFen + 1)).kind === 'done';
    case 'SETTLE':
    case 'RETURN': {
      for (const { id: orderId } of (await policies.department.stores.funds.ofGrants([id])).toReversed()) {
        const report = { ...rig.command(BANK), orderId, settled: move === 'SETTLE', reason: '账户已销户' };
        if ((await policies.department.grantCommands.reportPayment(report)).kind === 'done') return true;
      }
      return false;
    }
    case 'SUSPEND':
      return false;
    default:
      return (await rig.move([id], move)).kind === 'done';
  }
}

describe('the moves that a grant names', () => {
  it.each([7, 99])('are not refused, and all others are, whatever happens to it (seed %i)', async (seed) => {
    const chance = numbers(seed);
    const benefit = {
      kind: 'cash',
      amount_yuan: 1_000,
      instalments: [0.6, 0.4],
      instalment_terms: [{}, { after_months: 1 }],
    };
    await policies.publish({ id: 'staff', benefit, budget_yuan: 3_500 });
    const all = Array.from({ length: ENTERPRISES }, (_, number) => usccOf(number));
    await policies.know(Object.fromEntries(all.map((uscc) => [uscc, { employees: 10 }])));
    await matchAll(policies.department);
    await rig.identify();
    const ids = (await rig.all()).map(({ id }) => id).sort();
    expect(ids).toHaveLength(ENTERPRISES);
    const seen = new Set<string>();
    for (let step = 0; step < STEPS; step += 1) {
      await happen(ids[chance(ids.length)] ?? '', chance);
      const id = ids[chance(ids.length)] ?? '';
      const moves = await named(id, MAKER);
      const cashiers = await named(id, CASHIER);
      const may = (move: GrantMove): boolean => (move === 'PAY' ? cashiers : moves).includes(move);
      const { status } = await grantOf(id);
      for (const move of GRANT_MOVES.filter((one) => !may(one)))
        expect([seed, step, status, move, await tried(id, move)]).toEqual([seed, step, status, move, false]);
      // To withdraw is possible nearly always, and the end of everything.
      const open = GRANT_MOVES.filter((move) => may(move) && (move !== 'WITHDRAW' || chance(8) === 0));
      const move = open[chance(open.length)];
      if (move === undefined) continue;
      seen.add(`${status} ${move}`);
      expect([seed, step, status, move, await tried(id, move)]).toEqual([seed, step, status, move, true]);
    }
    // The walk went somewhere.
    expect(seen.size).toBeGreaterThan(8);
  });

  /** Something that changes what can be done with a grant, or nothing. */
  async function happen(id: string, chance: (below: number) => number): Promise<void> {
    const { objectionCommands, recoveryCommands, stores } = policies.department;
    const { uscc, publicUntil } = await grantOf(id);
    switch (chance(9)) {
      case 0:
      case 1:
        day = addDays(day, 1 + chance(20));
        return;
      case 2:
        if (publicUntil !== null)
          await objectionCommands.raise({ ...rig.command(officer), grantId: id, text: '去年已享受' });
        return;
      case 3: {
        const open = (await stores.objections.ofGrants([id])).find(({ state }) => state === 'OPEN');
        const decision = { objectionId: open?.id ?? '', upheld: chance(4) === 0, reason: '已核实' };
        await objectionCommands.decide({ ...rig.command({ ...officer, sub: 'judge' }), ...decision });
        return;
      }
      case 4: {
        const instalments = [{ dueOn: '2028-06-01', fen: 1_000 }];
        await recoveryCommands.propose({ ...rig.command(MAKER), grantId: id, reason: '核查发现', instalments });
        return;
      }
      case 5: {
        const open = (await stores.recoveries.ofGrants([id])).find(({ state }) => state === 'PROPOSED');
        const decision = chance(2) === 0 ? 'DEMAND' : 'REJECT';
        const who = rig.command({ ...officer, sub: 'reviewer' });
        await recoveryCommands.decide({ ...who, recoveryId: open?.id ?? '', decision, reason: '已核实' });
        return;
      }
      case 6: {
        const open = (await stores.recoveries.ofGrants([id])).find(({ state }) => state === 'DEMANDED');
        const receipt = { recoveryId: open?.id ?? '', fen: 1_000, receivedOn: day, reference: `HD${id}${day}` };
        await recoveryCommands.receive({ ...rig.command(CASHIER), ...receipt });
        return;
      }
      case 7:
        await policies.know({ [uscc]: { employees: chance(2) === 0 ? 3 : 10 } });
        return;
      default:
    }
  }

  it('do not hold a payment by who approved it, nor an approval while a change is being read', async () => {
    await policies.publish({ id: 'staff' });
    await policies.know({ [usccOf(1)]: { employees: 10 } });
    await matchAll(policies.department);
    await rig.identify();
    const [id = ''] = await rig.publicise();
    day = '2026-12-01';
    const { matchState } = policies.department.stores;
    await policies.department.connection.transaction(async (session) =>
      matchState.noteStale(usccOf(1), now(), session),
    );
    expect(await named(id, MAKER)).toEqual(['WITHDRAW']);
    expect(await tried(id, 'APPROVE')).toBe(false);
    await policies.database.connection.collection('staleEnterprises').deleteMany({});
    expect(await named(id, MAKER)).toEqual(['APPROVE', 'WITHDRAW']);
    expect(await tried(id, 'APPROVE')).toBe(true);
    expect([await named(id, MAKER), await named(id, CASHIER)]).toEqual([['WITHDRAW'], ['PAY', 'WITHDRAW']]);
  });
});
