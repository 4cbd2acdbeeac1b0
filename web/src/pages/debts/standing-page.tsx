import { Button, Descriptions } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Amount } from '../../components/amount.js';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { Part } from '../../components/part.js';
import { graphql } from '../../generated/index.js';
import { PageQuery, useAskAgain } from '../../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import { dayInShanghai } from '../../values/days.js';
import { DOCUMENT } from './debt-commands.js';
import { RecordAbout } from './record-about.js';

const Standing = graphql(/* GraphQL */ `
  query Standing($uscc: ID!, $isOfficer: Boolean!) {
    enterprise(uscc: $uscc) {
      name
      creditStanding {
        grade
        openRecordCount
        unfulfilledJudgmentCount
        dishonestyRecords {
          id
          category
          documentNumber
          from
          isOpen
          recordedBy {
            name
          }
        }
        judgments {
          caseNumber
          court
          effectiveOn
          fulfilledOn
          amount {
            amount
          }
        }
      }
      pledges(first: 50) {
        nodes {
          id
          matter
          signedOn
          state
          department {
            name
          }
        }
      }
    }
    departments(level: CITY) @include(if: $isOfficer) {
      code
      name
    }
    regions @include(if: $isOfficer) {
      code
      name
    }
  }
`);

const WithdrawDishonesty = graphql(/* GraphQL */ `
  mutation WithdrawDishonesty($input: WithdrawDishonestyInput!) {
    change: withdrawDishonesty(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const WithdrawJudgment = graphql(/* GraphQL */ `
  mutation WithdrawJudgment($input: WithdrawJudgmentInput!) {
    change: withdrawJudgment(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const WithdrawBreach = graphql(/* GraphQL */ `
  mutation WithdrawBreach($input: RecordPledgeEventInput!) {
    change: recordPledgeEvent(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** Takes back what should never have been held against the enterprise; opens its form. */
function Withdrawal({
  command,
  fixed,
  fields,
}: {
  command: CommandDocument<RefusablePayload>;
  fixed: Readonly<Record<string, unknown>>;
  fields: readonly Field[];
}): ReactNode {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const askAgain = useAskAgain();
  return (
    <>
      <Button className="no-print" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('standing.withdraw')}
      </Button>
      {isOpen && (
        <CommandForm
          command={command}
          fixed={fixed}
          fields={[...fields, DOCUMENT]}
          submit={t('standing.confirm')}
          onDone={() => {
            setOpen(false);
            askAgain();
          }}
        />
      )}
    </>
  );
}

const REASON: readonly Field[] = [{ name: 'reason', kind: 'text' }];
const FINDING: readonly Field[] = [{ name: 'finding', kind: 'text' }];

/** What is held against an enterprise, and for officials the ways to take back what should never have been. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { uscc = '' } = useParams();
  const { session } = useSession();
  const isOfficer = session?.role === 'OFFICER';
  const action = <Row,>(render: (row: Row) => ReactNode) => (isOfficer ? [{ title: t('column.action'), render }] : []);
  return (
    <PageQuery query={Standing} variables={{ uscc, isOfficer }}>
      {({ enterprise, departments, regions }) => {
        const standing = enterprise?.creditStanding;
        return (
          <>
            <h1>{enterprise?.name ?? uscc}</h1>
            <Part id="standing" title={t('standing.title')} place={['enterprise', 'creditStanding']}>
              {standing != null && (
                <Descriptions
                  size="small"
                  items={[
                    [t('standing.grade'), t(`enum.CreditGrade.${standing.grade}`)],
                    [t('standing.records'), String(standing.openRecordCount)],
                    [t('standing.judgments'), String(standing.unfulfilledJudgmentCount)],
                  ].map(([label, children], at) => ({ key: at, label, children }))}
                />
              )}
            </Part>
            {isOfficer && (
              <Part id="record-about" title={t('record.title')} place={['departments']} className="no-print">
                <RecordAbout
                  uscc={uscc}
                  own={session.department ?? ''}
                  departments={departments ?? []}
                  regions={regions ?? []}
                  records={(standing?.dishonestyRecords ?? [])
                    .filter(({ isOpen }) => isOpen)
                    .map(({ id, category, documentNumber }) => ({ value: id, label: `${documentNumber} ${category}` }))}
                />
              </Part>
            )}
            <Part
              id="records"
              title={t('standing.records')}
              place={['enterprise', 'creditStanding', 'dishonestyRecords']}
            >
              <List
                rows={standing?.dishonestyRecords ?? []}
                rowKey={({ id }) => id}
                columns={[
                  { title: t('column.day'), dataIndex: 'from' },
                  { title: t('column.subject'), dataIndex: 'category' },
                  { title: t('field.document_number'), dataIndex: 'documentNumber' },
                  { title: t('column.department'), render: (row) => row.recordedBy.name ?? '—' },
                  ...action((row: { readonly id: string }) => (
                    <Withdrawal command={WithdrawDishonesty} fixed={{ uscc, record: row.id }} fields={REASON} />
                  )),
                ]}
              />
            </Part>
            <Part id="judgments" title={t('standing.judgments')} place={['enterprise', 'creditStanding', 'judgments']}>
              <List
                rows={standing?.judgments ?? []}
                rowKey={({ caseNumber }) => caseNumber}
                columns={[
                  { title: t('column.day'), dataIndex: 'effectiveOn' },
                  { title: t('standing.case'), dataIndex: 'caseNumber' },
                  { title: t('standing.court'), dataIndex: 'court' },
                  { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
                  { title: t('standing.fulfilled'), render: (row) => row.fulfilledOn ?? '—' },
                  ...action(({ caseNumber }: { readonly caseNumber: string }) => (
                    <Withdrawal command={WithdrawJudgment} fixed={{ uscc, caseNumber }} fields={REASON} />
                  )),
                ]}
              />
            </Part>
            <Part id="pledges" title={t('standing.pledges')} place={['enterprise', 'pledges']}>
              <List
                rows={enterprise?.pledges?.nodes ?? []}
                rowKey={({ id }) => id}
                columns={[
                  { title: t('column.day'), dataIndex: 'signedOn' },
                  { title: t('column.subject'), dataIndex: 'matter' },
                  { title: t('column.department'), render: (row) => row.department.name ?? '—' },
                  { title: t('column.status'), render: (row) => t(`enum.PledgeState.${row.state}`) },
                  ...action(({ id, state }: { readonly id: string; readonly state: string }) =>
                    state === 'BREACHED' ? (
                      <Withdrawal
                        command={WithdrawBreach}
                        fixed={{ pledge: id, kind: 'BREACH_WITHDRAWN', on: dayInShanghai() }}
                        fields={FINDING}
                      />
                    ) : null,
                  ),
                ]}
              />
            </Part>
          </>
        );
      }}
    </PageQuery>
  );
}
