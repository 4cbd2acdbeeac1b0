import { Select } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';

const OfficialChoiceFragment = graphql(/* GraphQL */ `
  fragment OfficialChoice on Official {
    id
    name
    post
    department {
      name
    }
  }
`);

const OfficialsFound = graphql(/* GraphQL */ `
  query OfficialsFound($text: String, $department: ID) {
    serviceOfficers(filter: { isServing: true, text: $text, department: $department }, first: 20) {
      totalCount
      nodes {
        official {
          ...OfficialChoice
        }
      }
    }
  }
`);

interface Option {
  readonly value: string;
  readonly label: string;
}

/** An official as a choice. */
export function officialOption(of: FragmentType<typeof OfficialChoiceFragment>): Option {
  const { id, name, post, department } = readFragment(OfficialChoiceFragment, of);
  return { value: id, label: [name, post, department.name].filter(Boolean).join(' · ') };
}

/** Somebody is asked for once this long after the last key. */
const PAUSE_MS = 200;

const asList = (value: string | readonly string[] | null | undefined): readonly string[] =>
  value == null ? [] : typeof value === 'string' ? [value] : value;

/**
 * Chooses among all officials on the roster who serve: the graph looks for what is typed, a part of a name or the
 * beginning of a staff number. The value is a staff number, or a list of them.
 */
export function OfficialSelect({
  id,
  label,
  value,
  onChange,
  isMany = false,
  department = null,
  known = [],
}: {
  id?: string;
  /** Where no label stands beside it. */
  label?: string;
  value?: string | readonly string[] | null;
  onChange?: (value: string | string[]) => void;
  isMany?: boolean;
  /** Code of the department of which alone officials are offered. */
  department?: string | null;
  /** Whom it names before anybody is looked for. */
  known?: readonly Option[];
}): ReactNode {
  const { t } = useTranslation();
  const client = useClient();
  const [text, setText] = useState<string | undefined>();
  const [found, setFound] = useState<{ readonly options: readonly Option[]; readonly total: number } | undefined>();
  const [chosen, setChosen] = useState<readonly Option[]>(known);
  useEffect(() => {
    if (text === undefined) return undefined;
    let isLeft = false;
    const ask = async (): Promise<void> => {
      const wanted = text.trim();
      const { data } = await client
        .query(OfficialsFound, { text: wanted === '' ? null : wanted.slice(0, 40), department })
        .toPromise();
      if (isLeft || data?.serviceOfficers == null) return;
      const { nodes, totalCount } = data.serviceOfficers;
      setFound({ options: nodes.map(({ official }) => officialOption(official)), total: totalCount });
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [client, text, department]);
  const offered = found?.options ?? [];
  const ids = asList(value);
  const others = chosen.filter(
    (one) => ids.includes(one.value) && !offered.some((option) => option.value === one.value),
  );
  const more = (found?.total ?? 0) - offered.length;
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label, placeholder: label })}
      mode={isMany ? 'multiple' : undefined}
      style={{ minWidth: 220 }}
      showSearch={{ filterOption: false, onSearch: setText }}
      value={isMany ? [...ids] : (ids[0] ?? undefined)}
      options={[...others, ...offered].map((one) => ({ ...one }))}
      notFoundContent={found === undefined ? t('officials.looking') : t('list.empty')}
      onOpenChange={(isOpen: boolean) => {
        if (isOpen && text === undefined) setText('');
      }}
      onChange={(wanted: string | string[]) => {
        const now = asList(wanted);
        setChosen([...chosen, ...offered].filter((one) => now.includes(one.value)));
        onChange?.(wanted);
      }}
      popupRender={(menu) => (
        <>
          {menu}
          {more > 0 && <p className="note">{t('officials.more', { count: more })}</p>}
        </>
      )}
    />
  );
}
