import { inTransaction } from '@zhitong/kit/mongo';
import type { Connection } from 'mongoose';
import { standing } from '../../domain/arrears/arrear-payment.js';
import { withTransfer } from '../../domain/arrears/arrear-transfer.js';
import type { Successor } from '../../models/succession.js';
import { changeArrear, type ArrearTools } from './arrear-writes.js';

/**
 * Passes every debt of a department that is not cleared on to its successor, from the day of the succession on, or from
 * its delivery or last transfer where that is later. One transaction for each, counted in it. A debt that the successor
 * owes already stays where it is.
 */
export async function succeedArrears(
  { db, ...tools }: ArrearTools & { readonly db: Connection },
  {
    key,
    succession: { from, to, effectiveOn, reason },
    sub,
    department,
  }: {
    readonly key: string;
    readonly succession: Successor;
    readonly sub: string;
    readonly department: string;
  },
): Promise<void> {
  const { stores, clock } = tools;
  for (const arrearId of await stores.arrears.owedBy(from)) {
    await inTransaction(db, async (session) => {
      const before = await stores.arrears.byId(arrearId, session);
      // Somebody else may have passed it on, paid or withdrawn it since the list was read.
      if (before?.debtor !== from || before.isCleared || before.withdrawal) return;
      if ((await stores.arrears.same({ ...before, debtor: to }, session)) !== null) return;
      const day = [effectiveOn, before.delivery.deliveredOn, standing(before.transfers ?? []).at(-1)?.effectiveOn ?? '']
        .sort()
        .at(-1);
      const transfer = {
        to,
        effectiveOn: day ?? effectiveOn,
        reason,
        recordedAt: clock.now().toISOString(),
        recordedBy: sub,
        department,
      };
      await changeArrear(
        tools,
        { arrearId, expectedVersion: before.version, mayWriteFor: () => true },
        { name: 'transferred', data: { to, effectiveOn: transfer.effectiveOn } },
        (record) => withTransfer(record, transfer),
        session,
      );
      await stores.successions.count(key, 'arrears', session);
    });
  }
}
