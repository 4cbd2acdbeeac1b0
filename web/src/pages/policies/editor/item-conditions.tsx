import { Button, Select, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dayInShanghai } from '../../../values/days.js';
import { useLines } from './lines.js';
import { valueText, valueTyped, type AskedYear, type ItemCondition } from './policy-content.js';
import { fittingValue, TypedValue, type Askable } from './typed-value.js';

/** How attributes of items are compared. */
const OPERATORS = ['eq', 'ne', 'in', 'nin', 'gte', 'gt', 'lte', 'lt', 'between', 'exists', 'withinLast', 'atLeastAgo'];
/** Years that are offered before the running one: those of which figures are told, and one more. */
const YEARS_OFFERED = 4;

/** Which year's figure counts [上年度, 本年度]; the newest known one where none is asked. */
export function YearOfFact({
  year,
  onChange,
}: {
  year: AskedYear | undefined;
  onChange: (year: AskedYear | undefined) => void;
}): ReactNode {
  const { t } = useTranslation();
  const running = Number(dayInShanghai().slice(0, 4));
  const offered = Array.from({ length: YEARS_OFFERED }, (_, back) => running - 1 - back);
  const years = typeof year === 'number' && !offered.includes(year) ? [...offered, year] : offered;
  return (
    <Select<AskedYear | 'NEWEST'>
      size="small"
      aria-label={t('editor.year')}
      value={year ?? 'NEWEST'}
      style={{ minWidth: 130 }}
      onChange={(chosen) => onChange(chosen === 'NEWEST' ? undefined : chosen)}
      options={[
        ...(['NEWEST', 'PREVIOUS', 'CURRENT'] as const).map((value) => ({
          value,
          label: t(`criterion.year.${value}`),
        })),
        ...years.map((value) => ({ value, label: t('criterion.year.one', { year: value }) })),
      ]}
    />
  );
}

/** The conditions that one item of a collection must meet together. */
export function ItemConditions({
  conditions,
  attributes,
  onChange,
}: {
  conditions: readonly ItemCondition[];
  attributes: readonly Askable[];
  onChange: (conditions: readonly ItemCondition[]) => void;
}): ReactNode {
  const { t } = useTranslation();
  const lines = useLines(conditions, onChange);
  return (
    <ul className="criteria" aria-label={t('criterion.oneItem')}>
      {conditions.map((condition, at) => (
        <li key={lines.keys[at]}>
          <ConditionLine
            condition={condition}
            attributes={attributes}
            onChange={(changed) => lines.replace(at, changed)}
          />
          <Button size="small" onClick={() => lines.remove(at)}>
            {t('editor.remove')}
          </Button>
        </li>
      ))}
      <li>
        <Button size="small" onClick={() => lines.add(newCondition(attributes[0]))}>
          {t('editor.addCondition')}
        </Button>
      </li>
    </ul>
  );
}

/** A condition on an attribute, with the value that its line shows at first. */
const newCondition = (of: Askable | undefined): ItemCondition => ({
  attribute: of?.name ?? '',
  op: 'eq',
  value: of === undefined ? '' : valueTyped(fittingValue('', of), { op: 'eq', type: of.type }),
});

function ConditionLine({
  condition,
  attributes,
  onChange,
}: {
  condition: ItemCondition;
  attributes: readonly Askable[];
  onChange: (condition: ItemCondition) => void;
}): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(valueText(condition.value));
  const of = attributes.find(({ name }) => name === condition.attribute);
  const take = (text: string, { attribute, op }: Pick<ItemCondition, 'attribute' | 'op'>): void => {
    setTyped(text);
    const type = attributes.find(({ name }) => name === attribute)?.type ?? 'TEXT';
    onChange({ attribute, op, value: valueTyped(text, { op, type }) });
  };
  return (
    <Space wrap>
      <Select
        size="small"
        aria-label={t('editor.attribute')}
        value={condition.attribute}
        style={{ minWidth: 160 }}
        onChange={(attribute) => {
          const chosen = attributes.find(({ name }) => name === attribute);
          take(chosen === undefined ? typed : fittingValue(typed, chosen), { ...condition, attribute });
        }}
        options={attributes.map(({ name, label }) => ({ value: name, label: `${label} (${name})` }))}
      />
      <Select
        size="small"
        aria-label={t('editor.operator')}
        showSearch={{ optionFilterProp: 'label' }}
        value={condition.op}
        style={{ minWidth: 120 }}
        onChange={(op) => take(typed, { ...condition, op })}
        options={OPERATORS.map((value) => ({ value, label: t(`editor.operators.${value}`) }))}
      />
      <TypedValue
        typed={typed}
        op={condition.op}
        of={of ?? { name: condition.attribute, label: '', type: 'TEXT', unit: '', values: [], choices: [] }}
        onChange={(text) => take(text, condition)}
      />
    </Space>
  );
}
