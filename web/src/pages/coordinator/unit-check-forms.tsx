import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import type { UndercoverCheckMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';

const RecordUnitCheck = graphql(/* GraphQL */ `
  mutation RecordUnitCheck($input: RecordUndercoverCheckInput!) {
    change: recordUndercoverCheck(input: $input) {
      check {
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

const ReportRectification = graphql(/* GraphQL */ `
  mutation ReportRectification($input: ReportRectificationInput!) {
    change: reportRectification(input: $input) {
      check {
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

const ConcludeRectification = graphql(/* GraphQL */ `
  mutation ConcludeRectification($input: ConcludeRectificationInput!) {
    change: concludeRectification(input: $input) {
      check {
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

/** Records a check of a unit, announced or undercover, with what was looked at. */
export function RecordCheck({
  departments,
}: {
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const [recorded, setRecorded] = useState(0);
  const askAgain = useAskAgain();
  const all = (type: string): Field['options'] =>
    Object.entries(t(`enum.${type}`, { returnObjects: true }) as Readonly<Record<string, string>>).map(
      ([value, label]) => ({ value, label }),
    );
  return (
    <CommandForm
      key={recorded}
      command={RecordUnitCheck}
      fixed={{}}
      fields={[
        { name: 'manner', kind: 'choice', options: all('CheckManner') },
        {
          name: 'department',
          kind: 'choice',
          options: departments.map(({ code, name }) => ({ value: code, label: name ?? code })),
        },
        { name: 'place', kind: 'line' },
        { name: 'visitedOn', kind: 'date' },
        { name: 'checkers', kind: 'lines' },
        {
          name: 'items',
          kind: 'rows',
          columns: [
            { name: 'aspect', kind: 'choice', options: all('CheckAspect') },
            { name: 'isInOrder', kind: 'yesNo' },
            { name: 'finding', kind: 'line', isOptional: true },
          ],
        },
        { name: 'evidence', kind: 'lines', isOptional: true },
        { name: 'rectifyBy', kind: 'date', isOptional: true },
      ]}
      submit={t('unitCheck.record')}
      onDone={() => {
        setRecorded(recorded + 1);
        askAgain();
      }}
    />
  );
}

/** The next step of a check: the department reports what it put right, the coordinator judges it. */
export function NextStep({
  of: { id, version, place, visitedOn },
  move,
}: {
  of: { readonly id: string; readonly version: number; readonly place: string; readonly visitedOn: string };
  move: UndercoverCheckMove;
}): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const askAgain = useAskAgain();
  const where = { place, day: visitedOn };
  const isReport = move === 'REPORT';
  const common = {
    fixed: { id, expectedVersion: version },
    submit: isReport ? t('unitCheck.reportOf', where) : t('unitCheck.concludeOf', where),
    onDone: () => {
      setOpen(false);
      askAgain();
    },
  };
  return (
    <>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isReport ? t('unitCheck.report') : t('unitCheck.conclude')}
      </Button>
      {isOpen && isReport && (
        <CommandForm
          {...common}
          command={ReportRectification}
          fields={[
            { name: 'report', kind: 'text' },
            { name: 'evidence', kind: 'lines' },
          ]}
        />
      )}
      {isOpen && !isReport && (
        <CommandForm
          {...common}
          command={ConcludeRectification}
          fields={[
            { name: 'isAccepted', kind: 'yesNo' },
            { name: 'note', kind: 'text' },
            { name: 'rectifyBy', kind: 'date', isOptional: true },
          ]}
        />
      )}
    </>
  );
}
