import { formatYuan, type LegalDay } from '@zhitong/values';
import {
  MAX_CONDITIONS,
  type CommitmentKind,
  type CommitmentTerms,
  type LegalDocument,
} from '../commitments/commitment.js';
import type { LedgerCommand } from '../ledger/ledger-command.js';
import type { EntryDraft } from '../ledger/ledger-entry.js';
import { ledgerState, type LedgerState } from '../ledger/ledger-state.js';
import { fault, statedFen, statedText, type ImportedValues, type ImportFault } from './imported-values.js';

/** A promise as another system has it. */
export interface ImportedCommitment {
  readonly terms: CommitmentTerms;
  readonly promisedOn: LegalDay;
}

type Result<Value> = Value | { readonly fault: ImportFault };

/**
 * Reads a row as a promise of money with one due day. Whether the terms may be recorded is for the ledger to say.
 * @param department who delivers, and owes the promise where the row names nobody
 */
export function importedCommitment(values: ImportedValues, department: string): Result<ImportedCommitment> {
  const amount = statedFen(values, 'amount');
  if (typeof amount === 'object') return amount;
  const document = statedDocument(values);
  if (document !== null && 'fault' in document) return document;
  const conditions = Array.isArray(values['conditions']) ? values['conditions'].map(String) : [];
  if (conditions.length > MAX_CONDITIONS)
    return fault('conditions', `对企业的条件有 ${String(conditions.length)} 项，最多 ${String(MAX_CONDITIONS)} 项`);
  const text = (field: string): string => statedText(values, field) ?? '';
  return {
    promisedOn: text('promisedOn'),
    terms: {
      title: text('title'),
      kind: text('kind') as CommitmentKind, // a code of the target's list
      measure: 'MONEY',
      promisor: promisorOf(values, department),
      uscc: text('uscc'),
      projectId: null,
      districtCode: text('district'),
      document,
      deliverable: null,
      amount,
      instalments: [{ no: 1, dueOn: text('dueOn'), amount }],
      conditions: conditions.map((condition, index) => ({ no: index + 1, text: condition })),
      official: { name: text('officialName'), post: text('officialPost') },
    },
  };
}

/** The department that owes a promise: the one that the row names, else the one that delivers it. */
export const promisorOf = (values: ImportedValues, department: string): string =>
  statedText(values, 'promisor') ?? department;

function statedDocument(values: ImportedValues): Result<LegalDocument> | null {
  const [number, date] = [statedText(values, 'documentNumber'), statedText(values, 'documentDate')];
  if (number === null && date === null) return null;
  if (number === null) return fault('documentNumber', '有文件日期而没有文号');
  if (date === null) return fault('documentDate', `文件 ${number} 没有日期`);
  return { number, date, digest: null };
}

/**
 * What a later delivery adds to a promise: commands for the ledger, none when it says nothing new. A value that stands
 * in the promise, or that the ledger has gone beyond by an entry of its own, is nothing new. The terms of a promise
 * never change: another value is refused.
 */
export function missingCommands(
  entries: readonly EntryDraft[],
  { terms: said, promisedOn }: ImportedCommitment,
): Result<{ readonly commands: readonly LedgerCommand[] }> {
  const state = ledgerState(entries);
  if (state === null) return fault('externalNumber', '台账中没有这项承诺');
  if (state.isVoid) return fault(null, '该承诺已作为误录在台账中冲正，不再补记');
  const changed = changedTerm(state, said, promisedOn);
  if (changed !== null) return { fault: changed };
  const officials = [state.terms.official, state.official, ...state.predecessors];
  if (!officials.some(({ name, post }) => name === said.official.name && post === said.official.post))
    return fault('officialName', `台账中的责任人是 ${state.official.name}；更换责任人请在台账中办理移交`);
  const { document } = said;
  if (document === null || isKnown(document, entries, state)) return { commands: [] };
  const effectiveOn = document.date > state.promisedOn ? document.date : state.promisedOn;
  return { commands: [{ type: 'ATTACH_DOCUMENT', document, effectiveOn }] };
}

/** The first term that a row states otherwise than the ledger. */
function changedTerm(state: LedgerState, said: CommitmentTerms, promisedOn: LegalDay): ImportFault | null {
  const { terms } = state;
  const differs = (field: string, what: string, was: string, is: string): ImportFault | null =>
    was === is
      ? null
      : {
          field,
          reason: `${what}已按 ${was} 入账，不能改为 ${is}；误录的承诺请先在台账中冲正，再另行登记`,
        };
  const due = ({ instalments }: CommitmentTerms): string => instalments.map(({ dueOn }) => dueOn).join('、');
  const texts = ({ conditions }: CommitmentTerms): string => conditions.map(({ text }) => text).join('；');
  return (
    differs('amount', '承诺金额', formatYuan(terms.amount), formatYuan(said.amount)) ??
    differs('uscc', '企业', terms.uscc, said.uscc) ??
    differs('title', '承诺事项', terms.title, said.title) ??
    differs('kind', '承诺类型', terms.kind, said.kind) ??
    differs('district', '地区', terms.districtCode, said.districtCode) ??
    differs('promisedOn', '承诺日期', state.promisedOn, promisedOn) ??
    differs('dueOn', '应兑现日期', due(terms), due(said)) ??
    (said.conditions.length === 0 ? null : differs('conditions', '对企业的条件', texts(terms), texts(said))) ??
    (said.promisor === state.promisor ? null : differs('promisor', '承诺单位', terms.promisor, said.promisor))
  );
}

/** Whether a document is the promise's, or was once attached to it. */
function isKnown(document: LegalDocument, entries: readonly EntryDraft[], { terms }: LedgerState): boolean {
  const attached = entries.flatMap(({ body }) => (body.kind === 'DOCUMENT_ATTACHED' ? [body.document] : []));
  return [terms.document, ...attached].some(
    (known) => known !== null && known.number === document.number && known.date === document.date,
  );
}
