import type { NewEvent } from '@zhitong/kit/outbox';
import type { RunRecord } from './collections.js';
import { refusedShare } from './run-counts.js';

/** A run was broken off, or not begun because of what its source looks like. */
export const runFailed = ({ _id, source, target, department, failure, why }: RunRecord): NewEvent => ({
  type: 'cn.zhitong.connector.run-failed',
  subject: source,
  data: { source, target, department, run: _id, reason: failure, code: why?.code ?? null },
});

/** A run refused far more rows than the runs before it. */
export const refusalsJumpedEvent = ({ _id, source, target, department, counts }: RunRecord): NewEvent => ({
  type: 'cn.zhitong.connector.refusals-jumped',
  subject: source,
  data: {
    source,
    target,
    department,
    run: _id,
    read: counts.read,
    refused: counts.refused,
    share: refusedShare(counts).toFixed(4),
  },
});

/** Nothing has come from a source for longer than was promised. */
export const sourceSilent = (silence: {
  readonly source: string;
  readonly target: string;
  readonly department: string;
  readonly lastDoneAt: Date | null;
  readonly silentAfterHours: number;
}): NewEvent => ({ type: 'cn.zhitong.connector.source-silent', subject: silence.source, data: silence });
