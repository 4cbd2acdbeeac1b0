import { type CommandBase, type CommandOutcome } from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import type { RelationKind } from '../../models/register/relation.js';
import type { CommandTools } from '../command-tools.js';
import { said, saidNotRegistered } from '../../domain/refusal-words.js';
import { refuseSaid } from '../refusals.js';

/** Enterprises above one another, at most. */
const DEEPEST = 10;

export type RelationCommands = ReturnType<typeof relationCommands>;

/** The writes of branches and groups. */
export function relationCommands({ runner, stores, outbox, clock }: CommandTools) {
  const { enterprises, relations } = stores;
  return {
    /** Puts an enterprise below another, or below none any more. Returns the enterprise's code. */
    relate: async (
      command: CommandBase & { uscc: string; kind: RelationKind; parent: string | null },
    ): Promise<CommandOutcome<string>> => {
      const { uscc, kind, parent } = command;
      return runner.run({ ...command, name: 'relateEnterprise', request: { uscc, kind, parent } }, async (session) => {
        for (const [code, path] of [[uscc, 'uscc'], ...(parent === null ? [] : [[parent, 'parent']])] as [
          string,
          string,
        ][])
          if ((await enterprises.current(code, [], session)) === null)
            return refuseSaid('INVALID', saidNotRegistered(code, 'CODE_NOT_REGISTERED', 'code'), [path]);
        const today = dayInShanghai(clock.now());
        const before = (await relations.above(uscc, session)).find((relation) => relation.kind === kind);
        if ((before?.parent ?? null) === parent)
          return refuseSaid('CONFLICT', parent === null ? said('BELOW_NONE') : said('BELOW_IT_ALREADY', { parent }), [
            'parent',
          ]);
        // Nobody stands above itself, by however many steps.
        let above = parent;
        for (let steps = 0; above !== null; steps += 1) {
          if (above === uscc || steps === DEEPEST)
            return refuseSaid('INVALID', said('RELATION_CIRCLE', { parent: parent ?? '', uscc, deepest: DEEPEST }), [
              'parent',
            ]);
          above = (await relations.above(above, session)).find((relation) => relation.kind === kind)?.parent ?? null;
        }
        await relations.end({ uscc, kind }, today, session);
        if (parent !== null) await relations.insert({ uscc, kind, parent, from: today, until: null }, session);
        await outbox.append([{ type: 'cn.zhitong.enterprise.related', subject: uscc, data: { uscc, kind, parent } }], {
          session,
        });
        return uscc;
      });
    },
  };
}
