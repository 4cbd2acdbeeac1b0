import type { CommandOutcome } from '@zhitong/kit/commands';
import type { Actor } from '@zhitong/kit';
import type { GrantMove } from '../../../subgraphs/policies/src/domain/grant/grant.js';
import type { GrantRecord } from '../../../subgraphs/policies/src/models/grants/grant-record.js';
import type { MovedGrants } from '../../../subgraphs/policies/src/usecases/grant-commands.js';
import { usccOf, type PoliciesUnderTest } from './policies-under-test.js';

/** Who does what with grants in these tests: one officer for the procedure, another one for the money. */
export const MAKER: Actor = { sub: 'maker', roles: ['OFFICER'], department: 'RSJ' };
export const CASHIER: Actor = { sub: 'cashier', roles: ['OFFICER'], department: 'RSJ' };
const BANK: Actor = { sub: 'bank', roles: ['SERVICE'], department: 'RSJ' };

/** An enterprise's own account, under its registered name. */
export const accountOf = (uscc: string) => ({
  holder: `企业${uscc.slice(12, 16)}`,
  bank: '农商行',
  number: `62220212${uscc.slice(10, 16).replace(/\D/g, '7')}00`,
});

/** The procedure of grants in single steps, as officers, enterprises and the bank take them. */
export function grantRig(policies: () => PoliciesUnderTest, now: () => Date) {
  let keys = 0;
  const command = (actor: Actor) => ({
    idempotencyKey: `grant-rig-${String((keys += 1))}`,
    actor,
    now: now(),
    mayWrite: () => true,
  });
  const commands = () => policies().department.grantCommands;
  const all = async (): Promise<GrantRecord[]> =>
    policies().department.stores.grants.list({}, { limit: 500, position: undefined, backwards: false });
  const ofEnterprise = async (number: number): Promise<GrantRecord> => {
    const found = (await all()).find(({ uscc }) => uscc === usccOf(number));
    if (found === undefined) throw new Error(`enterprise ${String(number)} has no grant`);
    return found;
  };
  const move = async (grantIds: readonly string[], what: GrantMove): Promise<CommandOutcome<MovedGrants>> =>
    commands().move({ ...command(what === 'PAY' ? CASHIER : MAKER), grantIds, move: what, note: '' });
  const confirm = async (grant: GrantRecord, part: Partial<{ holder: string; number: string }> = {}) =>
    commands().confirm({
      ...command({ sub: 'contact', roles: ['ENTERPRISE'], uscc: grant.uscc }),
      grantId: grant.id,
      uscc: grant.uscc,
      account: { ...accountOf(grant.uscc), ...part },
    });
  return {
    command,
    all,
    ofEnterprise,
    move,
    confirm,
    identify: async (policyId = 'staff') => commands().identify({ ...command(MAKER), policyId }),
    decide: async (grantId: string, decision: 'KEEP' | 'CHANGE_AMOUNT' | 'WITHDRAW', amountFen: number | null = null) =>
      commands().decide({ ...command(MAKER), grantId, decision, amountFen, reason: '经核实' }),
    settle: async (orderId: string) =>
      commands().reportPayment({ ...command(BANK), orderId, settled: true, reason: '' }),
    /** Brings all grants that were identified to the public notice. */
    publicise: async (): Promise<string[]> => {
      const ids = (await all()).filter(({ status }) => status === 'IDENTIFIED').map(({ id }) => id);
      await move(ids, 'NOTIFY');
      for (const grant of await all()) if (grant.status === 'NOTIFIED') await confirm(grant);
      await move(ids, 'PUBLICISE');
      return ids;
    },
  };
}
