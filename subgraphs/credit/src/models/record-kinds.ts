/**
 * The registers whose records have a chained history, by collection, each with the fields that are its key. A register
 * that is added here is brought in when `RECORDS` of `usecases/bring-forms.ts` is raised. What is derived from others
 * (summaries, receipts, consents, checkpoints' figures, sealed heads, reckonings of debts) is not here: `verify`
 * derives it again. Records of who read personal data are covered by a digest of each day.
 */
const KINDS = {
  access_digests: ['day'],
  approval_items: ['id'],
  arrears: ['id'],
  audit_matters: ['id'],
  checkpoints: ['on'],
  dishonesty_records: ['id'],
  government_claims: ['id'],
  external_numbers: ['kind', 'department', 'number'],
  judgments: ['caseNumber', 'uscc'],
  ledger_verifications: ['on'],
  pledges: ['id'],
  published_disclosures: ['year'],
  published_rates: ['from'],
  reminders: ['commitmentId', 'dueOn', 'stage'],
  seals: ['no'],
  stored_forms: ['_id'],
  successions: ['key'],
} as const;

export type RecordKind = keyof typeof KINDS;
/** A record's key, or the whole record. */
export type Keyed = object;

export const RECORD_KINDS: readonly RecordKind[] = Object.keys(KINDS) as RecordKind[];
export const keyFields = (kind: RecordKind): readonly string[] => KINDS[kind];

/** Keys that are whole numbers; all others are texts. */
const COUNTED: ReadonlySet<string> = new Set(['no', 'year']);

/** The text that the database stores for a text: halves of characters become U+FFFD. */
const asStored = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/**
 * The name of a record's chain, ASCII alone: its register and its key, for example `arrears/QK-20261120-1F3A9C04`.
 * Commitments' chains have no such slash.
 */
export function chainOf(kind: RecordKind, record: Keyed): string {
  const values = keyFields(kind).map((field): unknown => Reflect.get(record, field));
  return [kind, ...values.map((value) => encodeURIComponent(asStored(String(value))))].join('/');
}

/** The key in a chain's name. @throws URIError for a name that is none */
export function keyOf(kind: RecordKind, chain: string): Record<string, string | number> {
  const values = chain.split('/').slice(1).map(decodeURIComponent);
  return Object.fromEntries(
    keyFields(kind).map((field, index) => {
      const value = values[index] ?? '';
      return [field, COUNTED.has(field) ? Number(value) : value];
    }),
  );
}

/** The register of a chain; null for a commitment's chain and for a name that is none. */
export function kindOf(chain: string): RecordKind | null {
  const prefix = chain.slice(0, Math.max(0, chain.indexOf('/')));
  return RECORD_KINDS.find((kind) => kind === prefix) ?? null;
}
