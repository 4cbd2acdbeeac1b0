import type { FactItem, FactValue } from '../domain/facts/fact-values.js';

/** Element types of BSON (bsonspec.org) that a record of facts holds. */
const TYPE = {
  double: 0x01,
  string: 0x02,
  document: 0x03,
  array: 0x04,
  boolean: 0x08,
  none: 0x0a,
  int32: 0x10,
  int64: 0x12,
} as const;

/** What of a record is read: `{ uscc, values }` and nothing else. */
export interface RawFactsVisitor {
  uscc(uscc: string): void;
  fact(fact: string, value: FactValue): void;
}

/**
 * Reads `{ uscc, values }` out of the BSON that the database sent, fact by fact. Making an object of eighty facts, to
 * take it apart into columns, costs several times what matching it against all policies does.
 * @throws Error on an element that no record of facts has; the projection must ask for the two fields only.
 */
export class RawFactsReader {
  readonly #names = new ElementNames();

  read(bson: Buffer, visitor: RawFactsVisitor): void {
    this.#eachElement(bson, 0, (type, name, at) => {
      if (name === 'uscc' && type === TYPE.string) {
        visitor.uscc(textAt(bson, at));
        return;
      }
      if (name !== 'values' || type !== TYPE.document)
        throw new Error(`A record of facts has no ${name} of BSON type ${String(type)}.`);
      this.#eachElement(bson, at, (valueType, fact, valueAt) => {
        const value = this.#value(bson, valueType, valueAt);
        if (value !== null) visitor.fact(fact, value);
      });
    });
  }

  #eachElement(bson: Buffer, from: number, visit: (type: number, name: string, at: number) => void): void {
    const end = from + bson.readInt32LE(from) - 1;
    for (let at = from + 4; at < end;) {
      const type = bson[at] ?? 0;
      const name = this.#names.at(bson, at + 1);
      const value = this.#names.end + 1;
      visit(type, name, value);
      at = value + sizeAt(bson, type, value);
    }
  }

  /** An item of a collection, which has no lists. */
  #item(bson: Buffer, at: number): FactItem {
    const item: Record<string, boolean | number | string> = {};
    this.#eachElement(bson, at, (type, name, valueAt) => {
      const value = this.#value(bson, type, valueAt);
      if (value !== null && typeof value !== 'object') item[name] = value;
    });
    return item;
  }

  #value(bson: Buffer, type: number, at: number): FactValue | null {
    switch (type) {
      case TYPE.double:
        return bson.readDoubleLE(at);
      case TYPE.string:
        return textAt(bson, at);
      case TYPE.array: {
        const titles: string[] = [];
        const items: FactItem[] = [];
        this.#eachElement(bson, at, (type, _name, elementAt) => {
          if (type === TYPE.document) items.push(this.#item(bson, elementAt));
          else if (type === TYPE.string) titles.push(textAt(bson, elementAt));
          else throw new Error(`A list of titles or items has no element of BSON type ${String(type)}.`);
        });
        return items.length > 0 ? items : titles;
      }
      case TYPE.boolean:
        return bson[at] === 1;
      case TYPE.none:
        return null;
      case TYPE.int32:
        return bson.readInt32LE(at);
      default:
        return Number(bson.readBigInt64LE(at)); // the last type that sizeAt lets pass
    }
  }
}

/** A text: its bytes with the closing zero counted, then the bytes. */
const textAt = (bson: Buffer, at: number): string => bson.toString('utf8', at + 4, at + 3 + bson.readInt32LE(at));

function sizeAt(bson: Buffer, type: number, at: number): number {
  switch (type) {
    case TYPE.double:
    case TYPE.int64:
      return 8;
    case TYPE.string:
      return 4 + bson.readInt32LE(at);
    case TYPE.document:
    case TYPE.array:
      return bson.readInt32LE(at);
    case TYPE.boolean:
      return 1;
    case TYPE.none:
      return 0;
    case TYPE.int32:
      return 4;
    default:
      throw new Error(`A record of facts has no element of BSON type ${String(type)}.`);
  }
}

interface KnownName {
  readonly text: string;
  readonly bytes: Buffer;
  /** The name that followed it the last time. */
  next: KnownName | undefined;
}

/**
 * Names of elements: records have nearly the same ones in nearly the same order, so the next one is guessed and
 * compared.
 */
class ElementNames {
  readonly #known = new Map<string, KnownName>();
  #last: KnownName | undefined;
  /** Where the zero behind the name lies that was read last. */
  end = 0;

  at(bson: Buffer, start: number): string {
    const guess = this.#last?.next;
    const found = guess !== undefined && this.#isAt(guess, bson, start) ? guess : this.#decode(bson, start);
    if (this.#last !== undefined) this.#last.next = found;
    this.#last = found;
    return found.text;
  }

  #isAt({ bytes }: KnownName, bson: Buffer, start: number): boolean {
    for (let at = 0; at < bytes.length; at += 1) if (bson[start + at] !== bytes[at]) return false;
    this.end = start + bytes.length;
    return bson[this.end] === 0;
  }

  #decode(bson: Buffer, start: number): KnownName {
    this.end = bson.indexOf(0, start);
    const text = bson.toString('utf8', start, this.end);
    const known = this.#known.get(text) ?? { text, bytes: Buffer.from(text), next: undefined };
    this.#known.set(text, known);
    return known;
  }
}
