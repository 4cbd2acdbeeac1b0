import { type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { FactValue } from '../domain/fact-vocabulary.js';
import { recordYear } from '../domain/year-record.js';
import type { Stores } from '../stores.js';
import { saidNotRegistered } from '../domain/refusal-words.js';
import { refuseSaid } from './refusals.js';

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
          if (enterprise === null) return refuseSaid('INVALID', saidNotRegistered(uscc), ['uscc']);
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
  };
}
