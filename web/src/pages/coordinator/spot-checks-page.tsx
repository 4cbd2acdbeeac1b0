import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { useMay } from '../../app/use-may.js';
import { CommitSeed, DrawSample } from './spot-check-forms.js';

const SpotChecks = graphql(/* GraphQL */ `
  query SpotChecks {
    spotCheckCommitments(first: 20) {
      id
      from
      to
      seedHash
      committedAt
    }
    spotChecks(first: 10) {
      id
      from
      to
      seed
      seedCommittedAt
      percent
      populationSize
      populationDigest
      drawnAt
      pending
      confirmed {
        numerator
        denominator
        rate
      }
      team {
        name
      }
      drawn {
        caseNumber
        title
        status
      }
    }
    departments(level: CITY) {
      code
      name
    }
  }
`);

/**
 * 回头看: seeds committed to before the months were over, the draws with all that a repetition needs, and what the
 * checks found.
 */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const mayDraw = useMay('drawSpotCheck');
  return (
    <PageQuery query={SpotChecks} variables={{}}>
      {({ spotCheckCommitments, spotChecks, departments }) => (
        <>
          <h1>{t('menu./spot-checks')}</h1>
          <Part id="commitments" title={t('spotCheck.commitments')} place={['spotCheckCommitments']}>
            <List
              rows={spotCheckCommitments ?? []}
              rowKey={(row) => row.id}
              columns={[
                { title: t('column.period'), render: (row) => `${row.from} – ${row.to}` },
                { title: t('spotCheck.committedAt'), render: (row) => momentText(row.committedAt) },
                { title: t('spotCheck.seedHash'), render: (row) => <code>{row.seedHash}</code> },
              ]}
            />
            {mayDraw && <CommitSeed />}
          </Part>
          {mayDraw && (
            <Part id="draw" title={t('spotCheck.draw')} place={['departments']}>
              <DrawSample departments={departments ?? []} />
            </Part>
          )}
          {(spotChecks ?? []).map((check) => (
            <Part
              key={check.id}
              id={check.id}
              title={t('spotCheck.of', { from: check.from, to: check.to })}
              place={['spotChecks']}
            >
              <div className="figures">
                <RateFigure title={t('spotCheck.confirmed')} value={check.confirmed} />
              </div>
              <dl className="facts">
                <dt>{t('spotCheck.seed')}</dt>
                <dd>
                  <code>{check.seed}</code>{' '}
                  {check.seedCommittedAt == null
                    ? t('spotCheck.notCommitted')
                    : t('spotCheck.committed', { at: momentText(check.seedCommittedAt) })}
                </dd>
                <dt>{t('spotCheck.population')}</dt>
                <dd>
                  {t('spotCheck.populationOf', { count: check.populationSize, percent: check.percent })}{' '}
                  <code>{check.populationDigest}</code>
                </dd>
                <dt>{t('spotCheck.team')}</dt>
                <dd>{check.team.map(({ name }) => name ?? '—').join(t('list.separator')) || '—'}</dd>
                <dt>{t('spotCheck.pending')}</dt>
                <dd>{check.pending}</dd>
              </dl>
              <List
                rows={check.drawn}
                rowKey={(row) => row.caseNumber}
                columns={[
                  {
                    title: t('column.subject'),
                    render: (row) => <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link>,
                  },
                  { title: t('column.number'), dataIndex: 'caseNumber' },
                  { title: t('column.status'), render: (row) => t(`enum.CaseStatus.${row.status}`) },
                ]}
              />
            </Part>
          ))}
        </>
      )}
    </PageQuery>
  );
}
