import { type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import { lineWith, type PredecessorRecord, type SuccessionKind } from '../../domain/register/succession.js';
import type { CommandTools } from '../command-tools.js';
import { said, saidNotRegistered } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

interface RecordSuccession extends CommandBase {
  readonly successor: string;
  readonly predecessor: string;
  readonly kind: SuccessionKind;
  readonly on: LegalDay;
  readonly document: string;
}

export type SuccessionCommands = ReturnType<typeof successionCommands>;

/** The writes of who goes on from whom. */
export function successionCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { enterprises } = stores;
  return {
    /**
     * Records that an enterprise goes on from another, with what that one goes on from, for it and for whoever goes on
     * from it already. Returns the successor's code.
     */
    record: async (command: RecordSuccession): Promise<CommandOutcome<string>> => {
      const { successor, predecessor, kind, on, document } = command;
      const request = { successor, predecessor, kind, on, document };
      return runner.run({ ...command, name: 'recordSuccession', request }, async (session) => {
        const [later, former] = [
          await enterprises.current(successor, ['predecessors'], session),
          await enterprises.current(predecessor, ['predecessors'], session),
        ];
        if (later === null)
          return refuseSaid('INVALID', saidNotRegistered(successor, 'SUCCESSOR_NOT_REGISTERED', 'successor'), [
            'successor',
          ]);
        if (former === null)
          return refuseSaid('INVALID', saidNotRegistered(predecessor, 'PREDECESSOR_NOT_REGISTERED', 'predecessor'), [
            'predecessor',
          ]);
        const today = dayInShanghai(clock.now());
        if (on > today) return refuseSaid('INVALID', said('SUCCESSION_TO_COME', { on, today }), ['on']);
        const ofFormer = former.predecessors ?? [];
        if (successor === predecessor || ofFormer.some(({ uscc }) => uscc === successor))
          return refuseSaid('INVALID', said('SUCCEEDS_ITSELF', { predecessor, successor }), ['predecessor']);
        const line = later.predecessors ?? [];
        if (line.some(({ uscc, isDirect }) => isDirect && uscc === predecessor))
          return refuseSaid('CONFLICT', said('SUCCESSION_RECORDED', { successor, predecessor }), ['predecessor']);
        const added: PredecessorRecord = { uscc: predecessor, kind, on, document, isDirect: true };
        const lines = [{ uscc: successor, line: lineWith(line, added, ofFormer) }];
        for (const { uscc, predecessors = [] } of await enterprises.goingOnFrom(successor, session))
          // What the successor received after it had passed on itself did not pass on with it.
          if (predecessors.some((one) => one.uscc === successor && on <= one.on))
            lines.push({ uscc, line: lineWith(predecessors, { ...added, isDirect: false }, ofFormer) });
        for (const { uscc, line: predecessors } of lines)
          await enterprises.setPredecessors(uscc, predecessors, session);
        await outbox.append(
          lines.map(({ uscc }) => ({
            type: 'cn.zhitong.enterprise.succession-recorded',
            subject: uscc,
            data: { uscc, predecessor, kind, on },
          })),
          { session },
        );
        return successor;
      });
    },
  };
}
