import { type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import type { CommandTools } from '../command-tools.js';
import { said } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

export type CodeCommands = ReturnType<typeof codeCommands>;

/** The writes about codes themselves. */
export function codeCommands({ runner, stores: { enterprises, confirmedCodes }, outbox, clock }: CommandTools) {
  return {
    /** Confirms a code whose check character is irregular, so that a registration under it is taken. Returns it. */
    confirm: async (
      command: CommandBase & { readonly uscc: string; readonly reason: string; readonly department: string },
    ): Promise<CommandOutcome<string>> => {
      const { uscc, reason, department, actor } = command;
      return runner.run({ ...command, name: 'confirmIrregularCode', request: { uscc, reason } }, async (session) => {
        if ((await enterprises.current(uscc, [], session)) !== null)
          return refuseSaid('CONFLICT', said('CODE_REGISTERED', { uscc }), ['uscc']);
        const [before] = await confirmedCodes.of([uscc], session);
        if (before !== undefined)
          return refuseSaid(
            'CONFLICT',
            said('CODE_CONFIRMED', { department: before.departmentCode, on: dayInShanghai(before.confirmedAt) }),
            ['uscc'],
          );
        await confirmedCodes.insert(
          { uscc, reason, by: actor.sub, departmentCode: department, confirmedAt: clock.now() },
          session,
        );
        const data = { uscc, department };
        await outbox.append([{ type: 'cn.zhitong.register.code-confirmed', subject: uscc, data }], { session });
        return uscc;
      });
    },
  };
}
