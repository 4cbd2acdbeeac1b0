import type { RunRecord } from '../runs/collections.js';

const HOUR_S = 3_600;
const MINUTE_S = 60;

/**
 * How long a run still takes if it goes on as it went, in Chinese; empty where that cannot be said.
 * @param from share of the source that was read at the first look, 0 to 1, and the seconds since
 * @example timeLeftText({ share: 0.5, from: 0, seconds: 90 }) //=> '，约剩 2 分钟'
 */
export function timeLeftText({
  share,
  from,
  seconds,
}: {
  readonly share: number | null;
  readonly from: number | null;
  readonly seconds: number;
}): string {
  if (share === null || from === null || share <= from || share >= 1) return '';
  const left = (seconds * (1 - share)) / (share - from);
  if (left < MINUTE_S) return `，约剩 ${String(Math.ceil(left))} 秒`;
  if (left < HOUR_S) return `，约剩 ${String(Math.ceil(left / MINUTE_S))} 分钟`;
  return `，约剩 ${(left / HOUR_S).toFixed(1)} 小时`;
}

/** What became of the records of a run, in a line. */
export const countsText = ({
  counts: { read, new: entered, changed, unchanged, refused, skipped },
}: Pick<RunRecord, 'counts'>): string =>
  `读取 ${String(read)}：新增 ${String(entered)}、变更 ${String(changed)}、未变 ${String(unchanged)}、退回 ${String(refused)}、略过 ${String(skipped)}`;
