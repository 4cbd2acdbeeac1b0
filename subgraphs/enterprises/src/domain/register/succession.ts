import type { LegalDay } from '@zhitong/values';

/**
 * How an enterprise goes on from another: it was merged into it [合并], split off from it [分立], or is it under another
 * code [变更代码].
 */
export const SUCCESSION_KINDS = ['MERGER', 'DIVISION', 'NEW_CODE'] as const;
export type SuccessionKind = (typeof SUCCESSION_KINDS)[number];

/** An enterprise that another one goes on from; rights and duties pass on (民法典 67 条). */
export interface PredecessorRecord {
  readonly uscc: string;
  /** Day on which it passed on what it had. */
  readonly on: LegalDay;
  readonly kind: SuccessionKind;
  /** The document of the registration. */
  readonly document: string;
  /** Recorded of the enterprise itself; false for who stands further back in the line. */
  readonly isDirect: boolean;
}

/**
 * The predecessors of an enterprise with one more, and with those of that one: whoever had passed on to the added one
 * by the day on which it passed on itself. Nobody comes twice; latest day first.
 * @param ofAdded the predecessors of the one that is added.
 */
export function lineWith(
  line: readonly PredecessorRecord[],
  added: PredecessorRecord,
  ofAdded: readonly PredecessorRecord[],
): PredecessorRecord[] {
  const further = ofAdded.filter(({ on }) => on <= added.on).map((one) => ({ ...one, isDirect: false }));
  const byCode = new Map(line.map((one) => [one.uscc, one]));
  for (const one of [added, ...further]) {
    const known = byCode.get(one.uscc);
    if (known === undefined || (one.isDirect && !known.isDirect)) byCode.set(one.uscc, one);
  }
  return [...byCode.values()].sort(
    (one, other) => other.on.localeCompare(one.on) || one.uscc.localeCompare(other.uscc),
  );
}
