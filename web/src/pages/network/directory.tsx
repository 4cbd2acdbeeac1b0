import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { List } from '../../components/list.js';

const DirectoryFragment = graphql(/* GraphQL */ `
  fragment DirectoryEntryShown on DirectoryEntry {
    basis
    role
    official {
      id
      name
      post
      telephone
    }
    department {
      name
    }
    line {
      id
      name
      reach
    }
  }
`);

/** 十个直通: whom to call, persons first, then the city's lines. */
export function Directory({ of }: { of: readonly FragmentType<typeof DirectoryFragment>[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <List
      rows={of.map((one) => readFragment(DirectoryFragment, one))}
      rowKey={({ role, official, line, department }) =>
        [role ?? '', official?.id ?? '', line?.id ?? '', department.name ?? ''].join(' ')
      }
      columns={[
        {
          title: t('directory.who'),
          render: ({ official, line, department }) =>
            official == null ? (line?.name ?? department.name ?? '—') : `${official.name} · ${official.post}`,
        },
        { title: t('field.role'), render: ({ role }) => (role == null ? '—' : t(`enum.ServiceRole.${role}`)) },
        { title: t('column.department'), render: ({ department }) => department.name ?? '—' },
        { title: t('directory.reach'), render: ({ official, line }) => official?.telephone ?? line?.reach ?? '—' },
        { title: t('field.reason'), render: ({ basis }) => t(`enum.DirectoryBasis.${basis}`) },
      ]}
    />
  );
}
