import { Button, Space } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAskAgain } from '../graph/page-query.js';
import type { CommandDocument, RefusablePayload } from '../graph/use-command.js';
import type { Field } from './command-field.js';
import { CommandForm } from './command-form.js';

/** Something that may be done now, with its form. */
export interface MoveForm {
  /** What it is done with: the row of a list, or the page's one thing. */
  readonly row: string;
  readonly move: string;
  readonly label: string;
  readonly command: CommandDocument<RefusablePayload>;
  readonly fixed?: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  readonly initial?: Readonly<Record<string, unknown>>;
  readonly shape?: (values: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

const keyOf = ({ row, move }: Pick<MoveForm, 'row' | 'move'>): string => `${row} ${move}`;

/**
 * Buttons for what may be done, row by row, and the form of the one that was pressed. What was acknowledged is said,
 * and the page asks again.
 */
export function useMoves(forms: readonly MoveForm[]): {
  readonly buttons: (row: string) => ReactNode;
  readonly form: ReactNode;
} {
  const { t } = useTranslation();
  const askAgain = useAskAgain();
  const [chosen, choose] = useState<string | undefined>();
  const [done, setDone] = useState<string | undefined>();
  const open = forms.find((form) => keyOf(form) === chosen);
  return {
    buttons: (row) => (
      <Space wrap className="no-print">
        {forms
          .filter((form) => form.row === row)
          .map((form) => (
            <Button
              key={form.move}
              type={form === open ? 'primary' : 'default'}
              aria-expanded={form === open}
              onClick={() => {
                choose(form === open ? undefined : keyOf(form));
                setDone(undefined);
              }}
            >
              {form.label}
            </Button>
          ))}
      </Space>
    ),
    form: (
      <>
        {open !== undefined && (
          <CommandForm
            key={keyOf(open)}
            command={open.command}
            fixed={open.fixed ?? {}}
            fields={open.fields}
            {...(open.initial === undefined ? {} : { initial: open.initial })}
            {...(open.shape === undefined ? {} : { shape: open.shape })}
            submit={t('case.do', { move: open.label })}
            onDone={() => {
              choose(undefined);
              setDone(open.label);
              askAgain();
            }}
          />
        )}
        <p role="status" className="note">
          {done !== undefined && t('case.done', { move: done })}
        </p>
      </>
    ),
  };
}

/** What may be done with a page's one thing; where nothing may, that is said. */
export function Moves({ of, none }: { of: readonly MoveForm[]; none?: string }): ReactNode {
  const row = of[0]?.row ?? '';
  const { buttons, form } = useMoves(of);
  return (
    <>
      {of.length === 0 && none !== undefined && <p>{none}</p>}
      {buttons(row)}
      {form}
    </>
  );
}
