import { connectionOf, parsePage } from '@zhitong/kit';
import type { DepartmentResolvers } from '../generated/resolvers-types.js';
import { BY_CLOSING, closingRows } from './policy-list.js';

export const Department: DepartmentResolvers = {
  __resolveReference: (reference) => reference,
  policies: ({ code }, args, { shelf }) => {
    const page = parsePage(args, { list: { list: 'department.policies', code }, keys: BY_CLOSING.length });
    const rows = shelf.all().filter(({ content }) => content.issuerCode === code);
    return connectionOf({ rows: closingRows(rows, page), page, sort: BY_CLOSING, totalCount: rows.length });
  },
};
