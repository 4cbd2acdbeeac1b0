import { connectionOf, forbidden, parsePage } from '@zhitong/kit';
import { dayInShanghai, moneyOfFen, sumFen } from '@zhitong/values';
import type { Context } from '../context.js';
import { grantsWithin, isMachine, mayReadDoer, mayWritePolicyOf, type Caller } from '../domain/access.js';
import { askedBackFen, DEMANDED_STATES, overdueFen, recoveryMoves } from '../domain/grant/recovery.js';
import { said } from '../domain/refusal-words.js';
import type {
  GrantRecoveryEventResolvers,
  GrantRecoveryReceiptResolvers,
  GrantRecoveryResolvers,
  GrantResolvers,
  QueryResolvers,
} from '../generated/resolvers-types.js';
import { LATEST_RECOVERY_FIRST } from '../list-orders.js';
import type { GrantRecoveryRecord, RecoveryConditions } from '../models/grants/grant-recovery.js';

/** An enterprise learns of what was demanded, not of what an officer proposed and another one did not follow. */
const isShown = (actor: Caller | null, { state }: Pick<GrantRecoveryRecord, 'state'>): boolean =>
  grantsWithin(actor).kind !== 'enterprise' || DEMANDED_STATES.includes(state);

const recoveriesOf = async (grantId: string, { actor, loaders }: Context): Promise<GrantRecoveryRecord[]> =>
  ((await loaders.recoveriesOfGrant(grantId, null)) ?? []).filter((recovery) => isShown(actor, recovery));

/** What was asked back of a grant, and came. */
export const recoveryFieldsOfGrant: Pick<GrantResolvers, 'recoveries' | 'recovered' | 'canBeAskedBack'> = {
  canBeAskedBack: async ({ id, department, paidFen }, _args, { actor, loaders }) => {
    if (!mayWritePolicyOf(actor, department)) return null;
    const leftFen = paidFen - askedBackFen((await loaders.recoveriesOfGrant(id, null)) ?? []);
    return leftFen > 0 ? moneyOfFen(leftFen) : null;
  },
  recoveries: async ({ id }, _args, context) => recoveriesOf(id, context),
  recovered: async ({ id }, _args, context) =>
    moneyOfFen(sumFen((await recoveriesOf(id, context)).map(({ receivedFen }) => receivedFen))),
};

export const GrantRecovery: GrantRecoveryResolvers = {
  grant: async ({ grantId }, _args, { loaders }) => {
    const grant = await loaders.grant.load(grantId);
    if (grant === null) throw new Error(`A demand names the grant ${grantId}, which is not there.`);
    return grant;
  },
  amount: ({ amountFen }) => moneyOfFen(amountFen),
  received: ({ receivedFen }) => moneyOfFen(receivedFen),
  overdue: (recovery, _args, { clock }) => moneyOfFen(overdueFen(recovery, dayInShanghai(clock.now()))),
  instalments: ({ instalments }) => instalments.map(({ dueOn, fen }) => ({ dueOn, amount: moneyOfFen(fen) })),
  receipts: async ({ id }, _args, { loaders }) => (await loaders.receiptsOfRecovery(id, null)) ?? [],
  history: ({ steps }) => [...steps],
  legalMoves: (recovery, _args, { actor, clock }) => {
    const mayDecide = mayWritePolicyOf(actor, recovery.department);
    return recoveryMoves(recovery, {
      sub: actor?.sub ?? '',
      today: dayInShanghai(clock.now()),
      mayDecide,
      mayRecord: mayDecide || (isMachine(actor) && actor?.department === recovery.department),
    });
  },
};

export const GrantRecoveryReceipt: GrantRecoveryReceiptResolvers = {
  reference: ({ reference, given }) => given ?? reference,
  amount: ({ fen }) => moneyOfFen(fen),
  recordedBy: ({ recordedBy }, _args, { actor }) => (mayReadDoer(actor, recordedBy) ? recordedBy : null),
};

export const GrantRecoveryEvent: GrantRecoveryEventResolvers = {
  by: ({ by }, _args, { actor }) => (mayReadDoer(actor, by) ? by : null),
};

/** Demands that the caller may read: an enterprise's own, those of the department that paid, or all. */
export const grantRecoveries: NonNullable<QueryResolvers['grantRecoveries']> = async (
  _root,
  { overdueOnly, ...args },
  { actor, clock, stores },
) => {
  const scope = grantsWithin(actor);
  if (scope.kind === 'none') throw forbidden(said('RECOVERIES_ARE_FOR'));
  const conditions: RecoveryConditions = {
    ...(scope.kind === 'enterprise' ? { uscc: scope.uscc, states: DEMANDED_STATES } : {}),
    ...(scope.kind === 'department' ? { department: scope.department } : {}),
    ...(overdueOnly === true ? { overdueOn: dayInShanghai(clock.now()) } : {}),
  };
  const page = parsePage(args, {
    list: { list: 'grantRecoveries', ...conditions },
    keys: LATEST_RECOVERY_FIRST.length,
  });
  return connectionOf({
    rows: await stores.recoveries.list(conditions, page),
    page,
    sort: LATEST_RECOVERY_FIRST,
    totalCount: async () => stores.recoveries.count(conditions),
  });
};
