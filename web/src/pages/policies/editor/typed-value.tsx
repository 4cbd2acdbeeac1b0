import { Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isList, isPeriod } from './policy-content.js';

/** What can be asked of: a fact, or an attribute of a collection's items, as the graph's vocabulary describes it. */
export interface Askable {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly unit: string;
  readonly values: readonly string[];
  /** The values of a closed list with their words; none where it is open. */
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

const UNITS = ['YEARS', 'MONTHS', 'DAYS'] as const;
const SEPARATOR = ', ';
const partsOf = (typed: string): string[] =>
  typed
    .split(/[,，]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/**
 * What stands for a value when another fact is chosen: what was typed where that is one of its values, else the first
 * one; of an open fact what was typed.
 */
export function fittingValue(typed: string, { type, choices }: Pick<Askable, 'type' | 'choices'>): string {
  if (type === 'BOOLEAN') return typed === 'false' ? typed : 'true';
  if (choices.length === 0 || choices.some(({ value }) => value === typed)) return typed;
  return choices[0]?.value ?? '';
}

/**
 * The value of a comparison: yes or no, days, spans of time and values of a closed list are chosen, everything else is
 * typed, with examples as proposals and the unit beside it. The name of a dated parameter (`$name`) is always typed.
 */
export function TypedValue({
  typed,
  op,
  of,
  onChange,
}: {
  typed: string;
  op: string;
  of: Askable;
  onChange: (text: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const { name, type, unit, values, choices } = of;
  const label = t('editor.value');
  const isNamed = typed.startsWith('$');
  if (op === 'exists' || type === 'BOOLEAN')
    return (
      <Select
        size="small"
        aria-label={label}
        value={typed.trim() === 'false' ? 'false' : 'true'}
        style={{ minWidth: 80 }}
        onChange={onChange}
        options={[
          { value: 'true', label: t('form.yes') },
          { value: 'false', label: t('form.no') },
        ]}
      />
    );
  if (isPeriod(op) && !isNamed) {
    const [, count = '', span = 'YEARS'] = /^(\d*)\s*([A-Za-z]*)$/.exec(typed.trim()) ?? [];
    const chosen = UNITS.find((one) => one === span.toUpperCase()) ?? 'YEARS';
    return (
      <>
        <InputNumber
          size="small"
          aria-label={label}
          min={1}
          precision={0}
          value={count === '' ? null : Number(count)}
          onChange={(number) => onChange(`${String(number ?? '')} ${chosen}`)}
        />
        <Select
          size="small"
          aria-label={t('editor.span')}
          value={chosen}
          style={{ minWidth: 70 }}
          onChange={(one) => onChange(`${count} ${one}`)}
          options={UNITS.map((value) => ({ value, label: t(`editor.spans.${value}`) }))}
        />
      </>
    );
  }
  if (choices.length > 0 && !isNamed)
    return isList(op) ? (
      <Select
        size="small"
        mode="multiple"
        aria-label={label}
        value={partsOf(typed)}
        style={{ minWidth: 160 }}
        onChange={(parts: string[]) => onChange(parts.join(SEPARATOR))}
        options={choices.map((one) => ({ ...one }))}
      />
    ) : (
      <Select
        size="small"
        aria-label={label}
        value={typed}
        style={{ minWidth: 120 }}
        onChange={onChange}
        options={choices.map((one) => ({ ...one }))}
      />
    );
  if (type === 'DATE' && !isNamed) {
    const [first = '', last = ''] = partsOf(typed);
    if (!isList(op)) return <Day label={label} day={first} onChange={onChange} />;
    if (op === 'between')
      return (
        <>
          <Day label={label} day={first} onChange={(day) => onChange([day, last].join(SEPARATOR))} />
          <Day label={t('editor.until')} day={last} onChange={(day) => onChange([first, day].join(SEPARATOR))} />
        </>
      );
  }
  return (
    <>
      <Input
        size="small"
        aria-label={label}
        value={typed}
        suffix={unit}
        list={values.length === 0 ? undefined : `values-${name}`}
        onChange={({ target }) => onChange(target.value)}
      />
      {values.length > 0 && (
        <datalist id={`values-${name}`}>
          {values.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </>
  );
}

function Day({ label, day, onChange }: { label: string; day: string; onChange: (day: string) => void }): ReactNode {
  return (
    <Input
      size="small"
      type="date"
      aria-label={label}
      value={day}
      style={{ width: 140 }}
      onChange={({ target }) => onChange(target.value)}
    />
  );
}
