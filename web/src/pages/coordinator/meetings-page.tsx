import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai, firstOfYear } from '../../values/days.js';
import { MEETING_KINDS } from './meeting-kinds.js';

const Meetings = graphql(/* GraphQL */ `
  query Meetings($from: Date!, $to: Date!) {
    meetingCounts(from: $from, to: $to) {
      kind
      region
      count
    }
    meetingsDue {
      kind
      region
      from
      to
      isMissed
    }
    meetings(first: 50) {
      id
      kind
      date
      title
      region
      isHeld
      agenda {
        caseNumber
      }
      decisions {
        number
        isDone
        isOverdue
      }
    }
  }
`);

const PlanMeeting = graphql(/* GraphQL */ `
  mutation PlanMeeting($input: PlanMeetingInput!) {
    change: planMeeting(input: $input) {
      meeting {
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

const RecordMeeting = graphql(/* GraphQL */ `
  mutation RecordMeeting($input: RecordMeetingInput!) {
    change: recordMeeting(input: $input) {
      meeting {
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

/** 联席会议: which meetings are due, those planned and held, and how many of their decisions are open. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const today = dayInShanghai();
  const [isPlanning, setPlanning] = useState(false);
  const [isRecording, setRecording] = useState(false);
  const kind: Field = {
    name: 'kind',
    kind: 'choice',
    options: MEETING_KINDS.map((value) => ({ value, label: t(`enum.MeetingKind.${value}`) })),
  };
  const goTo = ({ meeting }: { readonly meeting?: { readonly id: string } | null }): void => {
    if (meeting != null) void navigate(`/meetings/${meeting.id}`);
  };
  return (
    <PageQuery query={Meetings} variables={{ from: firstOfYear(today), to: today }}>
      {({ meetingsDue, meetings, meetingCounts }) => (
        <>
          <h1>{t('menu./meetings')}</h1>
          <Part id="meetings-due" title={t('triage.meetings')} place={['meetingsDue']}>
            <List
              rows={meetingsDue ?? []}
              rowKey={(row) => `${row.kind} ${row.region ?? ''} ${row.from}`}
              columns={[
                { title: t('column.meeting'), render: (row) => t(`enum.MeetingKind.${row.kind}`) },
                { title: t('column.region'), render: (row) => row.region ?? t('meetings.city') },
                { title: t('column.period'), render: (row) => `${row.from} – ${row.to}` },
                {
                  title: t('column.status'),
                  render: (row) =>
                    row.isMissed ? <span className="late">{t('triage.missed')}</span> : t('triage.due'),
                },
              ]}
            />
          </Part>
          <Part id="meeting-counts" title={t('meetings.counts')} place={['meetingCounts']}>
            <List
              rows={meetingCounts ?? []}
              rowKey={(row) => `${row.kind} ${row.region ?? ''}`}
              columns={[
                { title: t('column.meeting'), render: (row) => t(`enum.MeetingKind.${row.kind}`) },
                { title: t('column.region'), render: (row) => row.region ?? t('meetings.city') },
                { title: t('meetings.count'), align: 'right', dataIndex: 'count' },
              ]}
            />
          </Part>
          <Part
            id="meetings"
            title={t('meetings.all')}
            place={['meetings']}
            extra={
              <Space>
                <Button type="primary" aria-expanded={isPlanning} onClick={() => setPlanning(!isPlanning)}>
                  {t('meetings.plan')}
                </Button>
                <Button aria-expanded={isRecording} onClick={() => setRecording(!isRecording)}>
                  {t('meetings.record')}
                </Button>
              </Space>
            }
          >
            {isPlanning && (
              <CommandForm
                command={PlanMeeting}
                fixed={{}}
                fields={[
                  kind,
                  { name: 'date', kind: 'date' },
                  { name: 'title', kind: 'line' },
                  { name: 'cases', kind: 'lines', isOptional: true },
                ]}
                submit={t('meetings.plan')}
                onDone={goTo}
              />
            )}
            {isRecording && (
              <CommandForm
                command={RecordMeeting}
                fixed={{}}
                fields={[
                  kind,
                  { name: 'date', kind: 'date' },
                  { name: 'title', kind: 'line' },
                  { name: 'chairedBy', kind: 'line' },
                  { name: 'cases', kind: 'lines', isOptional: true },
                  {
                    name: 'participants',
                    kind: 'rows',
                    isOptional: true,
                    columns: [
                      { name: 'name', kind: 'line' },
                      { name: 'organisation', kind: 'line' },
                    ],
                  },
                ]}
                submit={t('meetings.record')}
                onDone={goTo}
              />
            )}
            <List
              rows={meetings ?? []}
              rowKey={(row) => row.id}
              columns={[
                { title: t('column.day'), dataIndex: 'date' },
                { title: t('column.meeting'), render: (row) => <Link to={`/meetings/${row.id}`}>{row.title}</Link> },
                { title: t('field.kind'), render: (row) => t(`enum.MeetingKind.${row.kind}`) },
                {
                  title: t('column.status'),
                  render: (row) => t(row.isHeld ? 'meetings.held' : 'meetings.planned'),
                },
                { title: t('column.cases'), align: 'right', render: (row) => row.agenda.length },
                {
                  title: t('meetings.openDecisions'),
                  align: 'right',
                  render: ({ decisions }) => (
                    <span className={decisions.some(({ isOverdue }) => isOverdue) ? 'late' : undefined}>
                      {`${decisions.filter(({ isDone }) => !isDone).length} / ${decisions.length}`}
                    </span>
                  ),
                },
              ]}
            />
          </Part>
        </>
      )}
    </PageQuery>
  );
}
