import { Timeline } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { momentText } from '../../values/days.js';

const CaseHistoryFragment = graphql(/* GraphQL */ `
  fragment CaseHistory on Case {
    history {
      seq
      at
      party
      type
      reason
      department {
        name
      }
    }
  }
`);

/** Every change of a case that its reader learns of, the first one first. */
export function CaseHistory({ of }: { of: FragmentType<typeof CaseHistoryFragment> }): ReactNode {
  const { t } = useTranslation();
  const { history } = readFragment(CaseHistoryFragment, of);
  return (
    <Timeline
      items={history.map(({ seq, at, party, type, reason, department }) => ({
        key: seq,
        content: (
          <>
            <strong>{t(`enum.CaseMove.${type}`)}</strong>{' '}
            <span className="note">
              {momentText(at)} · {department?.name ?? t(`enum.CaseParty.${party}`)}
            </span>
            {reason != null && <p className="pre-line">{reason}</p>}
          </>
        ),
      }))}
    />
  );
}
