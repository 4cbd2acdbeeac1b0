import type { LegalDay } from '@zhitong/values';
import type { Caller } from '../access.js';

export const APPRAISAL_MOVES = ['DRAW', 'PUBLISH', 'STATE_MEASURES'] as const;
export type AppraisalMove = (typeof APPRAISAL_MOVES)[number];

/** The part of a round that decides what can be done with it. */
export interface MovableAppraisal {
  readonly committedOn: LegalDay;
  readonly closesOn: LegalDay;
  readonly draw: object | null;
  readonly published: {
    readonly results: readonly { readonly department: string; readonly isDoubleDrop: boolean | null }[];
  } | null;
  readonly measures: readonly { readonly department: string }[];
}

/** Whether a sample may be drawn on a day: once, later than the seed was committed, and not after the round. */
export const canDraw = ({ draw, committedOn, closesOn }: MovableAppraisal, today: LegalDay): boolean =>
  draw === null && today > committedOn && today <= closesOn;

/** Whether the results may be published on a day: once, when the round is over. */
export const canPublish = ({ draw, published, closesOn }: MovableAppraisal, today: LegalDay): boolean =>
  published === null && draw !== null && today > closesOn;

/** Whether a department's satisfaction dropped twice in a round that is published. */
export const hasDoubleDrop = ({ published }: Pick<MovableAppraisal, 'published'>, department: string): boolean =>
  published?.results.find((result) => result.department === department)?.isDoubleDrop === true;

/** What a caller can do with a round on a day; answering it is for whom it asks. */
export function appraisalMoves(round: MovableAppraisal, caller: Caller | null, today: LegalDay): AppraisalMove[] {
  const isCoordinator = caller?.roles.includes('COORDINATOR') ?? false;
  const own = caller?.roles.includes('OFFICER') === true ? caller.department : undefined;
  const may: Readonly<Record<AppraisalMove, boolean>> = {
    DRAW: isCoordinator && canDraw(round, today),
    PUBLISH: isCoordinator && canPublish(round, today),
    STATE_MEASURES:
      own !== undefined && hasDoubleDrop(round, own) && !round.measures.some(({ department }) => department === own),
  };
  return APPRAISAL_MOVES.filter((move) => may[move]);
}
