import { refuse, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { addDays, dayInShanghai, rangesOverlap, type DayRange, type LegalDay } from '@zhitong/values';
import type { PolicyContent } from '../domain/policy/policy.js';
import { givesWay, overlapProblems } from '../domain/policy/validate.js';
import { said } from '../domain/refusal-words.js';
import type { PolicyVersionRecord } from '../models/policy-version.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import { saveDraft, type SavedDraft } from './save-draft.js';
import type { DatedCommand } from './dated-command.js';

export type PolicyCommands = ReturnType<typeof policyCommands>;

/** The writes of policy officers: drafts may change, a published version never does. */
export function policyCommands({
  runner,
  stores,
  shelf,
  outbox,
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'versions' | 'grants'>;
  shelf: PolicyShelf;
  outbox: Outbox;
}) {
  const { versions, grants } = stores;
  return {
    /**
     * Saves a draft: in place of the draft that is there, else as the next version. `asked` is the content as it was
     * sent, `read` reads it as it may be saved today, or ends the command. Returns policy and number.
     */
    saveDraft: async (
      command: DatedCommand & {
        asked: unknown;
        read: () => PolicyContent;
        mayWrite: (content: PolicyContent) => boolean;
      },
    ): Promise<CommandOutcome<SavedDraft>> => {
      const {
        asked,
        read,
        mayWrite,
        now,
        actor: { sub },
      } = command;
      return runner.run({ ...command, name: 'savePolicyDraft', request: { content: asked } }, async (session) => {
        const content = read();
        return saveDraft(stores, content, { by: sub, now, mayWrite, session });
      });
    },

    /**
     * Publishes a draft; one for comment takes the place of no version that applies. A window that overlaps a published
     * version's is refused, unless that version may be ended on the day before the new one begins; one that begins on
     * the same day, today or later, is withdrawn. A draft without a first day that ends another begins today.
     */
    publish: async (
      command: DatedCommand & {
        policyId: string;
        version: number;
        endPrevious: boolean;
        mayWrite: (content: PolicyContent) => boolean;
      },
    ): Promise<CommandOutcome<number>> => {
      const {
        policyId,
        version,
        endPrevious,
        mayWrite,
        now,
        actor: { sub },
      } = command;
      const outcome = await runner.run(
        { ...command, name: 'publishPolicy', request: { policyId, version, endPrevious } },
        async (session) => {
          const known = await versions.versions(policyId, session);
          const draft = known.find((one) => one.version === version);
          if (draft === undefined || !mayWrite(draft.content))
            return refuse('INVALID', said('NO_VERSION', { version, policy: policyId }), ['version']);
          if (draft.state !== 'DRAFT')
            return refuse('ILLEGAL_STATE', said('NOT_A_DRAFT', { version, policy: policyId, state: draft.state }), [
              'version',
            ]);
          const today = dayInShanghai(now);
          const window = endPrevious ? beginning(draft.content.window, known, today) : draft.content.window;
          const ended = endPrevious ? endedBefore(window, known) : [];
          const replaced = endPrevious ? replacedBy(window, known, today) : [];
          const standing = [...ended, ...replaced].find(({ content }) => content.stage === 'FINAL');
          if (draft.content.stage === 'DRAFT' && standing !== undefined)
            return refuse(
              'CONFLICT',
              said('COMMENT_ENDS_NOTHING', { version, policy: policyId, final: standing.version }),
              ['endPrevious'],
            );
          const left = known.filter(
            (one) =>
              one.state === 'PUBLISHED' &&
              !ended.includes(one) &&
              !replaced.includes(one) &&
              !givesWay(one.content, draft.content),
          );
          const problems = overlapProblems(
            window,
            left.map((one) => ({ version: one.version, window: one.effective })),
          );
          if (problems.length > 0)
            return refuse(
              'CONFLICT',
              said('WINDOWS_OVERLAP', {
                overlaps: problems.map(({ message }) => message).join(' '),
                overlapsInChinese: problems.map(({ zh }) => zh).join(''),
              }),
              ['version'],
              {
                overlapping: left.filter((one) => rangesOverlap(one.effective, window)).map((one) => one.version),
              },
            );
          const lastDay = addDays(window.from ?? today, -1);
          for (const { version: other } of replaced) await versions.withdraw(policyId, other, null, session);
          for (const previous of ended) await versions.endBefore(policyId, previous.version, lastDay, session);
          if (
            !(await versions.publish(
              policyId,
              version,
              { effective: window, publishedAt: now, publishedBy: sub },
              session,
            ))
          )
            return refuse('STALE_VERSION', said('PUBLISHED_BY_OTHER', { version, policy: policyId }), ['version']);
          await outbox.append(
            [
              {
                type: 'cn.zhitong.policy.published',
                subject: policyId,
                data: {
                  policy: policyId,
                  version,
                  ended: ended.map((one) => one.version),
                  withdrawn: replaced.map((one) => one.version),
                },
              },
            ],
            { session },
          );
          return version;
        },
      );
      await shelf.refresh();
      return outcome;
    },

    /**
     * Takes a published version back, with the reason. Those that it had ended stay ended. Answers how many grants
     * under the policy are under way: each is looked at again at its next step.
     */
    withdraw: async (
      command: DatedCommand & {
        policyId: string;
        version: number;
        reason: string;
        mayWrite: (content: PolicyContent) => boolean;
      },
    ): Promise<CommandOutcome<number>> => {
      const {
        policyId,
        version,
        reason,
        mayWrite,
        now,
        actor: { sub },
      } = command;
      const outcome = await runner.run(
        { ...command, name: 'withdrawPolicy', request: { policyId, version, reason } },
        async (session) => {
          const found = (await versions.versions(policyId, session)).find((one) => one.version === version);
          if (found === undefined || !mayWrite(found.content))
            return refuse('INVALID', said('NO_VERSION', { version, policy: policyId }), ['version']);
          if (!(await versions.withdraw(policyId, version, { at: now, by: sub, reason }, session)))
            return refuse('ILLEGAL_STATE', said('NOT_PUBLISHED', { version, policy: policyId, state: found.state }), [
              'version',
            ]);
          await outbox.append(
            [{ type: 'cn.zhitong.policy.withdrawn', subject: policyId, data: { policy: policyId, version, reason } }],
            { session },
          );
          return grants.countUnderWay(policyId, session);
        },
      );
      await shelf.refresh();
      return outcome;
    },
  };
}

/** The days of a draft; without a first day it begins today where it takes the place of a version that applies. */
function beginning(window: DayRange, known: readonly PolicyVersionRecord[], today: LegalDay): DayRange {
  const standing = known.some(({ state, effective }) => state === 'PUBLISHED' && rangesOverlap(effective, window));
  return window.from === null && standing ? { ...window, from: today } : window;
}

/** Published versions that overlap a window and began before it: they can end on the day before. */
function endedBefore(window: DayRange, known: readonly PolicyVersionRecord[]): PolicyVersionRecord[] {
  const { from } = window;
  if (from === null) return [];
  return known.filter(
    ({ state, effective }) =>
      state === 'PUBLISHED' && rangesOverlap(effective, window) && (effective.from === null || effective.from < from),
  );
}

/**
 * Published versions that begin on the first day of a window, and that first day is not over: they apply on no day that
 * is. What was begun by one today is decided again by the version in force at each of its next steps.
 */
const replacedBy = (
  { from }: DayRange,
  known: readonly PolicyVersionRecord[],
  today: LegalDay,
): PolicyVersionRecord[] =>
  known.filter(
    ({ state, effective }) => state === 'PUBLISHED' && effective.from === from && from !== null && from >= today,
  );
