import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { departmentOptions } from '../../components/choices.js';
import { Moves, type MoveForm } from '../../components/moves.js';
import type {
  CommitmentKind,
  DishonestySeriousness,
  EnterpriseRelationKind,
  PenaltyGrade,
  SuccessionKind,
} from '../../generated/graphql.js';
import { RECORD_SUCCESSION, RECORDS, type RecordChoices, type RecordForm } from './record-commands.js';

const COMMITMENTS = [
  'CASH',
  'LAND',
  'TAX_REFUND',
  'INFRASTRUCTURE',
  'SERVICE',
  'PERMIT',
] as const satisfies readonly CommitmentKind[];
const SERIOUSNESS = ['MINOR', 'GENERAL', 'SERIOUS'] as const satisfies readonly DishonestySeriousness[];
const GRADES = ['MINOR', 'GENERAL', 'SERIOUS'] as const satisfies readonly PenaltyGrade[];
const RELATIONS = ['BRANCH', 'GROUP_MEMBER'] as const satisfies readonly EnterpriseRelationKind[];
const SUCCESSIONS = ['MERGER', 'DIVISION', 'NEW_CODE'] as const satisfies readonly SuccessionKind[];

interface Named {
  readonly code: string;
  readonly name?: string | null;
}

/** What an officer records about an enterprise; the graph refuses what is for another department. */
export function RecordAbout({
  uscc,
  own,
  departments,
  regions,
  records,
}: {
  uscc: string;
  /** The officer's own department. */
  own: string;
  departments: readonly Named[];
  regions: readonly Named[];
  records: NonNullable<Field['options']>;
}): ReactNode {
  const { t } = useTranslation();
  const choices: RecordChoices = {
    ...{ departments: departmentOptions(departments), regions: departmentOptions(regions), records },
    commitmentKinds: COMMITMENTS.map((value) => ({ value, label: t(`enum.CommitmentKind.${value}`) })),
    seriousness: SERIOUSNESS.map((value) => ({ value, label: t(`enum.DishonestySeriousness.${value}`) })),
    grades: GRADES.map((value) => ({ value, label: t(`enum.PenaltyGrade.${value}`) })),
    relations: RELATIONS.map((value) => ({ value, label: t(`enum.EnterpriseRelationKind.${value}`) })),
    successions: SUCCESSIONS.map((value) => ({ value, label: t(`enum.SuccessionKind.${value}`) })),
  };
  const formOf = (move: string, form: RecordForm, fixed: Record<string, string>): MoveForm => ({
    ...{ row: uscc, move, command: form.command, fixed, label: t(`record.${move}`), fields: form.fields(choices) },
    ...(form.initial === undefined ? {} : { initial: form.initial(own) }),
  });
  return (
    <Moves
      of={[
        ...Object.entries(RECORDS).map(([move, form]) => formOf(move, form, { uscc })),
        formOf('SUCCESSION', RECORD_SUCCESSION, { successor: uscc }),
      ]}
    />
  );
}
