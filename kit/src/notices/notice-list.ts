import type { GraphQLResolveInfo } from 'graphql';
import { parsePage } from '../connection/page.js';
import { connectionOf } from '../connection/relay-connection.js';
import { requestedFields, requestedNodeFields } from '../connection/requested-fields.js';
import { badUserInput } from '../errors.js';
import { said } from '../refusal-words.js';
import type { ParentPage } from '../mongo/index.js';
import { LATEST_NOTICE_FIRST, type Notice, type NoticeBox } from './notice-box.js';

/** Notices that are marked by one command. */
const MOST_MARKED = 200;

interface NoticeArguments {
  readonly unreadOnly: boolean;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

/**
 * The connection of an enterprise's notices, with how many of the counted are unread.
 * @param list its name, which its cursors carry.
 * @param load reads it for many enterprises at once.
 */
export async function noticeConnection<Row extends Notice>({
  list,
  uscc,
  args: { unreadOnly, ...args },
  info,
  load,
}: {
  list: string;
  uscc: string;
  args: NoticeArguments;
  info: GraphQLResolveInfo;
  load: (uscc: string, page: Parameters<NoticeBox<Row>['perEnterprise']>[1]) => Promise<ParentPage<Row> | undefined>;
}) {
  const page = parsePage(args, { list: { list, uscc, unreadOnly }, keys: LATEST_NOTICE_FIRST.length });
  const { limit, position, backwards } = page;
  const wanted = requestedNodeFields(requestedFields(info)) === undefined ? {} : { limit, position, backwards };
  const found = await load(uscc, { unreadOnly, ...wanted });
  return {
    ...connectionOf({
      rows: found?.rows ?? [],
      page,
      sort: LATEST_NOTICE_FIRST,
      totalCount: found?.totalCount ?? 0,
    }),
    unreadCount: Number(found?.totals['unread'] ?? 0),
  };
}

/**
 * The ids that an enterprise wants marked; null for all.
 * @param name the argument below `input`.
 * @throws GraphQLError BAD_USER_INPUT for none or too many
 */
export function noticeIdsArgument(ids: readonly string[] | null | undefined, name: string): readonly string[] | null {
  if (ids === null || ids === undefined) return null;
  if (ids.length === 0 || ids.length > MOST_MARKED)
    throw badUserInput(said('NUMBER_OF_NOTICES', { name, length: ids.length, most: MOST_MARKED }), ['input', name]);
  return ids;
}
