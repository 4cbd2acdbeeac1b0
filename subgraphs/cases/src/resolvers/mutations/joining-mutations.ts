import { requireRole, ROLES } from '@zhitong/kit';
import { faultsPayload, idempotencyKeyArgument } from '@zhitong/kit/commands';
import { asStored, textFaults, TEXT_LIMITS } from '../../domain/intake.js';
import type { MutationResolvers } from '../../generated/resolvers-types.js';
import { NO_WORDS, wordsToFind } from '../words-to-find.js';
import { casePayload, longTextFaults, noteFaults } from './changing.js';

/** Merging (并案), its undoing (撤销并案) and splitting (拆分) of cases. */
export const joiningMutations: Pick<MutationResolvers, 'mergeCase' | 'splitCase' | 'undoCaseMerge'> = {
  mergeCase: async (_root, { input }, context) => {
    const { actor, joining } = context;
    requireRole(actor, ROLES, 'mergeCase');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { caseNumber, expectedVersion, into, reason } = input;
    const faults = noteFaults('reason', reason);
    if (faults.length > 0) return faultsPayload(faults);
    return casePayload(
      await joining.merge({ idempotencyKey, actor, caseNumber, expectedVersion, into, reason: asStored(reason) }),
      context,
    );
  },
  undoCaseMerge: async (_root, { input }, context) => {
    const { actor, joining } = context;
    requireRole(actor, ROLES, 'undoCaseMerge');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { caseNumber, expectedVersion, reason } = input;
    const faults = noteFaults('reason', reason);
    if (faults.length > 0) return faultsPayload(faults);
    return casePayload(
      await joining.undoMerge({ idempotencyKey, actor, caseNumber, expectedVersion, reason: asStored(reason) }),
      context,
    );
  },
  splitCase: async (_root, { input }, context) => {
    const { actor, joining, stores, today } = context;
    requireRole(actor, ROLES, 'splitCase');
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const { caseNumber, expectedVersion, category } = input;
    const faults = [
      ...textFaults(input.title, ['title'], { longest: TEXT_LIMITS.title }),
      ...longTextFaults('text', input.text),
      ...noteFaults('reason', input.reason),
    ];
    if (faults.length > 0) return faultsPayload(faults);
    const [title, text, reason] = [asStored(input.title), asStored(input.text), asStored(input.reason)];
    const [present] = await stores.cases.byNumber([caseNumber], []);
    const found =
      present === undefined
        ? NO_WORDS
        : await wordsToFind(
            {
              title,
              text,
              anonymous: present.complainant.anonymous,
              complainant: present.complainant,
              project: present.project ?? null,
            },
            context,
          );
    return casePayload(
      await joining.split({
        idempotencyKey,
        actor,
        caseNumber,
        expectedVersion,
        category,
        title,
        text,
        reason,
        ...found,
        today,
      }),
      context,
    );
  },
};
