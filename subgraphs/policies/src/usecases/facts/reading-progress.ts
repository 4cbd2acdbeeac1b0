/** A page of the register that was stored. */
export interface StoredPage {
  readonly readingId: string;
  /** Enterprises that the register has. */
  readonly total: number;
  /** Enterprises of the page. */
  readonly enterprises: number;
}

/** How far a reading of the register has come, for a matching run that follows it page by page. */
export class ReadingProgress {
  #enterprises = 0;
  #readingId = '';
  #total = 0;
  #ended = false;
  #failure: Error | undefined;
  #waiting: (() => void)[] = [];

  /** Enterprises that are stored. */
  get enterprises(): number {
    return this.#enterprises;
  }

  /** The reading under way; records that it has seen bear its id. */
  get readingId(): string {
    return this.#readingId;
  }

  /** Enterprises that the register has. */
  get total(): number {
    return this.#total;
  }

  pageStored({ readingId, total, enterprises }: StoredPage): void {
    this.#enterprises += enterprises;
    this.#readingId = readingId;
    this.#total = total;
    this.#wake();
  }

  /** The reading is over: all is stored, or, with a failure, nothing more will be. */
  end(failure?: Error): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }

  /**
   * Waits until so many enterprises are stored; false when the reading has ended and there are fewer.
   * @throws what the reading failed with, as soon as it has.
   */
  async has(enterprises: number): Promise<boolean> {
    while (this.#enterprises < enterprises && !this.#ended)
      await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
    return this.#enterprises >= enterprises;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
