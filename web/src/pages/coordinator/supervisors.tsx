import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { List } from '../../components/list.js';
import { useMoves } from '../../components/moves.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const SupervisorFragment = graphql(/* GraphQL */ `
  fragment SupervisorShown on SpecialSupervisor {
    id
    name
    organisation
    appointedOn
    until
  }
`);

const AppointSupervisor = graphql(/* GraphQL */ `
  mutation AppointSupervisor($input: AppointSpecialSupervisorInput!) {
    change: appointSpecialSupervisor(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const EndSupervisor = graphql(/* GraphQL */ `
  mutation EndSupervisor($input: EndSpecialSupervisorInput!) {
    change: endSpecialSupervisor(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** 特约监督员: those whose term runs, appointed and released here. */
export function Supervisors({ of }: { of: readonly FragmentType<typeof SupervisorFragment>[] }): ReactNode {
  const { t } = useTranslation();
  const supervisors = of.map((one) => readFragment(SupervisorFragment, one));
  const { buttons, form } = useMoves([
    ...supervisors.map(({ id }) => ({
      ...{ row: id, move: 'END', command: EndSupervisor, fixed: { id }, label: t('supervisor.end') },
      fields: [{ name: 'reason', kind: 'text' }] as const,
    })),
    {
      ...{ row: 'new', move: 'APPOINT', command: AppointSupervisor, label: t('supervisor.appoint') },
      fields: [
        { name: 'name', kind: 'line', label: 'successor_name' },
        { name: 'organisation', kind: 'line' },
        { name: 'until', kind: 'date' },
      ],
    },
  ]);
  return (
    <>
      <List
        rows={supervisors}
        rowKey={({ id }) => id}
        columns={[
          { title: t('field.successor_name'), dataIndex: 'name' },
          { title: t('field.organisation'), dataIndex: 'organisation' },
          { title: t('supervisor.since'), render: ({ appointedOn }) => appointedOn ?? '—' },
          { title: t('field.until'), render: ({ until }) => until ?? '—' },
          { title: t('column.action'), render: ({ id }) => buttons(id) },
        ]}
      />
      {buttons('new')}
      {form}
    </>
  );
}
