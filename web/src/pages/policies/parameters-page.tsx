import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/use-may.js';
import { List } from '../../components/list.js';
import { useMoves, type MoveForm } from '../../components/moves.js';
import { Part } from '../../components/part.js';
import type { ParameterType } from '../../generated/graphql.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { PageQuery } from '../../graph/page-query.js';

const ParametersFragment = graphql(/* GraphQL */ `
  fragment ParameterShown on PolicyParameter {
    name
    legalMoves
    label
    meaning
    unit
    type
    valueOn {
      revision
      value
      from
      until
      source
    }
    values {
      revision
      value
      from
      until
      source
    }
  }
`);

const Parameters = graphql(/* GraphQL */ `
  query Parameters {
    policyParameters {
      ...ParameterShown
    }
  }
`);

const DefineParameter = graphql(/* GraphQL */ `
  mutation DefineParameter($input: DefinePolicyParameterInput!) {
    change: definePolicyParameter(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const RecordParameterValue = graphql(/* GraphQL */ `
  mutation RecordParameterValue($input: RecordParameterValueInput!) {
    change: recordParameterValue(input: $input) {
      refusal {
        code
        message
        path
        details
      }
    }
  }
`);

const TYPES = ['INTEGER', 'NUMBER', 'MONEY', 'DATE'] as const satisfies readonly ParameterType[];

/** 政策参数: figures that documents set for a time and policies name, with who may record the next value. */
export function Component(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('menu./parameters')}</h1>
      <PageQuery query={Parameters} variables={{}}>
        {({ policyParameters }) => (
          <Part id="parameters" title={t('parameter.list')} place={['policyParameters']}>
            <ParameterList of={policyParameters ?? []} />
          </Part>
        )}
      </PageQuery>
    </>
  );
}

/** A value as the graph gives it: a number or a day. */
const valueText = (value: unknown): string =>
  typeof value === 'number' || typeof value === 'string' ? String(value) : '—';

function ParameterList({ of }: { of: readonly FragmentType<typeof ParametersFragment>[] }): ReactNode {
  const { t } = useTranslation();
  const mayDefine = useMay('definePolicyParameter');
  const parameters = of.map((one) => readFragment(ParametersFragment, one));
  const forms: readonly MoveForm[] = [
    ...parameters.flatMap(({ name, type, values, legalMoves }) =>
      legalMoves.map((move): MoveForm => ({
        ...{ row: name, move, command: RecordParameterValue, fixed: { parameter: name } },
        label: t(`enum.PolicyParameterMove.${move}`),
        fields: [
          { name: 'value', kind: type === 'DATE' ? 'date' : 'number', label: 'parameterValue' },
          { name: 'from', kind: 'date' },
          { name: 'until', kind: 'date', isOptional: true },
          { name: 'source', kind: 'line', label: 'parameterSource' },
          { name: 'sourceUrl', kind: 'line', isOptional: true },
          {
            name: 'corrects',
            kind: 'choice',
            isOptional: true,
            options: values.map(({ revision, value, from }) => ({
              value: revision,
              label: [String(revision), valueText(value), from].join(' · '),
            })),
          },
        ],
      })),
    ),
    ...(mayDefine
      ? [
          {
            ...{ row: '', move: 'DEFINE', command: DefineParameter, label: t('parameter.define') },
            fields: [
              { name: 'name', kind: 'line', label: 'parameterName' },
              { name: 'label', kind: 'line', label: 'name' },
              { name: 'meaning', kind: 'text', isOptional: true },
              { name: 'unit', kind: 'line', isOptional: true },
              {
                name: 'type',
                kind: 'choice',
                label: 'parameterType',
                options: TYPES.map((value) => ({ value, label: t(`enum.ParameterType.${value}`) })),
              },
            ],
          } satisfies MoveForm,
        ]
      : []),
  ];
  const { buttons, form } = useMoves(forms);
  return (
    <>
      <List
        rows={parameters}
        rowKey={({ name }) => name}
        columns={[
          { title: t('field.name'), render: ({ label, name }) => `${label} ($${name})` },
          { title: t('field.meaning'), dataIndex: 'meaning' },
          {
            title: t('parameter.now'),
            align: 'right',
            render: ({ valueOn, unit }) => (valueOn == null ? '—' : `${valueText(valueOn.value)} ${unit}`),
          },
          {
            title: t('column.period'),
            render: ({ valueOn }) => (valueOn == null ? '—' : `${valueOn.from} – ${valueOn.until ?? ''}`),
          },
          { title: t('field.parameterSource'), render: ({ valueOn }) => valueOn?.source ?? '—' },
          { title: t('column.action'), render: ({ name }) => buttons(name) },
        ]}
      />
      {buttons('')}
      {form}
    </>
  );
}
