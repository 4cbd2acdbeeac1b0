import type { Clock } from '@zhitong/kit';
import { type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Stores } from '../stores.js';
import { refuseFor } from './refusals.js';

export type CaseNoticeCommands = ReturnType<typeof caseNoticeCommands>;

/** What an enterprise does with the notices of its cases. */
export function caseNoticeCommands({
  runner,
  stores: { notices },
  clock,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'notices'>;
  clock: Clock;
}) {
  return {
    /** Marks notices of an enterprise as read, all of them for null. Returns how many were unread. */
    markRead: async ({
      uscc,
      ids,
      ...command
    }: CommandBase & { uscc: string; ids: readonly string[] | null }): Promise<CommandOutcome<number>> =>
      runner.run({ ...command, name: 'markCaseNoticesRead', request: { uscc, ids } }, async (session) => {
        const done = await notices.markRead({ uscc, ids, readAt: clock.now() }, session);
        if ('marked' in done) return done.marked;
        return refuseFor('NO_SUCH_NOTICE', ['notices'], { notice: done.unknown[0].slice(0, 40) });
      }),
  };
}
