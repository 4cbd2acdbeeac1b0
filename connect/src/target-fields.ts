import type { FieldType, Landed, TargetField } from './target.js';

export type Refused = Extract<Landed, { readonly kind: 'refused' }>;

/** A row that does not land. `reason` is Chinese; `field` null where no single field is at fault. */
export const refused = ({ field, reason }: Pick<Refused, 'field' | 'reason'>): Refused => ({
  kind: 'refused',
  field,
  reason,
});

/**
 * A field of a target, which a row may leave out unless `more` says otherwise.
 * @param description one sentence in English
 * @param headers what columns of real systems are called that hold it, the title in reports first
 * @example targetField({ kind: 'day' }, 'Day of the payment.', ['支付日期', '付款日期'], { required: true })
 */
export const targetField = (
  type: FieldType,
  description: string,
  headers: TargetField['headers'],
  more: Partial<Pick<TargetField, 'required' | 'isPersonal'>> = {},
): TargetField => ({ type, description, headers, required: false, ...more });

/**
 * A type with codes, each with the Chinese names that columns have for it.
 * @param list the list whose delivery fills the table, as a refusal names it while there is none
 * @param unfit what systems have beside the codes and stands for none of them, with what is to be done
 */
export const codeType = (
  table: Readonly<Record<string, readonly string[]>>,
  list?: string,
  unfit?: Readonly<Record<string, string>>,
): FieldType => ({
  kind: 'code',
  codes: new Map(Object.entries(table)),
  ...(list !== undefined && { list }),
  ...(unfit !== undefined && { unfit: new Map(Object.entries(unfit)) }),
});
