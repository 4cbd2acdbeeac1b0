import { requireRole } from '@zhitong/kit';
import {
  faultsPayload,
  idempotencyKeyArgument,
  payloadOf,
  type CommandOutcome,
  type RefusalPayload,
} from '@zhitong/kit/commands';
import type { Context } from '../../context.js';
import { announcementFaults, nextPart, PART_BYTES, partCount, partOf } from '../../domain/files/file-rules.js';
import { asStored } from '../../domain/intake.js';
import { said } from '../../domain/refusal-words.js';
import type { CaseFileUpload, MutationResolvers } from '../../generated/resolvers-types.js';

const SENDERS = ['ENTERPRISE', 'OFFICER', 'COORDINATOR'] as const;

/** A command's outcome as a payload with the file as it stands now. */
async function uploadPayload(
  outcome: CommandOutcome<string>,
  { stores }: Context,
): Promise<{ upload: CaseFileUpload } | RefusalPayload> {
  return payloadOf(outcome, async (id) => {
    const file = (await stores.files.byIds([id])).get(id);
    // A repeat of a command of yesterday: the file was swept since.
    if (file === undefined) return faultsPayload([{ path: ['file'], ...said('NO_FILE', { id }) }]);
    const { name, kind, bytes, sha256 } = file;
    return {
      upload: {
        ...{ id, name, kind, bytes, sha256, partBytes: PART_BYTES },
        ...{ partCount: partCount(file), nextPart: nextPart(file) },
      },
    };
  });
}

export const fileMutations: Pick<Required<MutationResolvers>, 'beginCaseFile' | 'addCaseFilePart'> = {
  beginCaseFile: async (_root, { input }, context) => {
    const { actor, fileCommands } = context;
    requireRole(actor, SENDERS, 'beginCaseFile');
    const { kind, bytes } = input;
    const name = asStored(input.name);
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const faults = announcementFaults({ name: input.name, bytes });
    if (faults.length > 0) return faultsPayload(faults);
    return uploadPayload(await fileCommands.begin({ idempotencyKey, actor, name, kind, bytes }), context);
  },
  addCaseFilePart: async (_root, { input }, context) => {
    const { actor, fileCommands } = context;
    requireRole(actor, SENDERS, 'addCaseFilePart');
    const { file, part } = input;
    const idempotencyKey = idempotencyKeyArgument(input.idempotencyKey);
    const content = partOf(input.content);
    if (content === null) return faultsPayload([{ path: ['content'], ...said('PART_NO_BASE64') }]);
    return uploadPayload(await fileCommands.addPart({ idempotencyKey, actor, file, part, content }), context);
  },
};
