import { mongo } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { canonical } from '../domain/ledger/hash-chain.js';

const { EJSON } = mongo.BSON;

/** Fields that hold accounts of officials, in whichever record. */
const ACCOUNTS: ReadonlySet<string> = new Set(['by', 'recordedBy', 'checkedBy']);

type Path = readonly (string | number)[];
interface Names {
  readonly salt: string;
  readonly names: readonly (readonly [Path, unknown])[];
}

/**
 * A stored record as one text in extended JSON, keys in order, so that every value and its type is covered. Two
 * records of the same content give the same text, whatever the order of their fields.
 */
export const contentText = (record: object): string => canonical(EJSON.serialize(record, { relaxed: false }));

/** A record's text in two parts: what may be shown to whom it concerns, and the accounts of officials in it. */
export function splitContent(record: object): { open: string; named: string | null } {
  const names: [Path, unknown][] = [];
  const open = canonical(without(EJSON.serialize(record, { relaxed: false }), [], names));
  return {
    open,
    named: names.length === 0 ? null : JSON.stringify({ salt: randomBytes(16).toString('hex'), names }),
  };
}

/** The text of the record that was split, as `contentText` gives it. @throws SyntaxError when the parts are none */
export function joinedContent(open: string, named: string | null): string {
  const content: unknown = JSON.parse(open);
  if (named !== null) for (const [path, value] of (JSON.parse(named) as Names).names) put(content, path, value);
  return canonical(content);
}

/** The record itself, as it is stored. */
export const recordOf = (open: string, named: string | null): object =>
  EJSON.parse(joinedContent(open, named), { relaxed: true }) as object;

function without(value: unknown, path: Path, names: [Path, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => without(item, [...path, index], names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
      if (!ACCOUNTS.has(key)) return [[key, without(field, [...path, key], names)]];
      names.push([[...path, key], field]);
      return [];
    }),
  );
}

function put(content: unknown, path: Path, value: unknown): void {
  const [key, ...others] = path;
  if (typeof content !== 'object' || content === null || key === undefined) return;
  if (others.length === 0) Reflect.set(content, key, value);
  else put(Reflect.get(content, key), others, value);
}
