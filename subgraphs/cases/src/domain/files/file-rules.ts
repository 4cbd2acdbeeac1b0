import { textFaults } from '@zhitong/values';
import type { Caller } from '../access.js';
import { said } from '../refusal-words.js';
import type { InputFault } from '../satisfaction.js';
import type { CaseFile, FileKind, IncomingFile } from './case-file.js';

/**
 * What the first bytes of each kind of file are (ISO 32000-1 7.5.2, JPEG of ITU-T T.81 B.1.1.3, PNG of ISO/IEC 15948
 * 5.2).
 */
const SIGNATURES = {
  PDF: [0x25, 0x50, 0x44, 0x46, 0x2d],
  JPEG: [0xff, 0xd8, 0xff],
  PNG: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const satisfies Record<FileKind, readonly number[]>;

/** Bytes of each part in which a file is sent and read, but of the last: in Base64 it fits one request. */
export const PART_BYTES = 131_072;

export const FILE_LIMITS = {
  /** Characters of a name. */
  name: 100,
  /** Bytes of one file. */
  bytes: 10 * 2 ** 20,
  /** Files that are sent with one submission or supplement. */
  atOnce: 10,
  /** Files, and their bytes, that one sender may have on the way: announced, and taken by no case yet. */
  onTheWay: 20,
  bytesOnTheWay: 100 * 2 ** 20,
} as const;

/** Whom somebody sends files for: an enterprise, or a department whose desk takes cases in. */
export const senderOf = ({ uscc = '', department = '', roles }: Caller): string =>
  roles.includes('ENTERPRISE') ? `enterprise:${uscc}` : `desk:${department}`;

/** Whether a file was sent for whom the caller acts; the coordinator takes cases in for every desk. */
export const isOfSender = ({ sender }: Pick<IncomingFile, 'sender'>, caller: Caller): boolean =>
  sender === senderOf(caller) || (caller.roles.includes('COORDINATOR') && sender.startsWith('desk:'));

/** Parts of a file of so many bytes. */
export const partCount = ({ bytes }: Pick<CaseFile, 'bytes'>): number => Math.ceil(bytes / PART_BYTES);

/** The part that is awaited, from 0; null when all have come. */
export const nextPart = (file: Pick<IncomingFile, 'bytes' | 'received'>): number | null =>
  file.received < partCount(file) ? file.received : null;

/** What is wrong with what is announced of a file. */
export function announcementFaults({ name, bytes }: Pick<CaseFile, 'name' | 'bytes'>): InputFault[] {
  return [
    ...textFaults(name, ['name'], { longest: FILE_LIMITS.name, shortest: 1 }),
    ...(bytes >= 1 && bytes <= FILE_LIMITS.bytes
      ? []
      : [{ path: ['bytes'], ...said('FILE_SIZE', { most: FILE_LIMITS.bytes, given: bytes }) }]),
  ];
}

/** Whether a sender with so many files and bytes on the way may announce one more. */
export function roomFaults(
  onTheWay: { files: number; bytes: number },
  { bytes }: Pick<CaseFile, 'bytes'>,
): InputFault[] {
  return onTheWay.files < FILE_LIMITS.onTheWay && onTheWay.bytes + bytes <= FILE_LIMITS.bytesOnTheWay
    ? []
    : [{ path: ['bytes'], ...said('FILES_WAITING', { files: onTheWay.files, bytes: onTheWay.bytes }) }];
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in Base64 (RFC 4648, 4); null for what is none, or is longer than a part. */
export function partOf(content: string): Uint8Array | null {
  if (content.length > Math.ceil(PART_BYTES / 3) * 4 || !BASE64.test(content)) return null;
  return Buffer.from(content, 'base64');
}

/** What is wrong with a part that comes as the given one of a file. */
export function partFaults(
  file: Pick<IncomingFile, 'kind' | 'bytes' | 'received'>,
  { part, content }: { part: number; content: Uint8Array },
): InputFault[] {
  const next = nextPart(file);
  if (part !== next) return [{ path: ['part'], ...said('PART_NOT_AWAITED', { part, next: next ?? '—' }) }];
  const expected = Math.min(PART_BYTES, file.bytes - part * PART_BYTES);
  if (content.length !== expected)
    return [{ path: ['content'], ...said('PART_LENGTH', { expected, given: content.length }) }];
  return part > 0 || SIGNATURES[file.kind].every((byte, at) => content[at] === byte)
    ? []
    : [{ path: ['content'], ...said('NOT_ITS_KIND', { kind: file.kind }) }];
}

/**
 * The files that a caller gives to a case, or what is wrong with them: another's file is as one that does not exist.
 * @param ids as the input names them
 */
export function givenFiles(
  ids: readonly string[],
  { known, caller }: { known: ReadonlyMap<string, IncomingFile>; caller: Caller },
): { readonly files: readonly CaseFile[]; readonly faults: readonly InputFault[] } {
  if (ids.length > FILE_LIMITS.atOnce)
    return {
      files: [],
      faults: [{ path: ['files'], ...said('TOO_MANY_ENTRIES', { most: FILE_LIMITS.atOnce, length: ids.length }) }],
    };
  const files: CaseFile[] = [];
  const faults: InputFault[] = [];
  ids.forEach((id, at) => {
    const path = ['files', String(at)];
    const file = known.get(id);
    if (file === undefined || !isOfSender(file, caller))
      faults.push({ path, ...said('NO_FILE', { id: id.slice(0, 40) }) });
    else if (ids.indexOf(id) < at || file.caseNumber !== null)
      faults.push({ path, ...said('FILE_TAKEN', { name: file.name }) });
    else if (file.sha256 === null)
      faults.push({
        path,
        ...said('FILE_NOT_WHOLE', { name: file.name, received: file.received, of: partCount(file) }),
      });
    else files.push({ id, name: file.name, kind: file.kind, bytes: file.bytes, sha256: file.sha256 });
  });
  return { files, faults };
}
