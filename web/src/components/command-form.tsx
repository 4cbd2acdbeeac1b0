import { Button, Form, Input, InputNumber, Radio, Select, type FormItemProps } from 'antd';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskAgain } from '../graph/page-query.js';
import { wordsOf } from '../graph/problems.js';
import { useCommand, type CommandDocument, type RefusablePayload } from '../graph/use-command.js';
import type { Field } from './command-field.js';
import { FilesField, NOT_WHOLE } from './files/files-field.js';
import { OfficialSelect } from './people/official-select.js';
import { ProblemAlert } from './problem-alert.js';
import { RowsField } from './rows-field.js';

const GRADES = [5, 4, 3, 2, 1];

/**
 * The form of one command. What the graph refuses stands beside the field that it concerns, else above the button;
 * nothing is shown as done before the graph has acknowledged it.
 */
export function CommandForm<Payload extends RefusablePayload>({
  command,
  fixed,
  fields,
  submit,
  initial,
  shape = filled,
  check,
  onDone,
}: {
  command: CommandDocument<Payload>;
  /** What the input holds beside the fields. */
  fixed: Readonly<Record<string, unknown>>;
  fields: readonly Field[];
  submit: string;
  /** What the fields hold at first. */
  initial?: Readonly<Record<string, unknown>>;
  /** Makes the input of what the fields hold; left out, it is what was filled in, by the fields' names. */
  shape?: (values: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /**
   * Looks at what was filled in before it is sent; what it finds is shown, and the same is sent at the next press. Null
   * where it finds nothing, undefined where the reader has to sign in first: then nothing is sent.
   */
  check?: (values: Readonly<Record<string, unknown>>) => Promise<ReactNode>;
  onDone: (payload: Payload) => void;
}): ReactNode {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<Record<string, unknown>>();
  const { isRunning, problem, run } = useCommand(command);
  const askAgain = useAskAgain();
  // What is wrong in a row stands beside its list.
  const place = fields.find(
    ({ name, columns = [] }) =>
      problem !== undefined && [name, ...columns.map((one) => one.name)].includes(problem.field ?? ''),
  )?.name;
  useEffect(() => {
    if (problem === undefined || place === undefined) return;
    const at = placeIn(fields, place, problem.field);
    form.setFields([
      {
        name: at,
        errors: [`${t(`problem.${problem.code}`, { defaultValue: problem.code })} ${wordsOf(problem, i18n.language)}`],
      },
    ]);
    form.scrollToField(at, { focus: true });
  }, [problem, place, form, t, i18n.language]);

  useEffect(() => {
    if (problem?.code === 'STALE_VERSION') askAgain();
  }, [problem, askAgain]);

  const isGiving = useRef(false);
  /** What has passed the look: when its answer was lost, the same is sent again, and not compared with itself. */
  const passed = useRef<string | undefined>(undefined);
  const [found, setFound] = useState<{ readonly of: string; readonly shown: ReactNode } | undefined>();
  const give = async (values: Record<string, unknown>): Promise<void> => {
    if (isGiving.current) return;
    isGiving.current = true;
    try {
      const input = shape(values);
      const of = JSON.stringify(input);
      const isLookedAt = check === undefined || found?.of === of || passed.current === of;
      const shown = isLookedAt ? null : await check(input);
      if (shown === undefined) return;
      setFound(shown === null ? undefined : { of, shown });
      if (shown !== null) return;
      passed.current = of;
      const payload = await run({ ...fixed, ...input });
      if (payload !== undefined) onDone(payload);
    } finally {
      isGiving.current = false;
    }
  };
  return (
    <Form form={form} layout="vertical" initialValues={{ ...initial }} onFinish={(values) => void give(values)}>
      {fields.map((field) =>
        field.kind === 'rows' ? (
          <RowsField key={field.name} of={field} control={(column) => control(column, t)} />
        ) : field.kind === 'group' ? (
          <fieldset key={field.name} id={field.name} tabIndex={-1}>
            <legend>{t(`field.${field.label ?? field.name}`)}</legend>
            {(field.columns ?? []).map((column) => (
              <Form.Item
                key={column.name}
                name={[field.name, column.name]}
                label={t(`field.${field.label ?? field.name}_${column.name}`)}
                dependencies={partsBeside(field, column)}
                rules={[
                  ({ getFieldValue }) => ({
                    required: isAsked(field, column, getFieldValue(field.name)),
                    message: t('form.required'),
                  }),
                ]}
              >
                {control(column, t)}
              </Form.Item>
            ))}
          </fieldset>
        ) : (
          <Form.Item
            key={field.name}
            name={field.name}
            label={field.title ?? t(`field.${field.label ?? field.name}`)}
            extra={field.note === undefined ? undefined : t(`field.${field.note}`)}
            rules={[
              ...(field.isOptional === true ? [] : [{ required: true, message: t('form.required') }]),
              ...(field.kind === 'files'
                ? [{ validator: async (_rule: unknown, ids: unknown) => requireWhole(ids, t) }]
                : []),
            ]}
            {...READ_AS[field.kind]}
          >
            {control(field, t)}
          </Form.Item>
        ),
      )}
      {problem !== undefined && place === undefined && <ProblemAlert problem={problem} />}
      {found !== undefined && (
        <div role="status" className="found">
          {found.shown}
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={isRunning}>
        {found === undefined ? submit : t('form.anyway', { submit })}
      </Button>
    </Form>
  );
}

/** Where a problem of a field stands in the form: in a group beside the part that it names, else beside the first. */
function placeIn(fields: readonly Field[], name: string, part: string | undefined): string | string[] {
  const field = fields.find((one) => one.name === name);
  if (field?.kind !== 'group') return name;
  const columns = field.columns ?? [];
  return [name, (columns.find((column) => column.name === part) ?? columns[0])?.name ?? ''];
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.values(value).some(isFilled)
    : value !== undefined && value !== null && value !== '';

/** Whether a part of a group has to be filled in: of an optional group where any other part is. */
const isAsked = (group: Field, part: Field, value: unknown): boolean =>
  part.isOptional !== true && (group.isOptional !== true || isFilled(value));

/** The other parts of an optional group: by them it is decided whether a part has to be filled in. */
const partsBeside = (group: Field, part: Field): string[][] =>
  group.isOptional === true
    ? (group.columns ?? []).filter((other) => other !== part).map(({ name }) => [group.name, name])
    : [];

/** What was filled in, in rows and groups as well. */
function filled(values: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => isFilled(value))
      .map(([name, value]: [string, unknown]) => [name, filledIn(value)]),
  );
}
function filledIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filledIn);
  return typeof value === 'object' && value !== null ? filled(value) : value;
}

/** @throws Error while a file is not whole at the graph */
function requireWhole(ids: unknown, t: (key: string) => string): void {
  if (Array.isArray(ids) && ids.includes(NOT_WHOLE)) throw new Error(t('files.notWhole'));
}

const linesOf = (event: React.ChangeEvent<HTMLTextAreaElement>): string[] =>
  event.target.value === '' ? [] : event.target.value.split('\n');
const textOf = (value: unknown): string => (Array.isArray(value) ? value.join('\n') : '');

/** Minutes of Shanghai, wherever the browser is. */
const ZONE = ':00+08:00';
const momentOf = ({ target }: React.ChangeEvent<HTMLInputElement>): string =>
  target.value === '' ? '' : `${target.value}${ZONE}`;
const minuteOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, -ZONE.length) : '');

/** How a control's value becomes the field's, and back, where they are not the same. */
const READ_AS: Partial<Record<Field['kind'], Pick<FormItemProps, 'getValueFromEvent' | 'getValueProps'>>> = {
  lines: { getValueFromEvent: linesOf, getValueProps: (value: unknown) => ({ value: textOf(value) }) },
  moment: { getValueFromEvent: momentOf, getValueProps: (value: unknown) => ({ value: minuteOf(value) }) },
};

function control({ kind, options = [], department }: Field, t: (key: string) => string): ReactNode {
  switch (kind) {
    case 'line':
      return <Input />;
    case 'date':
      return <Input type="date" />;
    case 'moment':
      return <Input type="datetime-local" />;
    case 'text':
    case 'lines':
      return <Input.TextArea rows={kind === 'text' ? 4 : 2} />;
    case 'official':
    case 'officials':
      return <OfficialSelect isMany={kind === 'officials'} department={department ?? null} />;
    case 'files':
      return <FilesField />;
    case 'number':
      return <InputNumber />;
    case 'grade':
      return <Radio.Group options={GRADES.map((value) => ({ value, label: t(`grade.${value}`) }))} />;
    case 'yesNo':
      return (
        <Radio.Group
          options={[
            { value: true, label: t('form.yes') },
            { value: false, label: t('form.no') },
          ]}
        />
      );
    case 'choice':
    case 'choices':
      return (
        <Select
          mode={kind === 'choices' ? 'multiple' : undefined}
          showSearch={{ optionFilterProp: 'label' }}
          options={options.map((one) => ({ ...one }))}
        />
      );
    case 'rows':
    case 'group':
      // A row holds no rows, and a group no groups.
      return null;
  }
}
