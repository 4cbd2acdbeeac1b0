import { hash } from 'node:crypto';
import type { FieldValue, Target } from '../../target.js';

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

/**
 * A value as it is kept beside the department's record: of personal data a digest, which tells only whether it changed.
 */
export const keptValue = (target: Target, field: string, value: FieldValue): FieldValue =>
  target.fields[field]?.isPersonal === true && value !== null ? `#${digest(JSON.stringify(value))}` : value;

/** What a row says, as it is kept. */
export const keptValues = (
  target: Target,
  values: Readonly<Record<string, FieldValue>>,
): Readonly<Record<string, FieldValue>> =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [field, keptValue(target, field, value)]));

/** Compares two values of one field. */
export const isSame = (a: FieldValue | undefined, b: FieldValue | undefined): boolean =>
  a === b || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));
