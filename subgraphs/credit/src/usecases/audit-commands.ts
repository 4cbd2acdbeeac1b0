import type { Clock } from '@zhitong/kit';
import { forbid, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Outbox } from '@zhitong/kit/outbox';
import { isBlank, dayInShanghai } from '@zhitong/values';
import { randomUUID } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { Stores } from '../stores.js';
import { refuseProblem, unknownCommitment } from './refusals.js';
import { said } from '../domain/refusal-words.js';

const LONGEST_TEXT = 4_000;

export type AuditCommands = ReturnType<typeof auditCommands>;

/** The auditor's writes and the departments' answers to them. */
export function auditCommands({
  stores,
  outbox,
  clock,
  runner,
}: {
  stores: Stores;
  outbox: Outbox;
  clock: Clock;
  runner: CommandRunner;
}) {
  const today = (): string => dayInShanghai(clock.now());
  const checkText = (text: string): void => {
    if (isBlank(text) || text.length > LONGEST_TEXT)
      refuseProblem('INVALID', {
        code: 'BAD_TEXT',
        message: `the text has ${text.length} characters; write 1 to ${LONGEST_TEXT}`,
        path: ['text'],
        details: { length: text.length, most: LONGEST_TEXT },
      });
  };
  const add = async (
    commitmentId: string,
    matter: {
      kind: 'NOTE' | 'REFERRAL';
      text: string;
      by: string;
      referredTo: string | null;
      respondBy: string | null;
    },
    session: ClientSession,
  ): Promise<string> => {
    checkText(matter.text);
    const [commitment] = await stores.commitments.byId([commitmentId], []);
    if (!commitment) return refuseProblem('INVALID', unknownCommitment(commitmentId));
    const id = `SJ-${today().replaceAll('-', '')}-${randomUUID().slice(0, 8).toUpperCase()}`;
    await stores.auditMatters.insert({ id, commitmentId, at: clock.now(), response: null, ...matter }, session);
    return id;
  };

  return {
    /** Adds a note for auditors. Returns its number. */
    addAuditNote: async ({
      commitmentId,
      text,
      ...base
    }: CommandBase & { commitmentId: string; text: string }): Promise<CommandOutcome<string>> =>
      runner.run({ ...base, name: 'addAuditNote', request: { commitmentId, text } }, async (session) =>
        add(commitmentId, { kind: 'NOTE', text, by: base.actor.sub, referredTo: null, respondBy: null }, session),
      ),

    /** Refers a commitment to a department, which has to answer by a day. Returns the referral's number. */
    referCommitment: async ({
      commitmentId,
      text,
      referredTo,
      respondBy,
      ...base
    }: CommandBase & { commitmentId: string; text: string; referredTo: string; respondBy: string }): Promise<
      CommandOutcome<string>
    > =>
      runner.run(
        { ...base, name: 'referCommitment', request: { commitmentId, text, referredTo, respondBy } },
        async (session) => {
          if (respondBy < today())
            return refuseProblem('INVALID', {
              code: 'DAY_PASSED',
              message: `${respondBy} has passed`,
              path: ['respondBy'],
              details: { date: respondBy },
            });
          const id = await add(
            commitmentId,
            { kind: 'REFERRAL', text, by: base.actor.sub, referredTo, respondBy },
            session,
          );
          await outbox.append(
            [
              {
                type: 'cn.zhitong.commitment.referred',
                subject: commitmentId,
                data: { commitmentId, referral: id, referredTo, respondBy },
              },
            ],
            { session },
          );
          return id;
        },
      ),

    /** Answers a referral. Returns its number. */
    respondToReferral: async ({
      referralId,
      text,
      department,
      ...base
    }: CommandBase & { referralId: string; text: string; department: string | undefined }): Promise<
      CommandOutcome<string>
    > =>
      runner.run({ ...base, name: 'respondToReferral', request: { referralId, text } }, async (session) => {
        checkText(text);
        const referral = await stores.auditMatters.byId(referralId, session);
        if (referral?.kind !== 'REFERRAL')
          return refuseProblem('INVALID', {
            code: 'UNKNOWN_REFERRAL',
            message: `There is no referral ${referralId}.`,
            path: ['referral'],
            details: { referral: referralId },
          });
        if (referral.referredTo !== department)
          return forbid(said('REFERRAL_OF_ANOTHER', { referral: referralId, department: referral.referredTo ?? '' }));
        if (!(await stores.auditMatters.respond(referralId, { text, by: base.actor.sub, on: today() }, session)))
          return refuseProblem('ILLEGAL_STATE', {
            code: 'ALREADY_ANSWERED',
            message: 'the referral is already answered',
            path: ['referral'],
            details: { answeredOn: referral.response?.on ?? null },
          });
        await outbox.append(
          [
            {
              type: 'cn.zhitong.commitment.referral-answered',
              subject: referral.commitmentId,
              data: { commitmentId: referral.commitmentId, referral: referralId },
            },
          ],
          { session },
        );
        return referralId;
      }),
  };
}
