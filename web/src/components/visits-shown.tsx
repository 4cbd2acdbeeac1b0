import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../generated/index.js';
import type { VisitMove } from '../generated/graphql.js';
import { List } from './list.js';
import { Paging } from './paging.js';
import { useMoves, type MoveForm } from './moves.js';

const VisitsShownFragment = graphql(/* GraphQL */ `
  fragment VisitsShown on VisitConnection {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      version
      visitedOn
      met
      summary
      legalMoves
      enterprise {
        uscc
        name
      }
      department {
        name
      }
      officials {
        id
        name
      }
      confirmation {
        tookPlace
        remark
        on
      }
    }
  }
`);

const ConfirmVisit = graphql(/* GraphQL */ `
  mutation ConfirmVisit($input: ConfirmVisitInput!) {
    change: confirmVisit(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const WithdrawHeldVisit = graphql(/* GraphQL */ `
  mutation WithdrawHeldVisit($input: WithdrawVisitInput!) {
    change: withdrawVisit(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** What can be done with a visit that took place; recording one is done where visits are planned. */
type HeldMove = Exclude<VisitMove, 'RECORD'>;
const isOfHeld = (move: VisitMove): move is HeldMove => move !== 'RECORD';

/**
 * Visits that are recorded as having taken place. The enterprise says whether they did; the coordinator takes one out
 * of the figures that did not.
 */
export function VisitsShown({
  of,
  list,
}: {
  of: FragmentType<typeof VisitsShownFragment>;
  /** Its name in the address. */
  list: string;
}): ReactNode {
  const { t } = useTranslation();
  const { nodes, totalCount, pageInfo } = readFragment(VisitsShownFragment, of);
  const formOf = (id: string, version: number, move: HeldMove): MoveForm => ({
    ...{ row: id, move },
    label: t(`enum.VisitMove.${move}`),
    ...(move === 'CONFIRM'
      ? {
          command: ConfirmVisit,
          fixed: { visit: id },
          fields: [
            { name: 'tookPlace', kind: 'yesNo' },
            { name: 'remark', kind: 'text', isOptional: true, label: 'visitRemark' },
          ],
        }
      : {
          command: WithdrawHeldVisit,
          fixed: { visit: id, expectedVersion: version },
          fields: [{ name: 'reason', kind: 'text' }],
        }),
  });
  const { buttons, form } = useMoves(
    nodes.flatMap(({ id, version, legalMoves }) =>
      (legalMoves ?? []).filter(isOfHeld).map((move) => formOf(id, version ?? 0, move)),
    ),
  );
  return (
    <>
      <List
        rows={nodes}
        total={totalCount}
        rowKey={(row) => row.id}
        columns={[
          { title: t('column.day'), render: ({ visitedOn }) => visitedOn ?? '—' },
          { title: t('column.enterprise'), render: ({ enterprise }) => enterprise?.name ?? '—' },
          { title: t('column.department'), render: ({ department }) => department?.name ?? '—' },
          {
            title: t('field.officials'),
            render: ({ officials }) => (officials ?? []).map(({ name }) => name).join(t('list.separator')),
          },
          { title: t('field.met'), render: ({ met }) => met ?? '—' },
          { title: t('field.summary'), render: ({ summary }) => summary ?? '—' },
          {
            title: t('visits.confirmation'),
            render: ({ confirmation }) =>
              confirmation == null
                ? '—'
                : [t(confirmation.tookPlace ? 'form.yes' : 'form.no'), confirmation.on, confirmation.remark ?? '']
                    .filter((part) => part !== '')
                    .join(' · '),
          },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      <Paging list={list} pageInfo={pageInfo} />
      {form}
    </>
  );
}
