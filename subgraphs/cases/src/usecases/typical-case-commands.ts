import { randomUUID } from 'node:crypto';
import type { Clock } from '@zhitong/kit';
import {
  notThere,
  Raced,
  refuse,
  type CommandBase,
  type CommandOutcome,
  type CommandRunner,
} from '@zhitong/kit/commands';
import { dayInShanghai } from '@zhitong/values';
import { isAnsweredElsewhere, isOpen } from '../domain/case-view.js';
import type { CaseEvent } from '../domain/case-event.js';
import { replay } from '../domain/history.js';
import { knewWhoBroughtIt } from '../domain/persons/known-writers.js';
import { lastOf } from '../domain/persons/writers.js';
import { said } from '../domain/refusal-words.js';
import { anonymised, behindCase, NOTHING_BEHIND, type Behind, type NameSource } from './anonymised.js';
import type { Stores } from '../stores.js';
import { noSuchCase } from './case-commands.js';
import { refuseFor } from './refusals.js';

/**
 * Whether masking would tell everybody, and so whoever wrote the answer of an anonymous case without knowing who
 * brought it, that words of it lead there.
 */
function tellsByMasking(history: readonly CaseEvent[], answer: string, behind: Behind): boolean {
  const written = lastOf('RESOLVED', 'ANSWERED_DIRECTLY')(history);
  return (
    written !== undefined &&
    !knewWhoBroughtIt(history, history.indexOf(written)) &&
    anonymised(answer, behind) !== anonymised(answer, NOTHING_BEHIND)
  );
}

export type TypicalCaseCommands = ReturnType<typeof typicalCaseCommands>;

/** Publication of typical cases (典型案例): one person proposes, another one reads and decides. */
export function typicalCaseCommands({
  runner,
  stores,
  clock,
}: {
  runner: CommandRunner;
  stores: Stores;
  clock: Clock;
}) {
  return {
    /** Proposes an answered case. Returns the proposal's id. */
    propose: async ({
      caseNumber,
      title,
      text,
      namesDepartment,
      register,
      ...command
    }: CommandBase & {
      caseNumber: string;
      title: string;
      text: string | null;
      namesDepartment: boolean;
      register: NameSource;
    }): Promise<CommandOutcome<string>> =>
      runner.prepareAndRun(
        {
          ...command,
          name: 'proposeTypicalCase',
          request: { caseNumber, title, text, ...(namesDepartment ? { namesDepartment } : {}) },
        },
        async () => {
          const { behind } = await behindCase(caseNumber, { cases: stores.cases, register });
          return async (session) => {
            const history = await stores.events.of(caseNumber, session);
            if (history.length === 0) return noSuchCase(caseNumber);
            const view = replay(history);
            if (view.answer === null || isOpen(view.status) || isAnsweredElsewhere(view.status))
              return refuse('CONFLICT', said('ONLY_ANSWERED', { status: view.status }), ['caseNumber'], {
                status: view.status,
              });
            if (view.complainant.anonymous && text === null && tellsByMasking(history, view.answer, behind))
              return refuseFor('ANSWER_NAMES_ENTERPRISE', ['text']);
            const standing = await stores.typicalCases.standing(caseNumber, session);
            if (standing !== null)
              return refuseFor('TYPICAL_CASE_STANDS', ['caseNumber'], { id: standing.id, status: standing.status });
            const department = namesDepartment ? (view.assignment?.lead ?? null) : null;
            if (namesDepartment && department === null)
              return refuseFor('NO_DEPARTMENT_TO_NAME', ['namesDepartment'], { caseNumber });
            const id = randomUUID();
            const isNew = await stores.typicalCases.insert(
              {
                id,
                caseNumber,
                category: view.category,
                title: anonymised(title, behind).trim(),
                // Where the coordinator has worded an anonymous case, its own words were not to be read.
                text: anonymised(text ?? `${view.wording?.text ?? view.text}\n\n${view.answer}`, behind).trim(),
                status: 'PROPOSED',
                proposedBy: command.actor.sub,
                proposedAt: clock.now(),
                reviewedBy: null,
                reviewNote: null,
                publishedOn: null,
                department,
              },
              session,
            );
            if (!isNew) throw new Raced();
            return id;
          };
        },
      ),

    /** Takes a published one back. Returns its id. */
    retract: async ({
      id,
      reason,
      ...command
    }: CommandBase & { id: string; reason: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'retractTypicalCase', request: { id, reason } }, async (session) => {
        const on = dayInShanghai(clock.now());
        if (await stores.typicalCases.retract(id, { by: command.actor.sub, reason, on }, session)) return id;
        const found = await stores.typicalCases.byId(id, session);
        if (found === null) return notThere(said('NO_TYPICAL_CASE', { id: id.slice(0, 40) }));
        return refuseFor('TYPICAL_CASE_NOT_PUBLISHED', ['id'], { status: found.status });
      }),

    /** Publishes a proposal of somebody else, or turns it down. Returns its id. */
    review: async ({
      id,
      approve,
      note,
      ...command
    }: CommandBase & { id: string; approve: boolean; note: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'reviewTypicalCase', request: { id, approve, note } }, async (session) => {
        if (
          await stores.typicalCases.review(
            id,
            { by: command.actor.sub, note, publishedOn: approve ? dayInShanghai(clock.now()) : null },
            session,
          )
        )
          return id;
        const found = await stores.typicalCases.byId(id, session);
        if (found === null) return notThere(said('NO_PROPOSAL', { id: id.slice(0, 40) }));
        if (found.status === 'PROPOSED') return refuse('CONFLICT', said('PROPOSED_YOURSELF'), ['id']);
        return refuse('CONFLICT', said('REVIEWED_ALREADY', { status: found.status }), ['id'], {
          status: found.status,
        });
      }),
  };
}
