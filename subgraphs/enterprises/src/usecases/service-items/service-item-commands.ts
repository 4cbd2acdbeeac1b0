import type { Clock } from '@zhitong/kit';
import { forbid, refuseFaults, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { Caller } from '../../domain/access.js';
import { mayLead } from '../../domain/projects/project-rights.js';
import { itemFaults, type ServiceItemContent } from '../../domain/service-items/service-item.js';
import type { ServiceBundleRecord } from '../../models/service-items/service-item.js';
import type { Stores } from '../../stores.js';
import { said } from '../../domain/refusal-words.js';
import { requireServing } from '../held-officials.js';
import { refuseSaid } from '../refusals.js';

interface Acting extends CommandBase {
  readonly actor: CommandBase['actor'] & Caller;
  readonly id: string;
  /** 0 for a new one. */
  readonly expectedVersion: number;
}

export type ServiceItemCommands = ReturnType<typeof serviceItemCommands>;

/** The catalogue of matters: each command is one transaction with its event. */
export function serviceItemCommands({
  runner,
  stores,
  outbox,
  clock,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'serviceItems' | 'officials' | 'officers'>;
  outbox: Outbox;
  clock: Clock;
}) {
  const { serviceItems } = stores;
  const requireVersion = (version: number, expectedVersion: number): void => {
    if (version !== expectedVersion)
      refuseSaid('STALE_VERSION', said('ITEM_CHANGED', { version, expectedVersion }), ['expectedVersion'], {
        currentVersion: version,
      });
  };

  return {
    /** Enters a matter, or puts a newer version in its place. Returns its number. */
    setItem: async ({
      id,
      expectedVersion,
      content,
      ...command
    }: Acting & { content: ServiceItemContent }): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'setServiceItem', request: { id, expectedVersion, content } },
        async (session, requireNames) => {
          const [item] = await serviceItems.byId([id], session);
          const owners = [content.departmentCode, ...(item === undefined ? [] : [item.departmentCode])];
          if (!owners.every((owner) => mayLead(command.actor, owner))) return forbid(said('MATTER_KEPT_BY'));
          requireNames();
          const faults = itemFaults(content);
          if (faults.length > 0) return refuseFaults(faults);
          await requireServing(
            content.agents.map((id, at) => ({
              ...{ id, path: ['agents', String(at)] },
              unknown: said('NO_AGENT_ON_STAFF', { agents: id.slice(0, 40) }),
            })),
            stores,
            session,
          );
          const version = item?.version ?? 0;
          requireVersion(version, expectedVersion);
          await serviceItems.put(
            { ...content, id, version: version + 1, changedOn: dayInShanghai(clock.now()) },
            session,
          );
          await outbox.append(
            [{ type: 'cn.zhitong.service-item.set', subject: id, data: { item: id, version: version + 1 } }],
            { session },
          );
          return id;
        },
      ),

    /** Enters a bundle, or puts a newer version in its place. Returns its id. */
    setBundle: async ({
      id,
      expectedVersion,
      content,
      ...command
    }: Acting & { content: Pick<ServiceBundleRecord, 'name' | 'items'> }): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'setServiceBundle', request: { id, expectedVersion, content } },
        async (session) => {
          const known = new Set((await serviceItems.byId(content.items, session)).map((item) => item.id));
          const unknown = content.items.findIndex((item) => !known.has(item));
          if (unknown >= 0)
            return refuseFaults([
              {
                path: ['items', String(unknown)],
                ...said('NO_MATTER', { items: (content.items[unknown] ?? '').slice(0, 40) }),
              },
            ]);
          const version = (await serviceItems.bundleById(id, session))?.version ?? 0;
          requireVersion(version, expectedVersion);
          await serviceItems.putBundle({ ...content, id, version: version + 1 }, session);
          await outbox.append(
            [{ type: 'cn.zhitong.service-bundle.set', subject: id, data: { bundle: id, version: version + 1 } }],
            { session },
          );
          return id;
        },
      ),
  };
}
