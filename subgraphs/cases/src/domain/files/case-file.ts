/** Kinds of files that a case takes: what scanners and cameras make, and none that carries a program. */
export const FILE_KINDS = ['PDF', 'JPEG', 'PNG'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** What a case knows of a file; the content lies beside it. */
export interface CaseFile {
  readonly id: string;
  readonly name: string;
  readonly kind: FileKind;
  readonly bytes: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly sha256: string;
}

/** A file of a case, with the moment (RFC 3339, UTC) of the change that brought it. */
export interface AddedFile extends CaseFile {
  readonly at: string;
}

/** A file that is being sent, or was sent and waits for its case. */
export interface IncomingFile extends Omit<CaseFile, 'sha256'> {
  /** Whom it is sent for, see `senderOf`. */
  readonly sender: string;
  /** Parts that have come. */
  readonly received: number;
  /** Null until the last part has come. */
  readonly sha256: string | null;
  /** The case that took it; null while none has. */
  readonly caseNumber: string | null;
}
