import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const ProblemListsFragment = graphql(/* GraphQL */ `
  fragment MeetingProblemLists on Meeting {
    id
    version
    problemLists {
      number
      drawnUpOn
      problemCount
      settledCount
      lines {
        number
        category
        isSettled
        department {
          name
        }
        case {
          caseNumber
          title
        }
      }
    }
  }
`);

const DrawUpProblemList = graphql(/* GraphQL */ `
  mutation DrawUpProblemList($input: DrawUpProblemListInput!) {
    change: drawUpProblemList(input: $input) {
      meeting {
        ...MeetingProblemLists
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

/** 问题清单: the problems of a meeting as they were drawn up, the latest list first. */
export function MeetingProblemLists({ of }: { of: FragmentType<typeof ProblemListsFragment> }): ReactNode {
  const { t } = useTranslation();
  const { id, version, problemLists } = readFragment(ProblemListsFragment, of);
  return (
    <>
      {problemLists.map(({ number, drawnUpOn, problemCount, settledCount, lines }) => (
        <section key={number}>
          <h3>{t('meetings.problemListOf', { number, on: drawnUpOn, count: problemCount, settled: settledCount })}</h3>
          <List
            rows={lines}
            rowKey={(row) => String(row.number)}
            columns={[
              { title: t('column.number'), dataIndex: 'number' },
              { title: t('field.category'), render: (row) => t(`enum.CaseCategory.${row.category}`) },
              {
                title: t('column.subject'),
                render: (row) =>
                  row.case == null ? '—' : <Link to={`/cases/${row.case.caseNumber}`}>{row.case.title}</Link>,
              },
              { title: t('column.handler'), render: (row) => row.department?.name ?? '—' },
              { title: t('meetings.done'), render: (row) => (row.isSettled ? '✓' : '—') },
            ]}
          />
        </section>
      ))}
      <div className="forms no-print">
        <CommandForm
          command={DrawUpProblemList}
          fixed={{ meeting: id, expectedVersion: version }}
          fields={[]}
          submit={t('meetings.drawUp')}
          onDone={() => undefined}
        />
      </div>
    </>
  );
}
