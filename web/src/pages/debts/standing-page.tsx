import type { ResultOf } from '@graphql-typed-document-node/core';
import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { useMay } from '../../app/use-may.js';
import { Amount } from '../../components/amount.js';
import type { Field } from '../../components/command-field.js';
import { List } from '../../components/list.js';
import { useMoves, type MoveForm } from '../../components/moves.js';
import { Paging, useAfter } from '../../components/paging.js';
import { Part } from '../../components/part.js';
import type { BreachConsequence, PledgeEventKind, PledgeMove } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';
import { dayInShanghai } from '../../values/days.js';
import { DOCUMENT } from './debt-commands.js';
import { RecordAbout } from './record-about.js';

const Standing = graphql(/* GraphQL */ `
  query Standing($uscc: ID!, $mayRecord: Boolean!, $pledgesAfter: String) {
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
          legalMoves
          recordedBy {
            name
          }
        }
        judgments {
          caseNumber
          court
          effectiveOn
          fulfilledOn
          legalMoves
          amount {
            amount
          }
        }
      }
      pledges(first: 50, after: $pledgesAfter) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          matter
          signedOn
          state
          legalMoves
          department {
            name
          }
        }
      }
    }
    departments(level: CITY) @include(if: $mayRecord) {
      code
      name
    }
    regions @include(if: $mayRecord) {
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

const RecordPledge = graphql(/* GraphQL */ `
  mutation RecordPledge($input: RecordPledgeEventInput!) {
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

const REASON: readonly Field[] = [{ name: 'reason', kind: 'text' }, DOCUMENT];
const CONSEQUENCES = [
  'RECTIFICATION',
  'APPROVAL_REVOKED',
  'DISHONESTY_RECORD',
] as const satisfies readonly BreachConsequence[];
const ON: Field = { name: 'on', kind: 'date', label: 'eventOn' };
const FINDING: Field = { name: 'finding', kind: 'text' };

/** What each move of a pledge records. */
const PLEDGE_EVENTS: Readonly<
  Record<PledgeMove, { readonly kind: PledgeEventKind; readonly fields: readonly Field[] }>
> = {
  CHECK: { kind: 'CHECKED', fields: [ON, { name: 'kept', kind: 'yesNo' }, FINDING] },
  FIND_BREACH: { kind: 'BREACHED', fields: [ON, FINDING] },
  WITHDRAW_BREACH: { kind: 'BREACH_WITHDRAWN', fields: [ON, FINDING, DOCUMENT] },
  CLOSE: { kind: 'CLOSED', fields: [ON, FINDING] },
};

/** What is held against an enterprise, and for officials the ways to take back what should never have been. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  const { uscc = '' } = useParams();
  const { session } = useSession();
  const mayRecord = useMay('recordDishonesty');
  const pledgesAfter = useAfter('pledges');
  return (
    <PageQuery query={Standing} variables={{ uscc, mayRecord, pledgesAfter }}>
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
            {mayRecord && (
              <Part id="record-about" title={t('record.title')} place={['departments']} className="no-print">
                <RecordAbout
                  uscc={uscc}
                  own={session?.department ?? ''}
                  departments={departments ?? []}
                  regions={regions ?? []}
                  records={(standing?.dishonestyRecords ?? [])
                    .filter(({ legalMoves }) => legalMoves.includes('REPAIR'))
                    .map(({ id, category, documentNumber }) => ({ value: id, label: `${documentNumber} ${category}` }))}
                />
              </Part>
            )}
            <Part
              id="records"
              title={t('standing.records')}
              place={['enterprise', 'creditStanding', 'dishonestyRecords']}
            >
              <Records of={standing?.dishonestyRecords ?? []} uscc={uscc} />
            </Part>
            <Part id="judgments" title={t('standing.judgments')} place={['enterprise', 'creditStanding', 'judgments']}>
              <Judgments of={standing?.judgments ?? []} uscc={uscc} />
            </Part>
            <Part id="pledges" title={t('standing.pledges')} place={['enterprise', 'pledges']}>
              {enterprise?.pledges != null && <Pledges of={enterprise.pledges} />}
            </Part>
          </>
        );
      }}
    </PageQuery>
  );
}

type Asked = ResultOf<typeof Standing>;
type Held = NonNullable<NonNullable<Asked['enterprise']>['creditStanding']>;

/** Records of dishonesty; whoever made one takes it back. Repairs stand among what is recorded. */
function Records({ of, uscc }: { of: NonNullable<Held['dishonestyRecords']>; uscc: string }): ReactNode {
  const { t } = useTranslation();
  const { buttons, form } = useMoves(
    of.flatMap(({ id, legalMoves }) =>
      legalMoves
        .filter((move) => move === 'WITHDRAW')
        .map((move): MoveForm => ({
          ...{ row: id, move, command: WithdrawDishonesty, fixed: { uscc, record: id }, fields: REASON },
          label: t(`enum.DishonestyMove.${move}`),
        })),
    ),
  );
  return (
    <>
      <List
        rows={of}
        rowKey={({ id }) => id}
        columns={[
          { title: t('column.day'), dataIndex: 'from' },
          { title: t('column.subject'), dataIndex: 'category' },
          { title: t('field.document_number'), dataIndex: 'documentNumber' },
          { title: t('column.department'), render: (row) => row.recordedBy.name ?? '—' },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      {form}
    </>
  );
}

/** Judgments; the office that keeps them takes one back. */
function Judgments({ of, uscc }: { of: NonNullable<Held['judgments']>; uscc: string }): ReactNode {
  const { t } = useTranslation();
  const { buttons, form } = useMoves(
    of.flatMap(({ caseNumber, legalMoves }) =>
      legalMoves.map((move): MoveForm => ({
        ...{ row: caseNumber, move, command: WithdrawJudgment, fixed: { uscc, caseNumber }, fields: REASON },
        label: t(`enum.JudgmentMove.${move}`),
      })),
    ),
  );
  return (
    <>
      <List
        rows={of}
        rowKey={({ caseNumber }) => caseNumber}
        columns={[
          { title: t('column.day'), dataIndex: 'effectiveOn' },
          { title: t('standing.case'), dataIndex: 'caseNumber' },
          { title: t('standing.court'), dataIndex: 'court' },
          { title: t('column.amount'), align: 'right', render: (row) => <Amount value={row.amount} /> },
          { title: t('standing.fulfilled'), render: (row) => row.fulfilledOn ?? '—' },
          { title: t('column.action'), render: ({ caseNumber }) => buttons(caseNumber) },
        ]}
      />
      {form}
    </>
  );
}

/** Pledges; the department to which one was given checks it, finds it breached, takes that back, and closes it. */
function Pledges({
  of: { nodes, totalCount, pageInfo },
}: {
  of: NonNullable<NonNullable<Asked['enterprise']>['pledges']>;
}): ReactNode {
  const { t } = useTranslation();
  const consequence: Field = {
    name: 'consequence',
    kind: 'choice',
    options: CONSEQUENCES.map((value) => ({ value, label: t(`enum.BreachConsequence.${value}`) })),
  };
  const { buttons, form } = useMoves(
    nodes.flatMap(({ id, legalMoves }) =>
      legalMoves.map((move): MoveForm => {
        const { kind, fields } = PLEDGE_EVENTS[move];
        return {
          ...{ row: id, move, command: RecordPledge, fixed: { pledge: id, kind } },
          ...{ label: t(`enum.PledgeMove.${move}`), initial: { on: dayInShanghai() } },
          fields: move === 'FIND_BREACH' ? [...fields, consequence] : fields,
        };
      }),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={({ id }) => id}
        columns={[
          { title: t('column.day'), dataIndex: 'signedOn' },
          { title: t('column.subject'), dataIndex: 'matter' },
          { title: t('column.department'), render: (row) => row.department.name ?? '—' },
          { title: t('column.status'), render: (row) => t(`enum.PledgeState.${row.state}`) },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      <Paging list="pledges" pageInfo={pageInfo} />
      {form}
    </>
  );
}
