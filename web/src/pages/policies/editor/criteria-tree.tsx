import { Button, Input, InputNumber, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ItemConditions, YearOfFact } from './item-conditions.js';
import { useLines } from './lines.js';
import {
  conditionsOf,
  GROUPS,
  valueText,
  valueTyped,
  type CriterionNode,
  type GroupKind,
  type TestContent,
} from './policy-content.js';
import { fittingValue, TypedValue, type Askable } from './typed-value.js';

/** A fact that criteria can ask for, as the graph's vocabulary describes it. */
export interface AskableFact extends Askable {
  /** Attributes of the items of a collection; none for any other fact. */
  readonly attributes: readonly Askable[];
}

const OPERATORS = [
  'eq',
  'ne',
  'in',
  'nin',
  'gte',
  'gt',
  'lte',
  'lt',
  'between',
  'exists',
  'contains',
  'containsAny',
  'startsWith',
  'under',
  'withinLast',
  'atLeastAgo',
  'wasNotBefore',
  'growthGte',
  'growthGt',
  'has',
] as const;

const ORDERS: ReadonlySet<string> = new Set(['gte', 'gt', 'lte', 'lt', 'between']);
const isOrdered = (fact: AskableFact | undefined): boolean => fact?.type !== 'BOOLEAN' && fact?.type !== 'ENUM';

/** The criteria of a policy as a tree in words, to be changed in place. */
export function CriteriaTree({
  nodes,
  facts,
  onChange,
}: {
  nodes: readonly CriterionNode[];
  facts: readonly AskableFact[];
  onChange: (nodes: readonly CriterionNode[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const lines = useLines(nodes, onChange);
  return (
    <ul className="criteria">
      {nodes.map((node, at) => (
        <li key={lines.keys[at]}>
          {node.kind === 'test' ? (
            <TestLine test={node.test} facts={facts} onChange={(test) => lines.replace(at, { kind: 'test', test })} />
          ) : (
            <Group node={node} facts={facts} onChange={(group) => lines.replace(at, group)} />
          )}
          <Button size="small" onClick={() => lines.remove(at)}>
            {t('editor.remove')}
          </Button>
        </li>
      ))}
      <li>
        <Space>
          <Button
            size="small"
            onClick={() => lines.add({ kind: 'test', test: { fact: facts[0]?.name ?? '', op: 'gte', value: 1 } })}
          >
            {t('editor.addTest')}
          </Button>
          <Button size="small" onClick={() => lines.add({ kind: 'anyOf', count: 1, of: [] })}>
            {t('editor.addGroup')}
          </Button>
        </Space>
      </li>
    </ul>
  );
}

function Group({
  node,
  facts,
  onChange,
}: {
  node: Exclude<CriterionNode, { kind: 'test' }>;
  facts: readonly AskableFact[];
  onChange: (node: CriterionNode) => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Space wrap>
        <Select<GroupKind>
          size="small"
          aria-label={t('editor.group')}
          value={node.kind}
          style={{ minWidth: 140 }}
          onChange={(kind) => onChange({ ...node, kind })}
          options={GROUPS.map((value) => ({ value, label: t(`editor.groups.${value}`) }))}
        />
        {node.kind === 'atLeast' && (
          <InputNumber
            size="small"
            aria-label={t('editor.count')}
            min={1}
            value={node.count}
            onChange={(count) => onChange({ ...node, count: count ?? 1 })}
          />
        )}
      </Space>
      <CriteriaTree nodes={node.of} facts={facts} onChange={(of) => onChange({ ...node, of })} />
    </>
  );
}

function TestLine({
  test,
  facts,
  onChange,
}: {
  test: TestContent;
  facts: readonly AskableFact[];
  onChange: (test: TestContent) => void;
}): ReactNode {
  const { t } = useTranslation();
  const fact = facts.find(({ name }) => name === test.fact);
  const [typed, setTyped] = useState(valueText(test.value));
  /** What was typed means something else by another operator or of another fact. */
  const take = (text: string, { op = test.op, name = test.fact }: { op?: string; name?: string } = {}): void => {
    setTyped(text);
    const type = facts.find((one) => one.name === name)?.type ?? 'TEXT';
    const value = op === 'has' ? conditionsOf(test.value) : valueTyped(text, { op, type });
    onChange({ ...test, fact: name, op, value });
  };
  return (
    <Space wrap>
      <Select
        size="small"
        aria-label={t('policy.fact')}
        showSearch={{ optionFilterProp: 'label' }}
        value={test.fact}
        style={{ minWidth: 220 }}
        onChange={(name) => {
          const chosen = facts.find((one) => one.name === name);
          // Of what has no order nothing can be more or less.
          const op = isOrdered(chosen) || !ORDERS.has(test.op) ? test.op : 'eq';
          take(chosen === undefined ? typed : fittingValue(typed, chosen), { name, op });
        }}
        options={facts.map(({ name, label }) => ({ value: name, label: `${label} (${name})` }))}
      />
      {fact?.type !== 'RECORDS' && <YearOfFact year={test.year} onChange={(year) => onChange({ ...test, year })} />}
      <Select
        size="small"
        aria-label={t('editor.operator')}
        showSearch={{ optionFilterProp: 'label' }}
        value={test.op}
        style={{ minWidth: 120 }}
        onChange={(op) => take(typed, { op })}
        options={OPERATORS.map((value) => ({ value, label: t(`editor.operators.${value}`) }))}
      />
      {test.op === 'has' ? (
        <ItemConditions
          conditions={conditionsOf(test.value)}
          attributes={fact?.attributes ?? []}
          onChange={(value) => onChange({ ...test, value })}
        />
      ) : (
        <TypedValue
          typed={typed}
          op={test.op}
          of={fact ?? { name: test.fact, label: test.fact, type: 'TEXT', unit: '', values: [], choices: [] }}
          onChange={(text) => take(text)}
        />
      )}
      <Input
        size="small"
        aria-label={t('editor.words')}
        placeholder={t('editor.words')}
        value={test.text_zh ?? ''}
        onChange={({ target }) => onChange({ ...test, text_zh: target.value })}
      />
    </Space>
  );
}
