import { FactColumns } from './fact-columns.js';
import type { Facts } from './fact-values.js';

/** An enterprise as previews look at it. */
export interface CityEnterprise {
  readonly uscc: string;
  /** Section letter. */
  readonly section: string;
  readonly regionCode: string;
  readonly values: Facts['values'];
}

/** Enterprises by row: their facts column by column, and what they are grouped by. */
export class CityColumns {
  readonly facts: FactColumns;
  readonly #usccs: string[] = [];
  readonly #sections: string[] = [];
  readonly #regions: string[] = [];

  /** @param facts the only ones to keep; without it all of the vocabulary. */
  constructor(facts?: Iterable<string>) {
    this.facts = new FactColumns(facts);
  }

  append({ uscc, section, regionCode, values }: CityEnterprise): number {
    this.#usccs.push(uscc);
    this.#sections.push(section);
    this.#regions.push(regionCode);
    return this.facts.append(values);
  }

  replace(row: number, { uscc, section, regionCode, values }: CityEnterprise): void {
    this.#usccs[row] = uscc;
    this.#sections[row] = section;
    this.#regions[row] = regionCode;
    this.facts.replace(row, values);
  }

  /** Removes a row; the last one takes its place. */
  remove(row: number): void {
    for (const column of [this.#usccs, this.#sections, this.#regions]) {
      const last = column.pop();
      if (last !== undefined && row < column.length) column[row] = last;
    }
    this.facts.remove(row);
  }

  usccAt = (row: number): string => this.#usccs[row] ?? '';
  sectionAt = (row: number): string => this.#sections[row] ?? '';
  regionAt = (row: number): string => this.#regions[row] ?? '';
}
