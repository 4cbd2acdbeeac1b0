import { badUserInput } from '@zhitong/kit';
import { partCount } from '../domain/files/file-rules.js';
import { said } from '../domain/refusal-words.js';
import { caseRights } from '../domain/access.js';
import type { Context } from '../context.js';
import type { CaseFileResolvers } from '../generated/resolvers-types.js';
import type { ShownFile } from '../records.js';

/** Names and pictures cannot be masked: who may not know who brought an anonymous case opens none of its files. */
const isReadable = ({ of }: ShownFile, { actor }: Pick<Context, 'actor'>): boolean =>
  caseRights(actor, of).maySeeComplainant;

export const CaseFile: CaseFileResolvers = {
  id: ({ file }) => file.id,
  isReadable: (shown, _args, context) => isReadable(shown, context),
  name: (shown, _args, context) => (isReadable(shown, context) ? shown.file.name : null),
  kind: ({ file }) => file.kind,
  bytes: (shown, _args, context) => (isReadable(shown, context) ? shown.file.bytes : null),
  sha256: (shown, _args, context) => (isReadable(shown, context) ? shown.file.sha256 : null),
  addedAt: ({ file }) => new Date(file.at),
  partCount: (shown, _args, context) => (isReadable(shown, context) ? partCount(shown.file) : null),
  part: async (shown, { number }, context) => {
    if (!isReadable(shown, context)) return null;
    const last = partCount(shown.file) - 1;
    if (number < 0 || number > last) throw badUserInput(said('NO_SUCH_PART', { last, part: number }), ['number']);
    return (await context.stores.files.contentOf(shown.file.id, number)).toString('base64');
  },
};
