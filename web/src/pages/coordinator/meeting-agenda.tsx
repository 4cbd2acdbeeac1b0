import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const MeetingAgendaFragment = graphql(/* GraphQL */ `
  fragment MeetingAgenda on Meeting {
    id
    version
    isHeld
    agenda {
      caseNumber
      title
      status
      dueOn
    }
  }
`);

const ChangeAgenda = graphql(/* GraphQL */ `
  mutation ChangeAgenda($input: ChangeMeetingAgendaInput!) {
    change: changeMeetingAgenda(input: $input) {
      meeting {
        ...MeetingAgenda
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

const HoldMeeting = graphql(/* GraphQL */ `
  mutation HoldMeeting($input: HoldMeetingInput!) {
    change: holdMeeting(input: $input) {
      meeting {
        ...MeetingAgenda
        chairedBy
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

/** What is on the agenda; until the meeting was held, cases are put on and taken off. */
export function MeetingAgenda({ of }: { of: FragmentType<typeof MeetingAgendaFragment> }): ReactNode {
  const { t } = useTranslation();
  const { id, version, isHeld, agenda } = readFragment(MeetingAgendaFragment, of);
  const [changes, setChanges] = useState(0);
  return (
    <>
      <List
        rows={agenda}
        rowKey={(row) => row.caseNumber}
        columns={[
          {
            title: t('column.subject'),
            render: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link>,
          },
          { title: t('column.number'), dataIndex: 'caseNumber' },
          { title: t('column.status'), render: (row) => t(`enum.CaseStatus.${row.status}`) },
          { title: t('column.due'), render: (row) => row.dueOn ?? '—' },
        ]}
      />
      {!isHeld && (
        <div className="forms no-print">
          <CommandForm
            key={changes}
            command={ChangeAgenda}
            fixed={{ meeting: id, expectedVersion: version }}
            fields={[
              { name: 'add', kind: 'lines', isOptional: true },
              { name: 'remove', kind: 'lines', isOptional: true },
            ]}
            submit={t('meetings.changeAgenda')}
            onDone={() => setChanges(changes + 1)}
          />
          <CommandForm
            command={HoldMeeting}
            fixed={{ meeting: id, expectedVersion: version }}
            fields={[{ name: 'chairedBy', kind: 'line' }]}
            submit={t('meetings.hold')}
            onDone={() => undefined}
          />
        </div>
      )}
    </>
  );
}
