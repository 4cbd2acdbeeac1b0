import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import type {
  FindingCategory,
  FindingHandling,
  FindingKind,
  FindingMove,
  VisitKind,
  VisitMove,
} from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';

const PlanVisitCommand = graphql(/* GraphQL */ `
  mutation PlanVisit($input: PlanVisitInput!) {
    change: planVisit(input: $input) {
      visit {
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

const RecordVisitCommand = graphql(/* GraphQL */ `
  mutation RecordVisit($input: RecordVisitInput!) {
    change: recordVisit(input: $input) {
      visit {
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

const WithdrawVisitCommand = graphql(/* GraphQL */ `
  mutation WithdrawVisit($input: WithdrawVisitInput!) {
    change: withdrawVisit(input: $input) {
      visit {
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

const SettleFindingCommand = graphql(/* GraphQL */ `
  mutation SettleFinding($input: SettleFindingInput!) {
    change: settleFinding(input: $input) {
      finding {
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

const RaiseFindingCommand = graphql(/* GraphQL */ `
  mutation RaiseFinding($input: RaiseFindingInput!) {
    change: raiseFinding(input: $input) {
      finding {
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

/** What one of the department can be chosen for a visit, and the campaigns that it can belong to. */
export interface VisitChoices {
  /** Code of the department whose officials visit. */
  readonly department: string;
  readonly campaigns: readonly { readonly id: string; readonly name: string }[];
}

const VISITS = ['STEWARD_VISIT', 'DEPARTMENT_VISIT', 'LEADER_VISIT', 'SURVEY'] as const satisfies readonly VisitKind[];
const KINDS = ['APPEAL', 'COMPLAINT', 'REPORT', 'SUGGESTION'] as const satisfies readonly FindingKind[];
const HANDLINGS = ['SERVICE_LIST', 'CASE', 'SETTLED_ON_THE_SPOT'] as const satisfies readonly FindingHandling[];
const CATEGORIES = [
  'FINANCE',
  'LABOUR',
  'LAND_AND_CONSTRUCTION',
  'LOGISTICS',
  'TAX_AND_FEES',
  'PERMITS_AND_SERVICES',
  'MARKET_AND_SALES',
  'POLICY_DELIVERY',
  'LAW_ENFORCEMENT',
] as const satisfies readonly FindingCategory[];

/** Whom and by whom: what a plan states, and a report of a visit that was not planned. */
function usePlanFields({ department, campaigns }: VisitChoices): readonly Field[] {
  const { t } = useTranslation();
  return [
    { name: 'uscc', kind: 'line' },
    {
      name: 'kind',
      kind: 'choice',
      label: 'visitKind',
      options: VISITS.map((value) => ({ value, label: t(`enum.VisitKind.${value}`) })),
    },
    { name: 'officials', kind: 'officials', department },
    {
      name: 'campaign',
      kind: 'choice',
      isOptional: true,
      options: campaigns.map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}

/** What is known of a visit once it took place. */
function useReportFields(): readonly Field[] {
  const { t } = useTranslation();
  return [
    { name: 'visitedOn', kind: 'date', label: 'visitDay' },
    { name: 'met', kind: 'line' },
    { name: 'summary', kind: 'text' },
    {
      name: 'findings',
      kind: 'rows',
      isOptional: true,
      columns: [
        { name: 'title', kind: 'line' },
        { name: 'text', kind: 'text' },
        {
          name: 'kind',
          kind: 'choice',
          options: KINDS.map((value) => ({ value, label: t(`enum.FindingKind.${value}`) })),
        },
        {
          name: 'category',
          kind: 'choice',
          options: CATEGORIES.map((value) => ({ value, label: t(`enum.CaseCategory.${value}`) })),
        },
        {
          name: 'handling',
          kind: 'choice',
          options: HANDLINGS.map((value) => ({ value, label: t(`enum.FindingHandling.${value}`) })),
        },
        { name: 'service', kind: 'line', isOptional: true },
        { name: 'dueOn', kind: 'date', isOptional: true },
      ],
    },
  ];
}

/** Plans a visit of the own department, or records one that was not planned. */
export function NewVisit({
  move,
  uscc,
  choices,
  onDone,
}: {
  move: 'PLAN' | 'RECORD';
  uscc: string;
  choices: VisitChoices;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const plan = usePlanFields(choices);
  const report = useReportFields();
  const shared = { fixed: {}, initial: { uscc, kind: 'STEWARD_VISIT' }, onDone };
  return move === 'PLAN' ? (
    <CommandForm
      {...shared}
      command={PlanVisitCommand}
      fields={[...plan, { name: 'plannedOn', kind: 'date' }]}
      submit={t('visits.plan')}
    />
  ) : (
    <CommandForm {...shared} command={RecordVisitCommand} fields={[...plan, ...report]} submit={t('visits.record')} />
  );
}

/** What officers can do with a visit; that it took place is for the enterprise to say. */
export type OfficersMove = Exclude<VisitMove, 'CONFIRM'>;

/** Records a planned visit, or calls it off. */
export function MoveVisit({
  move,
  visit,
  version,
  onDone,
}: {
  move: OfficersMove;
  visit: string;
  version: number;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const report = useReportFields();
  const submit = t('case.do', { move: t(`enum.VisitMove.${move}`) });
  return move === 'RECORD' ? (
    <CommandForm command={RecordVisitCommand} fixed={{ visit }} fields={report} submit={submit} onDone={onDone} />
  ) : (
    <CommandForm
      command={WithdrawVisitCommand}
      fixed={{ visit, expectedVersion: version }}
      fields={[{ name: 'reason', kind: 'text' }]}
      submit={submit}
      onDone={onDone}
    />
  );
}

/** Strikes a problem off the service list, or makes it a case. */
export function MoveFinding({
  move,
  finding,
  onDone,
}: {
  move: FindingMove;
  finding: string;
  onDone: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const submit = t('case.do', { move: t(`enum.FindingMove.${move}`) });
  return move === 'SETTLE' ? (
    <CommandForm
      command={SettleFindingCommand}
      fixed={{ finding }}
      fields={[{ name: 'done', kind: 'text', label: 'settled' }]}
      submit={submit}
      onDone={onDone}
    />
  ) : (
    <CommandForm command={RaiseFindingCommand} fixed={{ finding }} fields={[]} submit={submit} onDone={onDone} />
  );
}
