import { keysetFilter, keysetSort } from '@zhitong/kit/mongo';
import type { LegalDay } from '@zhitong/values';
import type { Connection, mongo, PipelineStage } from 'mongoose';
import { addSums, NO_SUMS, OPTIONAL_FIGURES, sumsFrom, type OptionalFigure } from '../../domain/audit/audit-sums.js';
import { BY_DUE_DAY } from '../../list-orders.js';
import {
  type AuditGroupRow,
  type AuditQuestion,
  GROUP_KEYS,
  type GroupedRow,
  groupOf,
  groupStage,
  PARTS_OF_FIGURE,
  partsOfGroup,
} from './audit-groups.js';
import {
  changedPositionStages,
  CHECKPOINT_POSITIONS,
  positionStages,
  type AuditDays,
  type OptionalPart,
} from './audit-positions.js';
import type { CheckpointStore } from '../checkpoint.js';
import type { RunningFiguresStore } from './running-figures.js';
import { LEDGER_ENTRIES } from '../ledger-entry.js';

/** One promise of a group that was not kept: enough to sort and find it. */
export interface AuditedCommitment {
  readonly id: string;
  readonly dueOn: LegalDay;
}

export type CommitmentAuditStore = ReturnType<typeof commitmentAuditStore>;

/**
 * Audits: from the figures that run along with the ledger where these tell, else computed in the database over the
 * ledger's entries and the newest checkpoint that both days of a question allow.
 */
export function commitmentAuditStore(
  db: Connection,
  checkpoints: CheckpointStore,
  running: Pick<RunningFiguresStore, 'groups'>,
) {
  const checkpointFor = async ({ asOf, knownOn }: AuditDays): Promise<LegalDay | null> =>
    checkpoints.newest(asOf < knownOn ? asOf : knownOn);
  const overEntries = async (stages: PipelineStage[]): Promise<AuditGroupRow[]> =>
    (await db.collection(LEDGER_ENTRIES).aggregate<GroupedRow>(stages, { allowDiskUse: true }).toArray()).map(groupOf);

  /** Runs stages over all positions of the question. */
  const overPositions = async <Row extends object>(
    question: AuditDays,
    parts: readonly OptionalPart[],
    stages: PipelineStage[],
  ): Promise<mongo.AggregationCursor<Row>> => {
    const checkpoint = await checkpointFor(question);
    const collection = checkpoint === null ? LEDGER_ENTRIES : CHECKPOINT_POSITIONS;
    return db
      .collection(collection)
      .aggregate<Row>([...positionStages(question, checkpoint, parts), ...stages], { allowDiskUse: true });
  };

  /** The groups' figures at a checkpoint as of the day, and what the entries recorded since change about them. */
  const groupsSince = async (
    checkpoint: LegalDay,
    { groupBy, ...days }: AuditQuestion,
    figures: readonly OptionalFigure[],
    parts: readonly OptionalPart[],
  ): Promise<AuditGroupRow[]> => {
    const [kept, changes] = await Promise.all([
      checkpoints.figures(checkpoint, groupBy),
      overEntries([
        ...changedPositionStages(days, checkpoint, parts),
        groupStage({ asOf: days.asOf, groupBy, figures, signed: true }),
      ]),
    ]);
    const groups = new Map<string, AuditGroupRow>();
    for (const { key, promisor, official, ...figuresThen } of kept)
      groups.set(key, { key, promisor, official, ...sumsFrom(figuresThen, days.asOf) });
    for (const { key, promisor, official, ...change } of changes)
      groups.set(key, { key, promisor, official, ...addSums(groups.get(key) ?? NO_SUMS, change) });
    return [...groups.values()].filter(({ promisedCount }) => promisedCount > 0);
  };

  const groupsOfEntries = async (
    question: AuditQuestion,
    figures: readonly OptionalFigure[],
  ): Promise<AuditGroupRow[]> => {
    const { asOf, groupBy } = question;
    const parts = [...partsOfGroup(groupBy), ...figures.flatMap((figure) => PARTS_OF_FIGURE[figure])];
    const checkpoint = await checkpointFor(question);
    return checkpoint === null
      ? overEntries([...positionStages(question, null, parts), groupStage({ asOf, groupBy, figures, signed: false })])
      : groupsSince(checkpoint, question, figures, parts);
  };

  return {
    overPositions,

    /**
     * The groups of an audit, most overdue first. Of the optional figures those that are named are there, others may be
     * 0.
     */
    groups: async (
      question: AuditQuestion,
      figures: readonly OptionalFigure[] = OPTIONAL_FIGURES,
    ): Promise<AuditGroupRow[]> => {
      const known = figures.length === 0 ? await running.groups(question) : null;
      return (known ?? (await groupsOfEntries(question, figures))).sort(
        (a, b) =>
          mostFirst(a.overdue, b.overdue) || mostFirst(a.outstanding, b.outstanding) || (a.key < b.key ? -1 : 1),
      );
    },

    /**
     * For each group the first promises that were not kept, up to `limit + 1`; a number of commands that does not grow
     * with the groups.
     */
    unfulfilled: async (
      question: AuditQuestion,
      keys: readonly string[],
      { limit, position }: { limit: number; position: Parameters<typeof keysetFilter>[1] },
    ): Promise<Map<string, AuditedCommitment[]>> => {
      const { groupBy, ...days } = question;
      const parts = partsOfGroup(groupBy);
      const asked = { $and: [{ group: { $in: [...keys] } }, keysetFilter(BY_DUE_DAY, position)] };
      const firstOfGroup = {
        $group: {
          _id: '$group',
          commitments: {
            $topN: { n: limit + 1, sortBy: keysetSort(BY_DUE_DAY), output: { id: '$id', dueOn: '$dueOn' } },
          },
        },
      };
      const run = async <Row extends object>(collection: string, stages: PipelineStage[]): Promise<Row[]> =>
        db.collection(collection).aggregate<Row>(stages, { allowDiskUse: true }).toArray();
      const checkpoint = await checkpointFor(days);
      if (checkpoint === null) {
        const stages = [
          ...positionStages(days, null, parts),
          { $match: { outstanding: { $gt: 0 } } },
          { $project: { id: '$_id', dueOn: 1, group: GROUP_KEYS[groupBy] } },
          { $match: asked },
          firstOfGroup,
        ];
        return new Map(
          (await run<FirstOfGroup>(LEDGER_ENTRIES, stages as PipelineStage[])).map(({ _id, commitments }) => [
            _id,
            commitments,
          ]),
        );
      }
      const changed = await run<ChangedCommitment>(LEDGER_ENTRIES, [
        ...changedPositionStages(days, checkpoint, parts),
        { $match: { $or: [{ sign: -1 }, { outstanding: { $gt: 0 } }] } },
        {
          $project: {
            _id: 0,
            sign: 1,
            id: { $ifNull: ['$commitmentId', '$_id'] },
            dueOn: 1,
            group: GROUP_KEYS[groupBy],
          },
        },
        { $match: { $or: [{ sign: -1 }, asked] } },
      ] as PipelineStage[]);
      const kept = await run<FirstOfGroup>(CHECKPOINT_POSITIONS, [
        {
          $match: {
            on: checkpoint,
            ...(groupBy === 'DEPARTMENT' ? { 'holder.promisor': { $in: [...keys] } } : {}),
            dueOn: { $gt: '' },
            commitmentId: { $nin: changed.flatMap(({ sign, id }) => (sign === -1 ? [id] : [])) },
          },
        },
        { $project: { _id: 0, id: '$commitmentId', dueOn: 1, group: GROUP_KEYS[groupBy] } },
        { $match: asked },
        firstOfGroup,
      ] as PipelineStage[]);
      const found = new Map(kept.map(({ _id, commitments }) => [_id, commitments]));
      for (const { sign, id, dueOn, group } of changed)
        if (sign === 1) found.set(group, [...(found.get(group) ?? []), { id, dueOn }]);
      return new Map(
        [...found].map(([group, commitments]) => [group, commitments.sort(earliestFirst).slice(0, limit + 1)]),
      );
    },
  };
}

const mostFirst = (a: bigint, b: bigint): number => (a === b ? 0 : a > b ? -1 : 1);

interface FirstOfGroup {
  readonly _id: string;
  readonly commitments: AuditedCommitment[];
}

/**
 * A commitment that entries since a checkpoint touch: as it was at the checkpoint (`sign` -1), or as it stands and is
 * not kept (1).
 */
interface ChangedCommitment extends AuditedCommitment {
  readonly sign: 1 | -1;
  readonly group: string;
}

/** The order of {@link BY_DUE_DAY}. */
const earliestFirst = (a: AuditedCommitment, b: AuditedCommitment): number =>
  a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1;
