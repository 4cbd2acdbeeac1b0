import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { wordsOf, type Problem } from '../../graph/problems.js';
import { MEDIA_TYPES, sendFile } from './send-file.js';

/** A chosen file and how far it is. */
interface Entry {
  readonly key: string;
  readonly file: File;
  readonly sent: number;
  readonly of: number;
  /** Its id in the graph, once it is whole there. */
  readonly id?: string;
  readonly problem?: Problem | 'KIND';
}

/** Stands among the ids for a file that is not whole at the graph. */
export const NOT_WHOLE = '';

/**
 * Chooses files, and sends each to the graph at once, with how far it is. The value is their ids, with `NOT_WHOLE` for
 * one that is being sent or could not be: a form with such a value is not given.
 */
export function FilesField({ id, onChange }: { id?: string; onChange?: (ids: readonly string[]) => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const entries = useRef<readonly Entry[]>([]);
  const [shown, show] = useState<readonly Entry[]>([]);
  const put = (next: readonly Entry[]): void => {
    entries.current = next;
    show(next);
    onChange?.(next.map((entry) => entry.id ?? NOT_WHOLE));
  };
  const change = (key: string, to: Partial<Entry>): void =>
    put(entries.current.map((entry) => (entry.key === key ? { ...entry, ...to } : entry)));
  const send = async ({ key, file }: Entry): Promise<void> =>
    change(key, await sendFile(client, { file, key, onPart: (sent, of) => change(key, { sent, of }) }));
  const add = (files: readonly File[]): void => {
    const added = files.map((file): Entry => ({ key: crypto.randomUUID(), file, sent: 0, of: 1 }));
    put([...entries.current, ...added]);
    for (const entry of added) void send(entry);
  };
  const again = ({ key, file, sent, of }: Entry): void => {
    const entry = { key, file, sent, of };
    put(entries.current.map((one) => (one.key === key ? entry : one)));
    void send(entry);
  };
  return (
    <>
      <input
        type="file"
        id={id}
        multiple
        accept={MEDIA_TYPES.join(',')}
        onChange={({ target }) => {
          add([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <ul className="files">
        {shown.map((entry) => (
          <li key={entry.key}>
            {entry.file.name}{' '}
            {entry.problem !== undefined ? (
              <span role="alert" className="ant-form-item-explain-error">
                {entry.problem === 'KIND' ? t('files.kind') : sentence(entry.problem, t, i18n.language)}
              </span>
            ) : entry.id === undefined ? (
              <progress value={entry.sent} max={entry.of} aria-label={t('files.sending', { name: entry.file.name })} />
            ) : (
              <span className="note">{t('files.whole')}</span>
            )}{' '}
            {entry.problem !== undefined && entry.problem !== 'KIND' && (
              <Button
                size="small"
                onClick={() => again(entry)}
                aria-label={t('files.againOf', { name: entry.file.name })}
              >
                {t('files.again')}
              </Button>
            )}{' '}
            <Button
              size="small"
              aria-label={t('files.removeOf', { name: entry.file.name })}
              onClick={() => put(entries.current.filter(({ key }) => key !== entry.key))}
            >
              {t('files.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

const sentence = (problem: Problem, t: (key: string, more: { defaultValue: string }) => string, language: string) =>
  `${t(`problem.${problem.code}`, { defaultValue: problem.code })} ${wordsOf(problem, language)}`;
