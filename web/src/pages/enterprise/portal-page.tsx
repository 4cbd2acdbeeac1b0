import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../app/session.js';
import { ApprovalItems } from '../../components/approval-items.js';
import { Directory } from '../network/directory.js';
import { Figure } from '../../components/figure.js';
import { useAfters } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import { VisitsShown } from '../../components/visits-shown.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { moneyText } from '../../values/money.js';
import { Appeals } from './appeals.js';
import { BarredMatches } from './barred-matches.js';
import { CaseNotices } from './case-notices.js';
import { Grants } from './grants.js';
import { Matches } from './matches.js';
import { Notifications } from './notifications.js';
import { Owed, OwedArrears } from './owed.js';

// What has a root of its own is asked there: it can be told while the registry of enterprises is silent.
const Portal = graphql(/* GraphQL */ `
  query Portal(
    $uscc: ID!
    $appealsAfter: String
    $caseNoticesAfter: String
    $notificationsAfter: String
    $owedAfter: String
    $arrearsAfter: String
    $approvalItemsAfter: String
    $visitsAfter: String
    $matchesAfter: String
    $barredAfter: String
    $grantsAfter: String
  ) {
    enterprise(uscc: $uscc) {
      uscc
      name
      industry {
        name
      }
      region {
        name
      }
      creditStanding {
        grade
      }
      arrears(first: 20, after: $arrearsAfter) {
        totalCount
        outstandingAmount {
          amount
        }
        ...OwedArrears
      }
      caseNotices(first: 10, after: $caseNoticesAfter) {
        ...CaseNotices
      }
      policyNotifications(first: 10, after: $notificationsAfter) {
        ...Notifications
      }
      matchedPolicies(first: 20, after: $matchesAfter, filter: { outcomes: [ELIGIBLE, UNDETERMINED] }) {
        totalCount
        ...Matches
      }
      barred: matchedPolicies(first: 20, after: $barredAfter, filter: { onlyBarred: true }) {
        totalCount
        ...BarredMatches
      }
    }
    commitments(
      filter: { uscc: $uscc, state: [OUTSTANDING] }
      orderBy: { field: DUE_ON, direction: ASC }
      first: 20
      after: $owedAfter
    ) {
      totalCount
      outstandingAmount {
        amount
      }
      overdueAmount {
        amount
      }
      ...Owed
    }
    grants(filter: { enterprise: $uscc }, first: 10, after: $grantsAfter) {
      ...Grants
    }
    whomToCall(uscc: $uscc) {
      ...DirectoryEntryShown
    }
    visits(filter: { uscc: $uscc, state: [HELD] }, first: 10, after: $visitsAfter) {
      ...VisitsShown
    }
    approvalItems(filter: { uscc: $uscc, state: [OPEN, SUBMITTED] }, first: 20, after: $approvalItemsAfter) {
      ...ApprovalItems
    }
    cases(filter: { uscc: $uscc }, first: 20, after: $appealsAfter) {
      totalCount
      ...Appeals
    }
  }
`);

/** The lists of the page, by their names in the address. */
const LISTS = [
  'appeals',
  'caseNotices',
  'notifications',
  'owed',
  'arrears',
  'approvalItems',
  'visits',
  'matches',
  'barred',
  'grants',
] as const;
const at = (field: string): readonly string[] => ['enterprise', field];

/** 企业门户: what the city owes the enterprise, what it can have, and where its appeals stand. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { session } = useSession();
  const navigate = useNavigate();
  const after = useAfters(...LISTS);
  return (
    <PageQuery query={Portal} variables={{ uscc: session?.uscc ?? '', ...after }}>
      {({ enterprise, commitments: owed, grants, cases, visits, approvalItems, whomToCall }) => {
        const { arrears, matchedPolicies, barred, caseNotices, policyNotifications: told } = enterprise ?? {};
        return (
          <>
            <h1>{enterprise?.name ?? session?.name}</h1>
            <p className="note">
              {[session?.uscc, enterprise?.region?.name, enterprise?.industry?.name].filter(Boolean).join(' · ')}
            </p>
            <div className="figures">
              <Figure
                title={t('portal.owed')}
                value={owed == null ? '—' : moneyText(owed.outstandingAmount)}
                note={owed == null ? undefined : t('portal.overdue', { amount: moneyText(owed.overdueAmount) })}
              />
              <Figure
                title={t('portal.arrears')}
                value={arrears == null ? '—' : moneyText(arrears.outstandingAmount)}
              />
              <Figure
                title={t('portal.matches')}
                value={matchedPolicies == null ? '—' : String(matchedPolicies.totalCount)}
              />
              <Figure title={t('portal.cases')} value={cases == null ? '—' : String(cases.totalCount)} />
              <Figure title={t('portal.grade')} value={enterprise?.creditStanding?.grade ?? '—'} />
            </div>
            <Part
              id="appeals"
              title={t('portal.cases')}
              place={['cases']}
              extra={
                <Button type="primary" onClick={() => void navigate('/appeals/new')}>
                  {t('menu./appeals/new')}
                </Button>
              }
            >
              {cases != null && <Appeals of={cases} uscc={session?.uscc ?? ''} />}
            </Part>
            <Part id="case-notices" title={t('portal.caseNotices')} place={at('caseNotices')}>
              {caseNotices != null && <CaseNotices of={caseNotices} />}
            </Part>
            <Part id="notifications" title={t('portal.notifications')} place={at('policyNotifications')}>
              {told != null && <Notifications of={told} />}
            </Part>
            <Part id="owed" title={t('portal.owed')} place={['commitments']}>
              {owed != null && <Owed of={owed} />}
            </Part>
            <Part id="arrears" title={t('portal.arrears')} place={at('arrears')}>
              {arrears != null && <OwedArrears of={arrears} />}
            </Part>
            <Part id="approval-items" title={t('portal.approvalItems')} place={['approvalItems']}>
              {approvalItems != null && <ApprovalItems of={approvalItems} list="approvalItems" />}
            </Part>
            <Part id="visits" title={t('portal.visits')} place={['visits']}>
              {visits != null && <VisitsShown of={visits} list="visits" />}
            </Part>
            <Part id="matches" title={t('portal.matches')} place={at('matchedPolicies')}>
              {matchedPolicies != null && <Matches of={matchedPolicies} />}
            </Part>
            {barred != null && barred.totalCount > 0 && (
              <Part id="barred" title={t('portal.barred')} place={at('barred')}>
                <BarredMatches of={barred} />
              </Part>
            )}
            <Part id="whom-to-call" title={t('directory.title')} place={['whomToCall']}>
              <Directory of={whomToCall ?? []} />
            </Part>
            <Part id="grants" title={t('portal.grants')} place={['grants']}>
              {grants != null && <Grants of={grants} />}
            </Part>
          </>
        );
      }}
    </PageQuery>
  );
}
