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

const BAR_CELLS = 20;

/** A bar of the share that is done, with a blank behind it; empty where the source cannot say how much there is. */
function barText(share: number | null): string {
  if (share === null) return '';
  const done = Math.floor(Math.min(1, Math.max(0, share)) * BAR_CELLS);
  return `[${'#'.repeat(done)}${'-'.repeat(BAR_CELLS - done)}] ${String(Math.floor(share * 100))}% `;
}

/**
 * How far a run is: a bar, what became of the records, how many are read in a second, and how long it still takes.
 * @param share of the source that was read, 0 to 1
 * @param from the records and the share from which it is counted, and the seconds since
 */
export function progressText(
  run: Pick<RunRecord, 'counts'>,
  share: number | null,
  from: { readonly read: number; readonly share: number | null; readonly seconds: number },
): string {
  const rate = from.seconds > 0 ? `，每秒 ${String(Math.round((run.counts.read - from.read) / from.seconds))} 行` : '';
  return `${barText(share)}${countsText(run)}${rate}${timeLeftText({ share, from: from.share, seconds: from.seconds })}`;
}
