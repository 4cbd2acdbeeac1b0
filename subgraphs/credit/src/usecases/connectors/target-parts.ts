import type { FieldType, Landed, Landing, TargetField } from '@zhitong/connect';
import type { NameChecks } from '@zhitong/kit/graph';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Caller } from '../../domain/access.js';
import type { ImportFault } from '../../domain/imports/imported-values.js';
import type { Stores } from '../../stores.js';

/** What the department's targets work with. */
export interface TargetTools {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  /** Says which departments, regions and enterprises do not exist. */
  readonly register: Pick<NameChecks, 'faultsOf'>;
  /** Code of the department whose officers keep the whole ledger. */
  readonly ledgerOffice: string;
}

export type Refused = Extract<Landed, { kind: 'refused' }>;
export const refused = ({ field, reason }: ImportFault): Refused => ({ kind: 'refused', field, reason });

/** A field of a target that a row may leave out. */
export const field = (
  type: FieldType,
  description: string,
  headers: TargetField['headers'],
  more: Partial<TargetField> = {},
): TargetField => ({ type, description, headers, required: false, ...more });

export const REQUIRED = { required: true } as const;
export const TEXT: FieldType = { kind: 'text', longest: 5_000 };
export const NAME: FieldType = { kind: 'text', longest: 200 };
export const DAY: FieldType = { kind: 'day' };
export const codes = (table: Readonly<Record<string, readonly string[]>>): FieldType => ({
  kind: 'code',
  codes: new Map(Object.entries(table)),
});

/** A source writes as an officer of the department that delivers it, and with no more rights. */
export const deliverer = ({ source, department }: Pick<Landing, 'source' | 'department'>): Caller => ({
  sub: `connector:${source}`,
  roles: ['OFFICER'],
  department,
});
