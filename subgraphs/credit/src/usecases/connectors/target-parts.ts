import type { FieldType, Landing, MappedRow } from '@zhitong/connect';
import type { NameChecks } from '@zhitong/kit/graph';
import type { Outbox } from '@zhitong/kit/outbox';
import { normalReference } from '@zhitong/values';
import type { Caller } from '../../domain/access.js';
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

export const REQUIRED = { required: true } as const;
export const TEXT: FieldType = { kind: 'text', longest: 5_000 };
export const NAME: FieldType = { kind: 'text', longest: 200 };
export const DAY: FieldType = { kind: 'day' };

/** A source writes as an officer of the department that delivers it, and with no more rights. */
export const deliverer = ({ source, department }: Pick<Landing, 'source' | 'department'>): Caller => ({
  sub: `connector:${source}`,
  roles: ['OFFICER'],
  department,
});

/** A number as the department's stores compare it: the same however it is typed. */
export const typedNumber = ({ key }: Pick<MappedRow, 'key'>): readonly string[] => [normalReference(key)];
