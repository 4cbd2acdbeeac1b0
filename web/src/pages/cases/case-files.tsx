import { Button } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { saveFile } from '../../components/files/save-file.js';
import { mediaTypeOf } from '../../components/files/send-file.js';
import { ProblemAlert } from '../../components/problem-alert.js';
import { graphql, readFragment, type FragmentType } from '../../generated/index.js';
import { problemsOf, type Problem } from '../../graph/problems.js';

const CaseFilesFragment = graphql(/* GraphQL */ `
  fragment CaseFiles on Case {
    caseNumber
    files {
      id
      isReadable
      name
      kind
      bytes
      partCount
    }
  }
`);

const FilePart = graphql(/* GraphQL */ `
  query FilePart($caseNumber: ID!, $file: ID!, $number: Int!) {
    case(caseNumber: $caseNumber) {
      file(id: $file) {
        part(number: $number)
      }
    }
  }
`);

/** The files of a case; a press reads one part by part, with how far it is, and gives it to the reader. */
export function CaseFiles({ of }: { of: FragmentType<typeof CaseFilesFragment> }): ReactNode {
  const { t } = useTranslation();
  const client = useClient();
  const { caseNumber, files } = readFragment(CaseFilesFragment, of);
  const isAtWork = useRef(false);
  const [reading, setReading] = useState<{ readonly id: string; readonly part: number } | undefined>();
  const [problem, setProblem] = useState<Problem | undefined>();
  const open = async ({ id, name, kind, partCount }: (typeof files)[number]): Promise<void> => {
    if (isAtWork.current || partCount == null) return;
    isAtWork.current = true;
    setProblem(undefined);
    try {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for (let number = 0; number < partCount; number += 1) {
        setReading({ id, part: number });
        const asked = { caseNumber, file: id, number };
        const { data, error } = await client.query(FilePart, asked, { requestPolicy: 'network-only' }).toPromise();
        const part = data?.case?.file?.part;
        if (part == null) {
          setProblem(problemsOf(error)[0]);
          return;
        }
        parts.push(Uint8Array.from(atob(part), (character) => character.charCodeAt(0)));
      }
      saveFile(name ?? id, new Blob(parts, { type: mediaTypeOf(kind) }));
    } finally {
      isAtWork.current = false;
      setReading(undefined);
    }
  };
  if (files.length === 0) return null;
  return (
    <div data-part="files">
      <h3>{t('case.files')}</h3>
      <ul>
        {files.map((file) => (
          <li key={file.id}>
            {file.isReadable ? (
              <Button type="link" onClick={() => void open(file)}>
                {file.name}
              </Button>
            ) : (
              t('case.fileWithheld')
            )}{' '}
            <span className="note">
              {[
                t(`enum.CaseFileKind.${file.kind}`),
                file.bytes == null ? undefined : t('files.size', { kilobytes: Math.ceil(file.bytes / 1024) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {reading?.id === file.id && (
              <progress
                value={reading.part}
                max={file.partCount ?? undefined}
                aria-label={t('files.reading', { name: file.name ?? '' })}
              />
            )}
          </li>
        ))}
      </ul>
      {problem !== undefined && <ProblemAlert problem={problem} />}
    </div>
  );
}
