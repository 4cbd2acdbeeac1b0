import { refuse, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { FactValue } from '../domain/fact-vocabulary.js';
import { recordYear } from '../domain/year-record.js';
import type { Stores } from '../stores.js';

interface RecordFacts extends CommandBase {
  readonly uscc: string;
  readonly year: number;
  readonly facts: Readonly<Record<string, FactValue | null>>;
  /** Code of the department that records them. */
  readonly department: string;
  readonly now: Date;
}

export type EnterpriseCommands = ReturnType<typeof enterpriseCommands>;

/** The department's writes: each is one transaction with its event, and acts once per idempotency key. */
export function enterpriseCommands({
  runner,
  stores,
  outbox,
}: {
  runner: CommandRunner;
  stores: Stores;
  outbox: Outbox;
}) {
  return {
    /**
     * Records facts of one year as a new revision; of each fact the newest known value becomes the enterprise's current
     * one. Returns its code.
     */
    recordFacts: async (command: RecordFacts): Promise<CommandOutcome<string>> => {
      const { uscc, year, facts, department, now } = command;
      return runner.run(
        { ...command, name: 'recordEnterpriseFacts', request: { uscc, year, facts } },
        async (session) => {
          const enterprise = await stores.enterprises.current(uscc, ['latestFacts'], session);
          if (enterprise === null) return refuse('INVALID', `No enterprise is registered under ${uscc}.`, ['uscc']);
          const { record, latest } = recordYear(
            { uscc, year, facts },
            {
              years: await stores.factYears.newestOfYears([uscc], session),
              latest: enterprise.latestFacts ?? null,
            },
            { department, on: dayInShanghai(now), run: null },
          );
          await stores.factYears.append({ ...record, recordedAt: now, recordedBy: department }, session);
          if (latest !== null) await stores.enterprises.setLatestFacts(uscc, latest, session);
          await outbox.append(
            [
              {
                type: 'cn.zhitong.enterprise.facts-recorded',
                subject: uscc,
                data: { uscc, year, facts: Object.keys(facts) },
              },
            ],
            { session },
          );
          return uscc;
        },
      );
    },

    /**
     * Gives an enterprise another steward, unless somebody changed the record in between. Returns the enterprise's
     * code.
     */
    assignSteward: async (
      command: CommandBase & { uscc: string; official: string; expectedVersion: number },
    ): Promise<CommandOutcome<string>> => {
      const { uscc, official, expectedVersion } = command;
      return runner.run(
        { ...command, name: 'assignSteward', request: { uscc, official, expectedVersion } },
        async (session) => {
          const [enterprise] = await stores.enterprises.byUscc([uscc], ['version']);
          if (enterprise === undefined)
            return refuse('INVALID', `No enterprise is registered under ${uscc}.`, ['uscc']);
          if ((await stores.officials.byId([official])).length === 0)
            return refuse('INVALID', `There is no official with the staff number ${official}.`, ['official']);
          if (!(await stores.enterprises.setSteward(uscc, { stewardId: official, expectedVersion }, session))) {
            return refuse(
              'STALE_VERSION',
              `The record is at version ${enterprise.version ?? 0}, not ${expectedVersion}; read it again and decide afresh.`,
              ['expectedVersion'],
              { currentVersion: enterprise.version },
            );
          }
          await outbox.append(
            [{ type: 'cn.zhitong.enterprise.steward-assigned', subject: uscc, data: { uscc, official } }],
            { session },
          );
          return uscc;
        },
      );
    },
  };
}
