import { dayInShanghai, type LegalDay } from '@zhitong/values';
import { withThrough, type RecordedInstalment } from '../ledger/commitment-record.js';
import type { CommitmentKind, Measure, Official } from '../commitments/commitment.js';
import type { EntryBody, EntryDraft } from '../ledger/ledger-entry.js';
import { balanceOf } from '../ledger/postings.js';

/** What the PROMISED entry says about a commitment for grouping and due dates. */
export interface EntryFacets {
  readonly uscc: string;
  readonly kind: CommitmentKind;
  readonly measure: Measure;
  readonly projectId: string | null;
  readonly districtCode: string;
  readonly promisedOn: LegalDay;
  readonly instalments: readonly RecordedInstalment[];
}

/**
 * What the database adds up and groups by, taken from an entry. It repeats the entry in a form that an aggregation
 * reads fast; `verify` compares the two, so figures cannot be changed here without being found.
 */
export interface AuditFigures {
  /** The Shanghai day of `recordedAt`. */
  readonly recordedOn: LegalDay;
  readonly promised: number;
  readonly fulfilled: number;
  readonly waived: number;
  readonly facets: EntryFacets | null;
  /** Who owes the promise from this entry on; the entry with the largest `seq` decides. */
  readonly holder: { readonly seq: number; readonly promisor: string } | null;
  readonly responsible: { readonly seq: number; readonly name: string; readonly post: string } | null;
  readonly documented: boolean | null;
  /** Left out but where a document's entry is reversed. */
  readonly documentsReversed?: 1;
}

/**
 * The figures of one entry; `entryBefore` finds an earlier entry of its chain (needed for what a correction reverses).
 */
export function auditFigures(entry: EntryDraft, entryBefore: (seq: number) => EntryDraft | undefined): AuditFigures {
  const { body, postings, seq } = entry;
  const holder = holderAfter(entry, entryBefore);
  const reversed = body.kind === 'CORRECTED' ? entryBefore(body.reverses)?.body : undefined;
  const official = officialAfter(body, reversed);
  return {
    recordedOn: dayInShanghai(entry.recordedAt),
    promised: balanceOf(postings, 'PROMISED'),
    fulfilled: balanceOf(postings, 'FULFILLED'),
    waived: balanceOf(postings, 'WAIVED'),
    facets: facetsOf(entry),
    holder: holder === null ? null : { seq, promisor: holder },
    responsible: official === null ? null : { seq, name: official.name, post: official.post },
    documented:
      body.kind === 'DOCUMENT_ATTACHED' ? true : body.kind === 'PROMISED' ? body.terms.document !== null : null,
    ...(reversed?.kind === 'DOCUMENT_ATTACHED' ? { documentsReversed: 1 as const } : {}),
  };
}

function officialAfter(body: EntryBody, reversed: EntryBody | undefined): Official | null {
  if (body.kind === 'PROMISED') return body.terms.official;
  if (body.kind === 'HANDED_OVER') return body.to;
  return reversed?.kind === 'HANDED_OVER' ? reversed.from : null;
}

function holderAfter({ body }: EntryDraft, entryBefore: (seq: number) => EntryDraft | undefined): string | null {
  if (body.kind === 'PROMISED') return body.terms.promisor;
  if (body.kind === 'TRANSFERRED') return body.to;
  if (body.kind !== 'CORRECTED') return null;
  const reversed = entryBefore(body.reverses)?.body;
  return reversed?.kind === 'TRANSFERRED' ? reversed.from : null;
}

function facetsOf({ body, effectiveOn }: EntryDraft): EntryFacets | null {
  if (body.kind !== 'PROMISED') return null;
  const { uscc, kind, measure, projectId, districtCode, instalments } = body.terms;
  return {
    uscc,
    kind,
    measure,
    projectId,
    districtCode,
    promisedOn: effectiveOn,
    instalments: withThrough(instalments),
  };
}
