import type { KnownComplainants } from '../access.js';
import { columnsOf, HASH_BYTES, type AnswersOfDay, type KeptAnswer } from './answers-of-day.js';
import { ALL, type Grouping } from './kept-figures.js';

/** The columns of a day that one grouping and one reader need; the others may be left out. */
export type NeededColumns = Pick<AnswersOfDay, 'cases' | 'enterprises' | 'anonymous'> & {
  readonly keys?: Partial<AnswersOfDay['keys']>;
  readonly departments?: AnswersOfDay['departments'];
};

/** 32-bit words of a hash. */
const WORDS = HASH_BYTES / 4;
/** A copy that begins where its memory does, as an array of numbers must. */
const wordsOf = (bytes: Buffer): Uint32Array => new Uint32Array(new Uint8Array(bytes).buffer);

/** A growing list of hashes. */
class Hashes {
  #words = new Uint32Array(64);
  #length = 0;

  push(low: number, high: number): void {
    if (this.#length === this.#words.length) {
      const more = new Uint32Array(this.#words.length * 2);
      more.set(this.#words);
      this.#words = more;
    }
    this.#words[this.#length] = low;
    this.#words[this.#length + 1] = high;
    this.#length += WORDS;
  }

  /** How many of them are different. */
  different(): number {
    const sorted = new BigUint64Array(this.#words.buffer, 0, this.#length / WORDS).slice().sort();
    const words = new Uint32Array(sorted.buffer);
    let count = sorted.length > 0 ? 1 : 0;
    for (let at = WORDS; at < words.length; at += WORDS)
      if (words[at] !== words[at - WORDS] || words[at + 1] !== words[at + 1 - WORDS]) count += 1;
    return count;
  }
}

/** What was collected of one group: hashes to be told apart, and answers that count one each. */
interface Group {
  readonly hashes: Hashes;
  each: number;
}

/**
 * Counts how many different enterprises were helped, by group, for a reader: of an anonymous case whose enterprise the
 * reader may not know the case is told apart instead, and of a case that the reader may not read each answer counts
 * one, since how many different ones there are would tell which are of the same.
 */
export class HelpedCount {
  readonly #groups = new Map<string, Group>();
  readonly #grouping: Grouping | typeof ALL;
  readonly #knowsAnonymous: boolean;
  /** The department whose cases alone are told apart; null for all cases. */
  readonly #department: string | null;
  readonly #passedOver: ReadonlySet<string>;
  readonly #passedOverBeginnings: ReadonlySet<number>;

  /** @param passedOver hashes of the cases of which nothing that is kept counts, because they are not counted yet */
  constructor(
    grouping: Grouping | null,
    { anonymous, named }: { readonly anonymous: boolean; readonly named: Exclude<KnownComplainants['named'], 'NONE'> },
    passedOver: readonly Buffer[] = [],
  ) {
    this.#grouping = grouping ?? ALL;
    this.#department = named === 'ALL' ? null : named.department;
    this.#knowsAnonymous = named === 'ALL' && anonymous;
    this.#passedOver = new Set(passedOver.map((hash) => hash.toString('latin1')));
    this.#passedOverBeginnings = new Set(passedOver.map((hash) => hash.readUInt32LE()));
  }

  /** Adds the kept answers of a day. */
  addKept(day: NeededColumns): void {
    this.#add(day, (words, index) => {
      // Nearly no hash begins as one that is passed over, and a text of each would take long.
      if (!this.#passedOverBeginnings.has(words[index * WORDS] ?? 0)) return false;
      return this.#passedOver.has(day.cases.toString('latin1', index * HASH_BYTES, (index + 1) * HASH_BYTES));
    });
  }

  /** Adds answers of which nothing is kept yet. */
  addOthers(answers: readonly KeptAnswer[]): void {
    this.#add(columnsOf(answers), () => false);
  }

  /** The count of each group with an answer. */
  result(): ReadonlyMap<string, number> {
    return new Map(
      [...this.#groups]
        .map(([key, { hashes, each }]) => [key, hashes.different() + each] as const)
        .filter(([, count]) => count > 0),
    );
  }

  #add(
    { cases, enterprises, anonymous, keys, departments }: NeededColumns,
    isPassedOver: (cases: Uint32Array, index: number) => boolean,
  ): void {
    const [caseWords, enterpriseWords] = [wordsOf(cases), wordsOf(enterprises)];
    const column = this.#grouping === ALL ? undefined : keys?.[this.#grouping];
    const groups = (column?.values ?? ['']).map((key) => this.#groupOf(key));
    const mayRead = departments?.values.map((codes) => this.#department === null || codes.includes(this.#department));
    for (let index = 0; index < anonymous.length; index += 1) {
      if (isPassedOver(caseWords, index)) continue;
      const group = groups[column === undefined ? 0 : column.at.readUInt16LE(index * 2)];
      if (group === undefined) throw new RangeError(`Kept answer ${index} belongs to no group.`);
      if (departments !== undefined && mayRead?.[departments.at.readUInt16LE(index * 2)] !== true) {
        group.each += 1;
        continue;
      }
      const words = anonymous[index] === 1 && !this.#knowsAnonymous ? caseWords : enterpriseWords;
      group.hashes.push(words[index * WORDS] ?? 0, words[index * WORDS + 1] ?? 0);
    }
  }

  #groupOf(key: string): Group {
    const group = this.#groups.get(key) ?? { hashes: new Hashes(), each: 0 };
    this.#groups.set(key, group);
    return group;
  }
}
