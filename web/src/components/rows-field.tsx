import { Button, Form, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from './command-field.js';

/** A list of rows in a form, each with the same fields; one row stands there from the beginning. */
export function RowsField({
  of: { name, columns = [], isOptional = false },
  control,
}: {
  of: Field;
  /** The control of a row's field. */
  control: (field: Field) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  const label = t(`field.${name}`);
  return (
    <Form.List name={name} initialValue={isOptional ? [] : [{}]}>
      {(rows, { add, remove }, { errors }) => (
        <fieldset id={name} tabIndex={-1}>
          <legend>{label}</legend>
          {rows.map(({ key, name: row }) => (
            <Space key={key} wrap align="end">
              {columns.map((column) => (
                <Form.Item
                  key={column.name}
                  name={[row, column.name]}
                  label={t(`field.${column.name}`)}
                  rules={column.isOptional === true ? [] : [{ required: true, message: t('form.required') }]}
                >
                  {control(column)}
                </Form.Item>
              ))}
              <Form.Item>
                <Button onClick={() => remove(row)} aria-label={t('form.removeRowOf', { label, number: row + 1 })}>
                  {t('form.removeRow')}
                </Button>
              </Form.Item>
            </Space>
          ))}
          <Form.Item>
            <Button onClick={() => add({})} aria-label={t('form.addRowTo', { label })}>
              {t('form.addRow')}
            </Button>
          </Form.Item>
          <Form.ErrorList errors={errors} />
        </fieldset>
      )}
    </Form.List>
  );
}
