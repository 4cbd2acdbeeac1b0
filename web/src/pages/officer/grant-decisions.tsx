import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { momentText } from '../../values/days.js';
import { moneyText } from '../../values/money.js';
import { ProposeRecovery } from './recoveries.js';

const GrantDecisionsFragment = graphql(/* GraphQL */ `
  fragment GrantDecisions on Grant {
    id
    status
    policy {
      title
    }
    enterprise {
      name
    }
    canBeAskedBack {
      amount
    }
    pledge {
      text
      signatory
      signedAt
      state
      finding
      legalMoves
    }
    objections {
      id
      text
      raisedAt
      dueOn
      state
      reason
      legalMoves
    }
    suspension {
      before
      move
      doubts {
        code
        detail
      }
      amountNow {
        amount
      }
      atMost {
        amount
      }
      at
      legalMoves
    }
    history {
      move
      status
      at
      by
      note
    }
  }
`);

const DecideGrant = graphql(/* GraphQL */ `
  mutation DecideGrant($input: DecideGrantInput!) {
    change: decideGrant(input: $input) {
      grant {
        id
        ...GrantDecisions
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const DecideObjection = graphql(/* GraphQL */ `
  mutation DecideObjection($input: DecideObjectionInput!) {
    change: decideObjection(input: $input) {
      grant {
        id
        ...GrantDecisions
      }
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const CheckPledge = graphql(/* GraphQL */ `
  mutation CheckPledge($input: CheckPledgeInput!) {
    change: checkPledge(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

/** What somebody has to decide on one grant: objections against it, and doubts that suspended it; then its history. */
export function GrantDecisions({ of }: { of: FragmentType<typeof GrantDecisionsFragment> }): ReactNode {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const grant = readFragment(GrantDecisionsFragment, of);
  const { id, policy, enterprise, canBeAskedBack, objections, suspension, history, pledge } = grant;
  return (
    <div data-part="grant">
      <h3>{[policy.title, enterprise.name].filter(Boolean).join(' · ')}</h3>
      {suspension != null && (
        <>
          <h4>{t('grantWork.suspended', { at: momentText(suspension.at) })}</h4>
          <ul>
            {suspension.doubts.map(({ code, detail }) => (
              <li key={`${code} ${detail}`}>
                {t(`enum.GrantDoubtCode.${code}`)} {detail}
              </li>
            ))}
          </ul>
          {suspension.amountNow != null && (
            <p>
              {t('grantWork.amountNow')} <Amount value={suspension.amountNow} />
            </p>
          )}
          {suspension.legalMoves.includes('DECIDE') && (
            <CommandForm
              command={DecideGrant}
              fixed={{ grant: id }}
              fields={[
                {
                  name: 'decision',
                  kind: 'choice',
                  options: (['KEEP', 'CHANGE_AMOUNT', 'DROP'] as const).map((value) => ({
                    value,
                    label: t(`enum.GrantDecision.${value}`),
                  })),
                },
                { name: 'amount', kind: 'line', isOptional: true },
                { name: 'reason', kind: 'text' },
              ]}
              submit={t('grantWork.decide')}
              onDone={askAgain}
            />
          )}
        </>
      )}
      {objections.length > 0 && <h4>{t('grantWork.objections')}</h4>}
      {objections.map((objection) => (
        <div key={objection.id}>
          <p className="pre-line">{objection.text}</p>
          <p className="note">
            {t(`enum.GrantObjectionState.${objection.state}`)} · {momentText(objection.raisedAt)} ·{' '}
            {t('grantWork.answerBy', { day: objection.dueOn })} {objection.reason}
          </p>
          {objection.legalMoves.includes('DECIDE') && (
            <CommandForm
              command={DecideObjection}
              fixed={{ objection: objection.id }}
              fields={[
                { name: 'upheld', kind: 'yesNo' },
                { name: 'reason', kind: 'text' },
              ]}
              submit={t('grantWork.decideObjection')}
              onDone={askAgain}
            />
          )}
        </div>
      ))}
      {pledge != null && (
        <>
          <h4>{t('grantWork.pledge')}</h4>
          <p className="pre-line">{pledge.text}</p>
          <p className="note">
            {[pledge.signatory, momentText(pledge.signedAt), t(`enum.ApplicationPledgeState.${pledge.state}`)].join(
              ' · ',
            )}{' '}
            {pledge.finding}
          </p>
          {pledge.legalMoves.includes('CHECK') && (
            <CommandForm
              command={CheckPledge}
              fixed={{ grant: id }}
              fields={[
                { name: 'kept', kind: 'yesNo' },
                { name: 'finding', kind: 'text', isOptional: true, label: 'pledgeFinding' },
              ]}
              submit={t('grantWork.checkPledge')}
              onDone={askAgain}
            />
          )}
        </>
      )}
      {canBeAskedBack != null && (
        <>
          <h4>{t('recovery.canBe', { amount: moneyText(canBeAskedBack) })}</h4>
          <ProposeRecovery key={canBeAskedBack.amount} grant={id} onDone={askAgain} />
        </>
      )}
      <h4>{t('grantWork.history')}</h4>
      <List
        rows={history}
        rowKey={(row) => `${row.at} ${row.move ?? ''}`}
        columns={[
          { title: t('connectors.started'), render: (row) => momentText(row.at) },
          { title: t('column.action'), render: (row) => (row.move == null ? '—' : t(`enum.GrantMove.${row.move}`)) },
          { title: t('column.status'), render: (row) => t(`enum.GrantStatus.${row.status}`) },
          { title: t('grantWork.by'), dataIndex: 'by' },
          { title: t('field.note'), dataIndex: 'note' },
        ]}
      />
    </div>
  );
}
