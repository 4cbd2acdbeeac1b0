import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandForm } from '../../components/command-form.js';
import { graphql } from '../../generated/index.js';
import type { InspectionKind, InspectionResult } from '../../generated/graphql.js';
import { useAskAgain } from '../../graph/page-query.js';

const RecordInspectionCommand = graphql(/* GraphQL */ `
  mutation RecordInspection($input: RecordInspectionInput!) {
    change: recordInspection(input: $input) {
      inspection {
        id
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const RecordPlanCommand = graphql(/* GraphQL */ `
  mutation RecordInspectionPlan($input: RecordInspectionPlanInput!) {
    change: recordInspectionPlan(input: $input) {
      plan {
        id
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const KINDS = ['PLANNED', 'SPECIAL', 'CASE'] as const satisfies readonly InspectionKind[];
const RESULTS = [
  'NO_PROBLEM',
  'CORRECTED_AT_ONCE',
  'ORDERED_TO_CORRECT',
  'REFERRED_FOR_PENALTY',
] as const satisfies readonly InspectionResult[];

/** A form that is empty again once what it held was recorded. */
function useRound(): [round: number, next: () => void] {
  const [round, setRound] = useState(0);
  const askAgain = useAskAgain();
  return [
    round,
    () => {
      setRound(round + 1);
      askAgain();
    },
  ];
}

/** Enters an inspection of the own department. */
export function RecordInspection({
  plans,
}: {
  plans: readonly { readonly id: string; readonly name: string }[];
}): ReactNode {
  const { t } = useTranslation();
  const [round, next] = useRound();
  return (
    <CommandForm
      key={round}
      command={RecordInspectionCommand}
      fixed={{}}
      fields={[
        { name: 'uscc', kind: 'line' },
        {
          name: 'kind',
          kind: 'choice',
          label: 'inspectionKind',
          options: KINDS.map((value) => ({ value, label: t(`enum.InspectionKind.${value}`) })),
        },
        {
          name: 'plan',
          kind: 'choice',
          label: 'inspectionPlan',
          isOptional: true,
          options: plans.map(({ id, name }) => ({ value: id, label: name })),
        },
        { name: 'noticeNumber', kind: 'line' },
        { name: 'matter', kind: 'line' },
        { name: 'isApproved', kind: 'yesNo' },
        { name: 'isOnSite', kind: 'yesNo' },
        { name: 'inspectedOn', kind: 'date' },
        {
          name: 'result',
          kind: 'choice',
          label: 'inspectionResult',
          options: RESULTS.map((value) => ({ value, label: t(`enum.InspectionResult.${value}`) })),
        },
        { name: 'resultText', kind: 'text' },
      ]}
      submit={t('inspection.record')}
      onDone={next}
    />
  );
}

/** Enters a plan of inspections of a year of the own department. */
export function RecordPlan({ year }: { year: number }): ReactNode {
  const { t } = useTranslation();
  const [round, next] = useRound();
  return (
    <CommandForm
      key={round}
      command={RecordPlanCommand}
      fixed={{ year }}
      fields={[
        { name: 'name', kind: 'line', label: 'planName' },
        { name: 'matter', kind: 'line' },
        { name: 'publishedOn', kind: 'date', isOptional: true },
        { name: 'cap', kind: 'number', isOptional: true },
      ]}
      submit={t('inspection.recordPlan')}
      onDone={next}
    />
  );
}
