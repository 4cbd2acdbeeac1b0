import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { MeetingAgenda } from './meeting-agenda.js';
import { MeetingDecisions } from './meeting-decisions.js';
import { MeetingProblemLists } from './meeting-problem-lists.js';

const MeetingPage = graphql(/* GraphQL */ `
  query MeetingPage($id: ID!) {
    meeting(id: $id) {
      kind
      date
      title
      chairedBy
      isHeld
      region
      participants {
        name
        organisation
      }
      ...MeetingAgenda
      ...MeetingProblemLists
      ...MeetingDecisions
    }
    departments(level: CITY) {
      code
      name
    }
  }
`);

/** One meeting from its agenda to the follow-up of what was decided. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  return (
    <PageQuery query={MeetingPage} variables={{ id }}>
      {({ meeting, departments }) =>
        meeting == null ? (
          <p>{t('meetings.none')}</p>
        ) : (
          <>
            <h1>{meeting.title}</h1>
            <p className="note">
              {[
                t(`enum.MeetingKind.${meeting.kind}`),
                meeting.date,
                meeting.region,
                t(meeting.isHeld ? 'meetings.held' : 'meetings.planned'),
                meeting.chairedBy != null && t('meetings.chair', { name: meeting.chairedBy }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {meeting.participants.length > 0 && (
              <p>
                {t('meetings.participants')}{' '}
                {meeting.participants
                  .map(({ name, organisation }) => `${name} (${organisation})`)
                  .join(t('list.separator'))}
              </p>
            )}
            <Part id="agenda" title={t('meetings.agenda')} place={['meeting', 'agenda']}>
              <MeetingAgenda of={meeting} />
            </Part>
            <Part id="problems" title={t('meetings.problemLists')} place={['meeting', 'problemLists']}>
              <MeetingProblemLists of={meeting} />
            </Part>
            <Part id="decisions" title={t('meetings.decisions')} place={['meeting', 'decisions']}>
              <MeetingDecisions of={meeting} departments={departments ?? []} />
            </Part>
          </>
        )
      }
    </PageQuery>
  );
}
