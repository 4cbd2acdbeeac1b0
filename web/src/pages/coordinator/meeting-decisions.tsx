import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const MeetingDecisionsFragment = graphql(/* GraphQL */ `
  fragment MeetingDecisions on Meeting {
    id
    version
    isHeld
    agenda {
      caseNumber
      title
    }
    decisions {
      number
      decision
      dueOn
      isDone
      isOverdue
      case {
        caseNumber
      }
      department {
        name
      }
      followUps {
        day
        note
        done
      }
    }
  }
`);

const RecordDecision = graphql(/* GraphQL */ `
  mutation RecordDecision($input: RecordMeetingDecisionInput!) {
    change: recordMeetingDecision(input: $input) {
      meeting {
        ...MeetingDecisions
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

const FollowUp = graphql(/* GraphQL */ `
  mutation FollowUp($input: FollowUpDecisionInput!) {
    change: followUpDecision(input: $input) {
      meeting {
        ...MeetingDecisions
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

/** What was decided, by when and by whom it is carried out, and how far it is; struck off only with evidence. */
export function MeetingDecisions({
  of,
  departments,
}: {
  of: FragmentType<typeof MeetingDecisionsFragment>;
  departments: readonly { readonly code: string; readonly name?: string | null }[];
}): ReactNode {
  const { t } = useTranslation();
  const { id, version, isHeld, agenda, decisions } = readFragment(MeetingDecisionsFragment, of);
  const [followed, setFollowed] = useState<number | undefined>();
  const [isDeciding, setDeciding] = useState(false);
  const fixed = { meeting: id, expectedVersion: version };
  return (
    <>
      <List
        rows={decisions}
        rowKey={(row) => String(row.number)}
        columns={[
          { title: t('column.number'), dataIndex: 'number' },
          { title: t('field.decision'), dataIndex: 'decision' },
          {
            title: t('column.cases'),
            render: (row) =>
              row.case == null ? '—' : <Link to={`/cases/${row.case.caseNumber}`}>{row.case.caseNumber}</Link>,
          },
          { title: t('column.department'), render: (row) => row.department.name ?? '—' },
          {
            title: t('column.due'),
            render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.dueOn}</span>,
          },
          {
            title: t('meetings.followUps'),
            render: (row) => row.followUps.map(({ day, note }) => `${day} ${note}`).join(' / ') || '—',
          },
          {
            title: t('column.status'),
            render: (row) =>
              row.isDone ? (
                t('meetings.done')
              ) : (
                <Button
                  className="no-print"
                  aria-expanded={followed === row.number}
                  onClick={() => setFollowed(followed === row.number ? undefined : row.number)}
                >
                  {t('meetings.followUp')}
                </Button>
              ),
          },
        ]}
      />
      {followed !== undefined && (
        <CommandForm
          key={followed}
          command={FollowUp}
          fixed={{ ...fixed, decision: followed }}
          fields={[
            { name: 'note', kind: 'text' },
            { name: 'done', kind: 'yesNo' },
            { name: 'evidence', kind: 'lines', isOptional: true },
          ]}
          submit={t('meetings.followUpOf', { number: followed })}
          onDone={() => setFollowed(undefined)}
        />
      )}
      {isHeld && agenda.length > 0 && (
        <Button className="no-print" aria-expanded={isDeciding} onClick={() => setDeciding(!isDeciding)}>
          {t('meetings.decide')}
        </Button>
      )}
      {isDeciding && (
        <CommandForm
          command={RecordDecision}
          fixed={fixed}
          fields={[
            {
              name: 'caseNumber',
              kind: 'choice',
              options: agenda.map((one) => ({ value: one.caseNumber, label: `${one.caseNumber} ${one.title}` })),
            },
            {
              name: 'department',
              kind: 'choice',
              options: departments.map(({ code, name }) => ({ value: code, label: name ?? code })),
            },
            { name: 'decision', kind: 'text' },
            { name: 'dueOn', kind: 'date' },
            { name: 'reassign', kind: 'yesNo', isOptional: true },
          ]}
          submit={t('meetings.decide')}
          onDone={() => setDeciding(false)}
        />
      )}
    </>
  );
}
