import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  notThere,
  Raced,
  refuse,
  refuseFaults,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import { awaited, isOwnBriefing, type Acknowledgement, type BriefedIssue, type Leader } from '../domain/briefing.js';
import { said } from '../domain/refusal-words.js';
import type { Stores } from '../stores.js';
import type { CommandActor } from './case-commands.js';
import { refuseFor } from './refusals.js';

interface NewBriefing extends CommandBase {
  readonly actor: CommandActor;
  readonly addressees: readonly Leader[];
  readonly title: string;
  readonly text: string;
  readonly cases: readonly string[];
  readonly issues: readonly Omit<BriefedIssue, 'caseCount'>[];
}

interface NewAcknowledgement extends CommandBase, Omit<Acknowledgement, 'recordedBy'> {
  readonly actor: CommandActor;
  readonly briefing: string;
  readonly expectedVersion: number;
}

export type BriefingCommands = ReturnType<typeof briefingCommands>;

/** Briefings to the leadership (专报), and what was instructed on them. */
export function briefingCommands({
  runner,
  stores: { briefings, cases: caseStore },
  clock,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'briefings' | 'cases'>;
  clock: Clock;
}) {
  return {
    /** Submits a briefing, with its issues as they are counted on this day. Returns its id. */
    submit: async ({
      addressees,
      title,
      text,
      cases,
      issues,
      ...command
    }: NewBriefing): Promise<CommandOutcome<string>> =>
      runner.run(
        { ...command, name: 'submitBriefing', request: { addressees, title, text, cases, issues } },
        async (session) => {
          const known = new Set((await caseStore.byNumber(cases, [])).map(({ caseNumber }) => caseNumber));
          const unknown = cases.findIndex((caseNumber) => !known.has(caseNumber));
          if (unknown >= 0)
            return refuse('INVALID', said('NO_CASE', { caseNumber: (cases[unknown] ?? '').slice(0, 40) }), [
              'cases',
              String(unknown),
            ]);
          const counted = await Promise.all(
            issues.map(async ({ category, keywords }) => ({
              category,
              keywords,
              caseCount: await caseStore.count({ open: true, category: [category], keywords }),
            })),
          );
          const now = clock.now();
          const id = randomUUID();
          await briefings.insert(
            {
              id,
              version: 1,
              addressees,
              title,
              text,
              cases: [...new Set(cases)],
              issues: counted,
              submittedOn: dayInShanghai(now),
              submittedAt: now,
              submittedBy: command.actor.sub,
              acknowledgements: [],
              isAwaited: true,
            },
            session,
          );
          return id;
        },
      ),

    /** Records what a leader did with a briefing. Returns its id. */
    acknowledge: async ({
      briefing: id,
      expectedVersion,
      leader,
      acknowledgedOn,
      instruction,
      document,
      ...command
    }: NewAcknowledgement): Promise<CommandOutcome<string>> =>
      runner.run(
        {
          ...command,
          name: 'acknowledgeBriefing',
          request: { id, expectedVersion, leader, acknowledgedOn, instruction, document },
        },
        async (session) => {
          const found = await briefings.byId(id, session);
          if (found === null) return notThere(said('NO_BRIEFING', { id: id.slice(0, 40) }));
          if (found.version !== expectedVersion)
            return refuse(
              'STALE_VERSION',
              said('BRIEFING_IN_VERSION', { current: found.version, expected: expectedVersion }),
              ['expectedVersion'],
              { currentVersion: found.version },
            );
          const recordedBy = command.actor.sub;
          if (isOwnBriefing(found, recordedBy)) return refuseFor('SUBMITTED_YOURSELF', ['briefing']);
          if (!awaited(found).includes(leader)) return refuseFor('NOT_AWAITED', ['leader'], { leader });
          const today = dayInShanghai(clock.now());
          if (acknowledgedOn < found.submittedOn || acknowledgedOn > today)
            return refuseFaults([
              {
                path: ['acknowledgedOn'],
                ...said('ACKNOWLEDGED_OUTSIDE', { day: acknowledgedOn, submittedOn: found.submittedOn }),
              },
            ]);
          const acknowledgements = [
            ...found.acknowledgements,
            { leader, acknowledgedOn, instruction, document, recordedBy },
          ];
          const next = { ...found, version: found.version + 1, acknowledgements };
          if (!(await briefings.replace({ ...next, isAwaited: awaited(next).length > 0 }, session))) throw new Raced();
          return id;
        },
      ),
  };
}
