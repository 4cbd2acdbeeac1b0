import { departmentUnavailable } from '@zhitong/kit';
import type { FieldValue, Landed, Landing, Target } from '@zhitong/connect';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';

/** A record of the harbour: what it says, and how often it was written. */
export interface Berth {
  readonly _id: string;
  readonly values: Record<string, FieldValue>;
  readonly version: number;
  readonly isGone?: boolean;
}

/**
 * A small department: berths with a name, a depth and a harbour master, kept in a collection of its own, with an event
 * for each write.
 */
export function berthTarget(connection: Connection, outbox: Pick<Outbox, 'append'>): Target {
  const berths = connection.collection<Berth>('berths');
  const told = async (keys: readonly string[], { session }: Landing): Promise<void> => {
    await outbox.append(
      keys.map((key) => ({ type: 'cn.zhitong.berth.changed', subject: key, data: { key } })),
      { session },
    );
  };
  const text = (description: string, header: string) =>
    ({ type: { kind: 'text', longest: 100 }, required: false, description, headers: [header] }) as const;
  return {
    name: 'berth',
    key: ['number'],
    fields: {
      number: { ...text('Number.', '泊位'), required: true },
      name: text('Name.', '名称'),
      depth: text('Depth.', '水深'),
      master: { ...text('Whom to call.', '联系人'), isPersonal: true },
    },
    land: async (rows, landing) => {
      const { session } = landing;
      const landed: Landed[] = [];
      for (const { key, values } of rows) {
        if (values['name'] === 'poison') throw new Error('no rule foresaw this');
        if (values['name'] === 'outage') throw departmentUnavailable('The register does not answer.', 'register');
        if (values['name'] === 'bad') {
          landed.push({ kind: 'refused', field: 'name', reason: '名称不允许' });
          continue;
        }
        const before = await berths.findOne({ _id: key }, { session });
        const after = { values: { ...before?.values, ...values }, version: (before?.version ?? 0) + 1 };
        if (before !== null && JSON.stringify(before.values) === JSON.stringify(after.values)) {
          landed.push({ kind: 'unchanged' });
          continue;
        }
        await berths.replaceOne({ _id: key }, after, { upsert: true, session });
        landed.push({
          kind: before === null ? 'new' : 'changed',
          before: { values: before?.values ?? null, wrote: after.values },
        });
        await told([key], landing);
      }
      return landed;
    },
    sweep: async (keys, landing) => {
      await berths.updateMany({ _id: { $in: [...keys] } }, { $set: { isGone: true } }, { session: landing.session });
      await told(keys, landing);
      return keys.map(() => ({ kind: 'changed', before: { gone: true } }));
    },
    undo: async (rows, landing) => {
      const { session } = landing;
      const landed: Landed[] = [];
      for (const { key, before } of rows) {
        const was = before as { gone?: true; values: Berth['values'] | null; wrote: Berth['values'] };
        const now = await berths.findOne({ _id: key }, { session });
        if (was.gone) await berths.updateOne({ _id: key }, { $unset: { isGone: '' } }, { session });
        else if (JSON.stringify(now?.values) !== JSON.stringify(was.wrote)) {
          landed.push({ kind: 'refused', field: null, reason: '此后又有变更' });
          continue;
        } else if (was.values === null) await berths.deleteOne({ _id: key }, { session });
        else await berths.updateOne({ _id: key }, { $set: { values: was.values }, $inc: { version: 1 } }, { session });
        landed.push({ kind: 'changed', before: null });
        await told([key], landing);
      }
      return landed;
    },
  };
}
