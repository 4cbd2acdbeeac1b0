import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const ComparedAudit = graphql(/* GraphQL */ `
  fragment ComparedAudit on CommitmentAudit {
    asOf
    count
    outstandingAmount {
      amount
    }
    groups {
      key
      count
      department {
        name
      }
      outstandingAmount {
        amount
      }
    }
  }
`);

/** Two days side by side: each department that owed something on either of them. */
export function AuditComparison(of: {
  now: FragmentType<typeof ComparedAudit>;
  then: FragmentType<typeof ComparedAudit>;
}): ReactNode {
  const { t } = useTranslation();
  const [now, then] = [readFragment(ComparedAudit, of.now), readFragment(ComparedAudit, of.then)];
  const days = [then, now] as const;
  const keys = [...new Set(days.flatMap(({ groups }) => groups.map(({ key }) => key)))];
  const rows = keys.map((key) => {
    const [before, after] = days.map(({ groups }) => groups.find((group) => group.key === key));
    return { key, name: after?.department?.name ?? before?.department?.name ?? key, before, after };
  });
  const total = { key: '', name: t('audit.total'), before: then, after: now };
  return (
    <div data-part="comparison">
      <h3>{t('audit.compared', { then: then.asOf, now: now.asOf })}</h3>
      <List
        rows={[...rows, total]}
        rowKey={(row) => row.key}
        columns={[
          { title: t('column.department'), dataIndex: 'name' },
          { title: t('audit.unkeptOn', { day: then.asOf }), align: 'right', render: (row) => row.before?.count ?? 0 },
          { title: t('audit.unkeptOn', { day: now.asOf }), align: 'right', render: (row) => row.after?.count ?? 0 },
          {
            title: t('audit.outstandingOn', { day: then.asOf }),
            align: 'right',
            render: (row) => <Amount value={row.before?.outstandingAmount} />,
          },
          {
            title: t('audit.outstandingOn', { day: now.asOf }),
            align: 'right',
            render: (row) => <Amount value={row.after?.outstandingAmount} />,
          },
        ]}
      />
    </div>
  );
}
