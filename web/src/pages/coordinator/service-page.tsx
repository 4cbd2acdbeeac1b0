import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { RateFigure } from '../../components/figure.js';
import { List } from '../../components/list.js';
import { Paging, useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { VisitsShown } from '../../components/visits-shown.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { percentText, type RateValue } from '../../values/ratio.js';
import { Campaigns, OpenCampaign } from './campaigns.js';

const Service = graphql(/* GraphQL */ `
  query Service($findingsAfter: String, $disputedAfter: String) {
    serviceCoverage(role: STEWARD) {
      all {
        numerator
        denominator
        rate
      }
      aboveDesignatedSize {
        numerator
        denominator
        rate
      }
      byRegion {
        region {
          code
          name
        }
        served {
          numerator
          denominator
          rate
        }
      }
    }
    visitCampaigns {
      ...Campaign
    }
    regions {
      code
      name
    }
    disputed: visits(filter: { isDisputed: true, state: [HELD] }, first: 20, after: $disputedAfter) {
      ...VisitsShown
    }
    visitFindings(filter: { state: [LISTED, SENT, IN_CASE] }, first: 50, after: $findingsAfter) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        title
        state
        dueOn
        isOverdue
        caseNumber
        enterprise {
          name
        }
        department {
          name
        }
      }
    }
  }
`);

const share = (rate: RateValue): string =>
  `${rate.numerator} / ${rate.denominator}${rate.rate == null ? '' : ` (${percentText(rate.rate)})`}`;

/** 包保联系与遍访: who has a steward, how far the visits are, and what was found and is not settled. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const after = useAfters('findings', 'disputed');
  return (
    <PageQuery query={Service} variables={after}>
      {({ serviceCoverage, visitCampaigns, visitFindings, regions, disputed }) => (
        <>
          <h1>{t('menu./service')}</h1>
          <Part id="coverage" title={t('service.coverage')} place={['serviceCoverage']}>
            <div className="figures">
              <RateFigure title={t('service.all')} value={serviceCoverage?.all} />
              <RateFigure title={t('service.aboveSize')} value={serviceCoverage?.aboveDesignatedSize} />
            </div>
            <List
              rows={serviceCoverage?.byRegion ?? []}
              rowKey={(row) => row.region?.code ?? ''}
              columns={[
                { title: t('column.region'), render: (row) => row.region?.name ?? row.region?.code ?? '—' },
                { title: t('service.served'), align: 'right', render: (row) => share(row.served) },
              ]}
            />
          </Part>
          <Part id="campaigns" title={t('service.campaigns')} place={['visitCampaigns']}>
            <Campaigns of={visitCampaigns ?? []} />
          </Part>
          <Part id="open-campaign" title={t('service.open')} place={['regions']} className="no-print">
            <OpenCampaign regions={regions ?? []} />
          </Part>
          <Part id="disputed" title={t('service.disputed')} place={['disputed']}>
            {disputed != null && <VisitsShown of={disputed} list="disputed" />}
          </Part>
          <Part id="findings" title={t('service.findings')} place={['visitFindings']}>
            <List
              rows={visitFindings?.nodes ?? []}
              total={visitFindings?.totalCount}
              rowKey={(row) => row.id}
              columns={[
                {
                  title: t('column.subject'),
                  render: (row) =>
                    row.caseNumber == null ? row.title : <Link to={`/cases/${row.caseNumber}`}>{row.title}</Link>,
                },
                { title: t('column.enterprise'), render: (row) => row.enterprise.name ?? '—' },
                { title: t('column.department'), render: (row) => row.department.name ?? '—' },
                { title: t('column.status'), render: (row) => t(`enum.FindingState.${row.state}`) },
                {
                  title: t('column.due'),
                  render: (row) => <span className={row.isOverdue ? 'late' : undefined}>{row.dueOn ?? '—'}</span>,
                },
              ]}
            />
            {visitFindings != null && <Paging list="findings" pageInfo={visitFindings.pageInfo} />}
          </Part>
        </>
      )}
    </PageQuery>
  );
}
