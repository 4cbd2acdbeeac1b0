import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../../graph/use-command.js';
import type { Subgraph } from './subgraphs.js';

const RefusedRow = graphql(/* GraphQL */ `
  fragment RefusedRow on ConnectorRefusal {
    id
    file
    sheet
    line
    key
    column
    reason
    keeper
    cells {
      column
      text
      isWithheld
    }
  }
`);

/** How a row is corrected, by the department that takes it. */
const CORRECTIONS: Readonly<Record<Subgraph, CommandDocument<RefusablePayload>>> = {
  enterprises: graphql(/* GraphQL */ `
    mutation CorrectEnterpriseRow($input: CorrectRowInput!) {
      change: correctEnterpriseRow(input: $input) {
        run {
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
  `),
  cases: graphql(/* GraphQL */ `
    mutation CorrectCaseRow($input: CorrectRowInput!) {
      change: correctCaseRow(input: $input) {
        run {
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
  `),
  policies: graphql(/* GraphQL */ `
    mutation CorrectPolicyRow($input: CorrectRowInput!) {
      change: correctPolicyRow(input: $input) {
        run {
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
  `),
  credit: graphql(/* GraphQL */ `
    mutation CorrectCreditRow($input: CorrectRowInput!) {
      change: correctCreditRow(input: $input) {
        run {
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
  `),
};

/**
 * Rows that were refused, each with its line and why. One is corrected cell by cell: what is not known whole is given
 * anew, and why it is still not taken stands beside its column.
 */
export function RefusedRows({
  subgraph,
  of,
  total,
}: {
  subgraph: Subgraph;
  of: readonly FragmentType<typeof RefusedRow>[];
  total: number | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const rows = of.map((row) => readFragment(RefusedRow, row));
  const [chosen, setChosen] = useState<string | undefined>();
  const [taken, setTaken] = useState<string | undefined>();
  const row = rows.find(({ id }) => id === chosen);
  const place = ({ file, sheet, line, key }: (typeof rows)[number]): string =>
    [file, sheet, line == null ? key : t('connectors.line', { line })].filter(Boolean).join(' · ');
  return (
    <>
      <List
        rows={rows}
        total={total}
        rowKey={({ id }) => id}
        columns={[
          { title: t('connectors.place'), render: place },
          { title: t('connectors.column'), dataIndex: 'column' },
          { title: t('field.reason'), dataIndex: 'reason' },
          {
            title: t('connectors.row'),
            render: ({ cells }) => cells.map(({ column, text }) => `${column}=${text}`).join(t('list.separator')),
          },
          { title: t('connectors.keeper'), dataIndex: 'keeper' },
          {
            title: t('connectors.correct'),
            render: (one) => (
              <Button
                aria-expanded={one.id === chosen}
                aria-label={t('connectors.correctRow', { place: place(one) })}
                onClick={() => {
                  setChosen(one.id === chosen ? undefined : one.id);
                  setTaken(undefined);
                }}
              >
                {t('connectors.correct')}
              </Button>
            ),
          },
        ]}
      />
      {row !== undefined && (
        <section aria-labelledby="correction-title" data-part="correction" className="no-print">
          <h3 id="correction-title">{t('connectors.correctRow', { place: place(row) })}</h3>
          <p className="late">{[row.column, row.reason].filter(Boolean).join(t('connectors.colon'))}</p>
          <CommandForm
            key={row.id}
            command={CORRECTIONS[subgraph]}
            fixed={{ row: row.id }}
            fields={row.cells.map(({ column, isWithheld }): Field => ({
              name: column,
              title: column,
              kind: 'line',
              isOptional: true,
              ...(isWithheld ? { note: 'withheldCell' } : {}),
            }))}
            initial={Object.fromEntries(
              row.cells.map(({ column, text, isWithheld }) => [column, isWithheld ? '' : text]),
            )}
            shape={(values) => ({
              cells: row.cells.flatMap(({ column, text, isWithheld }) => {
                const held = values[column];
                const given = typeof held === 'string' ? held : '';
                return isWithheld || given !== text ? [{ column, text: given }] : [];
              }),
            })}
            submit={t('connectors.feedIn')}
            onDone={() => {
              setChosen(undefined);
              setTaken(place(row));
              askAgain();
            }}
          />
        </section>
      )}
      <p role="status" className="note">
        {taken !== undefined && t('connectors.taken', { place: taken })}
      </p>
    </>
  );
}
