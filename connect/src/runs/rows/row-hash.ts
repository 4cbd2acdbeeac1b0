import { hash } from 'node:crypto';
import type { FieldValue, Target } from '../../target.js';
import { isOpenField, saysAnonymous } from './secret-rows.js';

/** 128 bits in base64: beyond chance among the rows of a city. */
const CHARACTERS = 22;

const digest = (text: string): string => hash('sha256', text, 'base64url').slice(0, CHARACTERS);

/** A digest of what a row says, whatever order its fields came in. */
export function rowHash(values: Readonly<Record<string, FieldValue>>): string {
  const fields = Object.keys(values).sort();
  return digest(JSON.stringify([fields, fields.map((field) => values[field])]));
}

/** 32 bits of a row's digest. */
export const contentOf = (rowDigest: string): number => Buffer.from(rowDigest, 'base64url').readUInt32BE(0);

type Kind = Pick<Target, 'fields' | 'key' | 'anonymity'>;

const IS_DIGEST = /^#[\w-]{22}$/;

/**
 * A value as it is kept beside the department's record: of personal data, and of an anonymous row everything that could
 * tell whose it is, a digest, which tells only whether it changed.
 */
const keptValue = (
  target: Kind,
  field: string,
  value: FieldValue,
  { isAnonymous }: { readonly isAnonymous: boolean },
): FieldValue => {
  const isHidden = target.fields[field]?.isPersonal === true || (isAnonymous && !isOpenField(target, field));
  if (!isHidden || value === null || (typeof value === 'string' && IS_DIGEST.test(value))) return value;
  return `#${digest(JSON.stringify(value))}`;
};

/**
 * What a row says, as it is kept.
 * @param isAnonymous whether it is, where something else than the row says so, too
 */
export const keptValues = (
  target: Kind,
  values: Readonly<Record<string, FieldValue>>,
  isAnonymous = saysAnonymous(target, values),
): Readonly<Record<string, FieldValue>> =>
  Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, keptValue(target, field, value, { isAnonymous })]),
  );

/** Compares two values of one field. */
export const isSame = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
