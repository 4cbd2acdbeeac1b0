import { Button, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../../components/command-field.js';
import { CommandForm } from '../../components/command-form.js';
import { List } from '../../components/list.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import type { PolicyTopicKind } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { useAskAgain } from '../../graph/page-query.js';
import { useCommand } from '../../graph/use-command.js';
import { momentText } from '../../values/days.js';

const SubscriptionsFragment = graphql(/* GraphQL */ `
  fragment Subscriptions on Enterprise {
    policySubscriptions {
      kind
      value
      since
    }
  }
`);

const Subscribe = graphql(/* GraphQL */ `
  mutation SubscribeToTopic($input: PolicyTopicInput!) {
    change: subscribeToTopic(input: $input) {
      subscriptions {
        since
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

const Unsubscribe = graphql(/* GraphQL */ `
  mutation UnsubscribeFromTopic($input: PolicyTopicInput!) {
    change: unsubscribeFromTopic(input: $input) {
      subscriptions {
        since
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

type Named = { readonly code: string; readonly name?: string | null };
type Options = NonNullable<Field['options']>;

/** The topics of policies that the enterprise is told of, to be added to and taken back. */
export function Subscriptions({
  of,
  regions,
  departments,
}: {
  of: FragmentType<typeof SubscriptionsFragment>;
  regions: readonly Named[];
  departments: readonly Named[];
}): ReactNode {
  const { t } = useTranslation();
  const { policySubscriptions } = readFragment(SubscriptionsFragment, of);
  const [kind, chooseKind] = useState<PolicyTopicKind>('WORDS');
  const { isRunning, problem, run } = useCommand(Unsubscribe);
  const askAgain = useAskAgain();
  const words = (type: string): Options =>
    Object.entries(t(`enum.${type}`, { returnObjects: true }) as Readonly<Record<string, string>>).map(
      ([value, label]) => ({ value, label }),
    );
  const named = (all: readonly Named[]): Options => all.map(({ code, name }) => ({ value: code, label: name ?? code }));
  /** What can be chosen of a kind; nothing where the reader writes it. */
  const choices: Readonly<Partial<Record<PolicyTopicKind, Options>>> = {
    BENEFIT: words('BenefitKind'),
    DISTRICT: named(regions),
    ISSUER: named(departments),
  };
  const options = choices[kind];
  const takeBack = async (topic: { readonly kind: PolicyTopicKind; readonly value: string }): Promise<void> => {
    if ((await run(topic)) !== undefined) askAgain();
  };
  return (
    <>
      <List
        rows={policySubscriptions ?? []}
        rowKey={(row) => `${row.kind} ${row.value}`}
        columns={[
          { title: t('column.kind'), render: (row) => t(`enum.PolicyTopicKind.${row.kind}`) },
          {
            title: t('field.topic'),
            render: (row) => choices[row.kind]?.find(({ value }) => value === row.value)?.label ?? row.value,
          },
          { title: t('subscription.since'), render: (row) => momentText(row.since) },
          {
            title: t('column.action'),
            render: (row) => (
              <Button
                className="no-print"
                disabled={isRunning}
                onClick={() => void takeBack({ kind: row.kind, value: row.value })}
              >
                {t('subscription.takeBack')}
              </Button>
            ),
          },
        ]}
      />
      {problem !== undefined && <ProblemAlert problem={problem} />}
      <div className="no-print">
        <Select<PolicyTopicKind>
          aria-label={t('subscription.kind')}
          value={kind}
          style={{ minWidth: 160 }}
          onChange={chooseKind}
          options={words('PolicyTopicKind').map(({ value, label }) => ({ value: value as PolicyTopicKind, label }))}
        />
        <CommandForm
          key={`${kind} ${String(policySubscriptions?.length)}`}
          command={Subscribe}
          fixed={{ kind }}
          fields={[
            {
              name: 'value',
              kind: options === undefined ? 'line' : 'choice',
              label: 'topic',
              ...(options && { options }),
            },
          ]}
          submit={t('subscription.subscribe')}
          onDone={askAgain}
        />
      </div>
    </>
  );
}
