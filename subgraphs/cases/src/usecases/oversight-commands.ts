import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  notThere,
  refuseFaults,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { dayInShanghai, type LegalDay } from '@zhitong/values';
import type { ClearingNoticeRecord } from '../models/oversight-register.js';
import type { Stores } from '../stores.js';
import type { CaseCommands, CommandActor } from './case-commands.js';
import { anonymised, behindCase, type NameSource } from './anonymised.js';
import { refuseFor } from './refusals.js';
import { said } from '../domain/refusal-words.js';

export type OversightCommands = ReturnType<typeof oversightCommands>;

/** Special supervisors (特约监督员) and clearing notices (澄清正名). */
export function oversightCommands({
  runner,
  stores,
  commands,
  clock,
}: {
  runner: CommandRunner;
  stores: Stores;
  commands: CaseCommands;
  clock: Clock;
}) {
  const today = (): LegalDay => dayInShanghai(clock.now());
  return {
    /** Returns the id of the special supervisor. */
    appoint: async ({
      name,
      organisation,
      until,
      ...command
    }: CommandBase & { actor: CommandActor; name: string; organisation: string; until: LegalDay }): Promise<
      CommandOutcome<string>
    > =>
      runner.run(
        { ...command, name: 'appointSpecialSupervisor', request: { name, organisation, until } },
        async (session) => {
          const appointedOn = today();
          if (until < appointedOn) return refuseFaults([{ path: ['until'], ...said('DAY_PAST', { day: until }) }]);
          const id = randomUUID();
          const appointedBy = command.actor.sub;
          await stores.oversight.appoint(
            { id, name, organisation, appointedOn, until, endedOn: null, endReason: null, appointedBy },
            session,
          );
          return id;
        },
      ),

    /** Returns the id of the special supervisor. */
    end: async ({
      id,
      reason,
      ...command
    }: CommandBase & { id: string; reason: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'endSpecialSupervisor', request: { id, reason } }, async (session) => {
        if (await stores.oversight.end(id, today(), reason, session)) return id;
        const found = await stores.oversight.supervisor(id, session);
        if (found === null) return notThere(said('NO_SUPERVISOR', { id: id.slice(0, 40) }));
        return refuseFor('SUPERVISOR_ENDED', ['id'], { endedOn: found.endedOn ?? '' });
      }),

    /**
     * Issues a clearing notice; returns the number of the case. Of an anonymous one the words of who knows who brought
     * it are masked like those of a typical case; others cannot tell it.
     */
    clear: async ({
      caseNumber,
      expectedVersion,
      referral,
      text,
      scope,
      register,
      ...command
    }: CommandBase & {
      actor: CommandActor;
      caseNumber: string;
      expectedVersion: number;
      referral: string;
      text: string;
      scope: ClearingNoticeRecord['scope'];
      register: NameSource;
    }): Promise<CommandOutcome<string>> =>
      runner.prepareAndRun(
        {
          ...command,
          name: 'issueClearingNotice',
          request: { caseNumber, expectedVersion, referral, text, scope },
        },
        async () => {
          const { actor } = command;
          const isKnown = actor.roles.includes('COORDINATOR');
          const told = isKnown ? await behindCase(caseNumber, { cases: stores.cases, register }) : null;
          const shown = told?.isAnonymous === true ? anonymised(text, told.behind).trim() : text;
          return async (session) => {
            const id = randomUUID();
            const notices: ClearingNoticeRecord[] = [];
            await commands.changeWithin(
              {
                actor,
                caseNumber,
                expectedVersion,
                decide: (view) => {
                  const mark = view.referrals.find(({ referralId }) => referralId === referral);
                  const isCleared =
                    mark?.outcome === 'CLEARED' || (mark?.persons ?? []).some((person) => person.isCleared);
                  if (mark === undefined || !isCleared || (mark.clearingNotice ?? null) !== null)
                    return refuseFor('NOT_CLEARED', ['referral'], { referral: referral.slice(0, 40) });
                  if (mark.concludedBy === actor.sub) return refuseFor('SECOND_PERSON', ['referral']);
                  notices.push({
                    id,
                    text: shown,
                    department: mark.department,
                    scope,
                    issuedOn: today(),
                    issuedBy: actor.sub,
                    caseNumber,
                    referralId: referral,
                  });
                  return [{ change: { type: 'CLEARING_ISSUED', referralId: referral, noticeId: id } }];
                },
              },
              session,
            );
            for (const notice of notices) await stores.oversight.addNotice(notice, session);
            return caseNumber;
          };
        },
      ),
  };
}
