import { Descriptions, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Due } from '../../components/due.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { momentText } from '../../values/days.js';
import { CaseFiles } from './case-files.js';

const CaseHeadFragment = graphql(/* GraphQL */ `
  fragment CaseHead on Case {
    ...CaseDue
    ...CaseFiles
    status
    kind
    category
    channel
    receivedOn
    text
    attachments
    isAnonymous
    question
    answer
    resolvedOn
    lane
    enterprise {
      uscc
      name
    }
    project {
      id
    }
    handler {
      name
    }
    responsibilities {
      duty
      department {
        name
      }
    }
    rating {
      process
      result
      reason
    }
    supplements {
      at
      text
      attachments
    }
    supervision {
      instruction
      dueOn
    }
    declined {
      competent
      reason
    }
    mergedInto
    absorbed
    splitFrom
    splitInto
    evaluation {
      settlement
      cause
      measure
      note
    }
    meetings @include(if: $withInternalNotes) {
      id
      date
      title
    }
    internalNotes @include(if: $withInternalNotes) {
      at
      note
      department {
        name
      }
    }
  }
`);

/** What a case is about and where it stands. */
export function CaseHead({ of }: { of: FragmentType<typeof CaseHeadFragment> }): ReactNode {
  const { t } = useTranslation();
  const shown = readFragment(CaseHeadFragment, of);
  const { rating, supervision } = shown;
  const items: [string, ReactNode][] = [
    ['column.status', <strong key="status">{t(`enum.CaseStatus.${shown.status}`)}</strong>],
    ['column.due', <Due key="due" of={shown} />],
    ['column.handler', shown.handler?.name ?? t('case.nobody')],
    ['column.enterprise', shown.enterprise?.name ?? (shown.isAnonymous ? t('case.anonymous') : '—')],
    ['field.kind', t(`enum.CaseKind.${shown.kind}`)],
    ['field.category', t(`enum.CaseCategory.${shown.category}`)],
    ['column.channel', t(`enum.CaseChannel.${shown.channel}`)],
    ['column.received', shown.receivedOn],
  ];
  if (shown.project != null) items.push(['case.project', shown.project.id]);
  if (shown.lane != null) items.push(['field.lane', t(`enum.CaseLane.${shown.lane}`)]);
  if (supervision != null) items.push(['case.supervision', `${supervision.instruction} (${supervision.dueOn})`]);
  if (rating != null)
    items.push([
      'case.rating',
      `${t('case.ratingOf', { process: rating.process, result: rating.result })} ${rating.reason ?? ''}`,
    ]);
  if (shown.declined != null) items.push(['case.declined', `${shown.declined.competent} ${shown.declined.reason}`]);
  const others: [string, readonly string[]][] = [
    ['case.mergedInto', shown.mergedInto == null ? [] : [shown.mergedInto]],
    ['case.absorbed', shown.absorbed],
    ['case.splitFrom', shown.splitFrom == null ? [] : [shown.splitFrom]],
    ['case.splitInto', shown.splitInto],
  ];
  for (const [label, numbers] of others)
    if (numbers.length > 0) items.push([label, <Cases key={label} of={numbers} />]);
  const meetings = shown.meetings ?? [];
  if (meetings.length > 0)
    items.push([
      'case.meetings',
      <ul key="meetings">
        {meetings.map(({ id, date, title }) => (
          <li key={id}>
            {date} {title}
          </li>
        ))}
      </ul>,
    ]);
  if (shown.evaluation != null) {
    const { settlement, cause, measure, note } = shown.evaluation;
    items.push([
      'case.evaluation',
      [t(`enum.CaseSettlement.${settlement}`), t(`enum.MatterCause.${cause}`), note, measure ?? ''].join(' '),
    ]);
  }
  return (
    <>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 4 }}
        items={items.map(([label, children]) => ({ key: label, label: t(label), children }))}
      />
      <h3>{t('field.text')}</h3>
      <p className="pre-line">{shown.text}</p>
      <Links of={shown.attachments} />
      {shown.supplements.map(({ at, text, attachments }) => (
        <div key={at}>
          <h3>{t('case.supplement')}</h3>
          <p className="pre-line">{text}</p>
          <Links of={attachments} />
        </div>
      ))}
      <CaseFiles of={shown} />
      {shown.responsibilities.length > 0 && (
        <ul>
          {shown.responsibilities.map(({ department, duty }) => (
            <li key={`${department.name ?? ''}${duty}`}>
              {department.name}: {duty}
            </li>
          ))}
        </ul>
      )}
      {shown.question != null && (
        <>
          <h3>{t('case.question')}</h3>
          <p className="pre-line">{shown.question}</p>
        </>
      )}
      {shown.answer != null && (
        <>
          <h3>
            {t('field.answer')} {shown.resolvedOn}
          </h3>
          <p className="pre-line" data-shown="answer">
            {shown.answer}
          </p>
        </>
      )}
      {(shown.internalNotes ?? []).length > 0 && <h3>{t('case.internalNotes')}</h3>}
      {(shown.internalNotes ?? []).map(({ at, note, department }) => (
        <p key={at} className="pre-line" data-shown="internal-note">
          <span className="note">
            {momentText(at)} · {department?.name ?? t('enum.CaseParty.COORDINATOR')}
          </span>
          {'\n'}
          {note}
        </p>
      ))}
    </>
  );
}

const Cases = ({ of }: { of: readonly string[] }): ReactNode => (
  <Space>
    {of.map((caseNumber) => (
      <Link key={caseNumber} to={`/cases/${caseNumber}`}>
        {caseNumber}
      </Link>
    ))}
  </Space>
);

const Links = ({ of }: { of: readonly string[] }): ReactNode =>
  of.length > 0 && (
    <ul>
      {of.map((address) => (
        <li key={address}>
          <a href={address} rel="noreferrer noopener" target="_blank">
            {address}
          </a>
        </li>
      ))}
    </ul>
  );
