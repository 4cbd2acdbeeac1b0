import type { RunRecord } from '../runs/collections.js';

/** What became of the records of a run, in a line. */
export const countsText = ({
  counts: { read, new: entered, changed, unchanged, refused, skipped },
}: Pick<RunRecord, 'counts'>): string =>
  `读取 ${String(read)}：新增 ${String(entered)}、变更 ${String(changed)}、未变 ${String(unchanged)}、退回 ${String(refused)}、略过 ${String(skipped)}`;
