/** How far a reading of the register has come, for a matching run that follows it page by page. */
export class ReadingProgress {
  #pages = 0;
  #readingId = '';
  #total = 0;
  #ended = false;
  #failure: Error | undefined;
  #waiting: (() => void)[] = [];

  /** Pages that are stored. */
  get pages(): number {
    return this.#pages;
  }

  /** The reading under way; records that it has seen bear its id. */
  get readingId(): string {
    return this.#readingId;
  }

  /** Enterprises that the register has. */
  get total(): number {
    return this.#total;
  }

  pageStored({ readingId, total }: { readonly readingId: string; readonly total: number }): void {
    this.#pages += 1;
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
   * Waits until more than so many pages are stored; false when the reading has ended and there are no more.
   * @throws what the reading failed with, as soon as it has.
   */
  async beyond(pages: number): Promise<boolean> {
    while (this.#pages <= pages && !this.#ended) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
    return this.#pages > pages;
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
