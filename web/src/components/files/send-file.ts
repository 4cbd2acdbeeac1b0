import type { Client } from 'urql';
import type { CaseFileKind } from '../../generated/graphql.js';
import { graphql } from '../../generated/index.js';
import { problemOf, problemsOf, type Problem } from '../../graph/problems.js';

const BeginFile = graphql(/* GraphQL */ `
  mutation BeginFile($input: BeginCaseFileInput!) {
    change: beginCaseFile(input: $input) {
      upload {
        id
        partBytes
        partCount
        nextPart
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

const SendPart = graphql(/* GraphQL */ `
  mutation SendPart($input: AddCaseFilePartInput!) {
    change: addCaseFilePart(input: $input) {
      upload {
        id
        partBytes
        partCount
        nextPart
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

const KINDS: Readonly<Record<string, CaseFileKind>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
};
/** What a control that chooses files offers. */
export const MEDIA_TYPES: readonly string[] = Object.keys(KINDS);

/** The media type (RFC 6838) of a kind of file. */
export const mediaTypeOf = (kind: CaseFileKind): string =>
  MEDIA_TYPES.find((type) => KINDS[type] === kind) ?? 'application/octet-stream';

/** Bytes that are made text at a time: as many as a call takes arguments. */
const STEP = 32_768;

async function base64(part: Blob): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}

/** What came of sending: the id by which a case takes the file, or why it is not whole. */
export type Sent = { readonly id: string } | { readonly problem: Problem | 'KIND' };

/**
 * Sends a file to the graph, part by part. With the same key it goes on where it was broken off.
 * @param onPart is told how many of the parts have been acknowledged
 */
export async function sendFile(
  client: Client,
  { file, key, onPart }: { file: File; key: string; onPart: (sent: number, of: number) => void },
): Promise<Sent> {
  const kind = KINDS[file.type];
  if (kind === undefined) return { problem: 'KIND' };
  const announced = { name: file.name, kind, bytes: file.size };
  let { data, error } = await client.mutation(BeginFile, { input: { ...announced, idempotencyKey: key } }).toPromise();
  for (;;) {
    const change = data?.change;
    const problem = problemsOf(error)[0] ?? (change?.refusal == null ? undefined : problemOf(change.refusal));
    const upload = change?.upload;
    if (problem !== undefined || upload == null) return { problem: problem ?? NOT_SAID };
    const { id, nextPart, partBytes, partCount } = upload;
    onPart(nextPart ?? partCount, partCount);
    if (nextPart == null) return { id };
    const content = await base64(file.slice(nextPart * partBytes, (nextPart + 1) * partBytes));
    const input = { file: id, part: nextPart, content, idempotencyKey: `${key}-${String(nextPart)}` };
    ({ data, error } = await client.mutation(SendPart, { input }).toPromise());
  }
}

/** The graph answers with a result, a refusal or an error; this stands for an answer with none of them. */
const NOT_SAID: Problem = {
  ...{ code: 'INTERNAL', message: '', path: [] },
  ...{ field: undefined, subgraph: undefined, reference: undefined },
};
