import { randomUUID } from 'node:crypto';
import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, type WorkingCalendar } from '@zhitong/values';
import { objectionDoubt } from '../../domain/grant/doubts.js';
import { objectionDueOn } from '../../domain/grant/public-notice.js';
import { isOwnObjection } from '../../domain/grant/decisions.js';
import { said } from '../../domain/refusal-words.js';
import type { GrantRecord } from '../../models/grants/grant-record.js';
import type { Stores } from '../../stores.js';
import type { DatedCommand } from '../dated-command.js';
import type { GrantMoves } from '../grant-moves.js';

/** Whether a grant is in its public notice; one that waits for a decision meanwhile is. */
const isShown = ({ status, suspension }: Pick<GrantRecord, 'status' | 'suspension'>): boolean =>
  (status === 'SUSPENDED' ? suspension?.before : status) === 'PUBLICISED';

export type ObjectionCommands = ReturnType<typeof objectionCommands>;

/** Objections to grants that are shown in public [公示异议]: raised by anybody, decided by the department that pays. */
export function objectionCommands({
  runner,
  stores: { grants, objections },
  outbox,
  calendar,
  moves: { suspendFor },
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'grants' | 'objections'>;
  outbox: Outbox;
  calendar: WorkingCalendar;
  moves: Pick<GrantMoves, 'suspendFor'>;
}) {
  return {
    /**
     * Objects to a grant, until the last day of its notice, once until that is decided. Answers the objection's id.
     */
    raise: async (command: DatedCommand & { grantId: string; text: string }): Promise<CommandOutcome<string>> => {
      const {
        grantId,
        text,
        actor: { sub },
        now,
      } = command;
      return runner.run({ ...command, name: 'objectToGrant', request: { grantId, text } }, async (session) => {
        const today = dayInShanghai(now);
        const [grant] = await grants.byId([grantId], session);
        // Of a grant that was never shown nobody learns that it exists.
        if (grant?.publicUntil === null || grant?.publicUntil === undefined)
          return refuse('INVALID', said('NOT_SHOWN', { grant: grantId }), ['grant']);
        if (!isShown(grant) || grant.publicUntil < today)
          return refuse('ILLEGAL_STATE', said('NOTICE_OVER', { grant: grantId, publicUntil: grant.publicUntil }), [
            'grant',
          ]);
        // Nobody holds an approval up with more than one that waits, pressed twice at once or not.
        await grants.decideAlone([grant.uscc], session);
        const waiting = (await objections.ofGrants([grantId], session)).find(
          ({ state, raisedBy }) => state === 'OPEN' && raisedBy === sub,
        );
        if (waiting !== undefined)
          return refuse('DUPLICATE', said('OBJECTION_WAITS', { grant: grantId, objection: waiting.id }), ['grant']);
        const id = `OBJ-${randomUUID()}`;
        await objections.insert(
          {
            id,
            grantId,
            raisedBy: sub,
            text,
            raisedAt: now,
            dueOn: objectionDueOn(calendar, today),
            state: 'OPEN',
            decidedAt: null,
            decidedBy: null,
            reason: '',
          },
          session,
        );
        await outbox.append(
          [
            {
              type: 'cn.zhitong.grant-objection.raised',
              subject: grant.uscc,
              data: { objection: id, grant: grantId, policy: grant.policyId, uscc: grant.uscc },
            },
          ],
          { session },
        );
        return id;
      });
    },

    /**
     * Decides an objection, with the reason. One that is upheld suspends a grant that is still shown, at once; one that
     * is suspended for something else is suspended again for this when it is to be approved.
     */
    decide: async (
      command: DatedCommand & {
        objectionId: string;
        upheld: boolean;
        reason: string;
        mayWrite: (department: string) => boolean;
      },
    ): Promise<CommandOutcome<string>> => {
      const {
        objectionId,
        upheld,
        reason,
        mayWrite,
        actor: { sub },
        now,
      } = command;
      const request = { objectionId, upheld, reason };
      return runner.run({ ...command, name: 'decideObjection', request }, async (session) => {
        const objection = await objections.byId(objectionId, session);
        const [grant] = objection === null ? [] : await grants.byId([objection.grantId], session);
        if (objection === null || grant === undefined || !mayWrite(grant.department))
          return refuse('INVALID', said('NO_OBJECTION', { objection: objectionId }), ['objection']);
        if (isOwnObjection(objection, sub)) return refuse('ILLEGAL_STATE', said('OWN_OBJECTION'), ['objection']);
        const state = upheld ? 'UPHELD' : 'REJECTED';
        if (!(await objections.decide(objectionId, { state, decidedAt: now, decidedBy: sub, reason }, session)))
          return refuse(
            'ILLEGAL_STATE',
            said('OBJECTION_DECIDED', { objection: objectionId, state: objection.state }),
            ['objection'],
          );
        if (upheld && grant.status === 'PUBLICISED') {
          const doubts = [objectionDoubt({ id: objectionId, reason })];
          await suspendFor(grant, doubts, { sub, now, note: reason }, session);
        }
        await outbox.append(
          [
            {
              type: `cn.zhitong.grant-objection.${state.toLowerCase()}`,
              subject: grant.uscc,
              data: { objection: objectionId, grant: grant.id, policy: grant.policyId, uscc: grant.uscc, reason },
            },
          ],
          { session },
        );
        return grant.id;
      });
    },
  };
}
