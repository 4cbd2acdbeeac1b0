/** What happened, in order; tests await the next happening instead of sleeping. */
export class Journal<Entry> {
  readonly entries: Entry[] = [];
  private waiting: { readonly isDone: () => boolean; readonly done: () => void }[] = [];

  add(entry: Entry): void {
    this.entries.push(entry);
    const ready = this.waiting.filter(({ isDone }) => isDone());
    this.waiting = this.waiting.filter((waiter) => !ready.includes(waiter));
    for (const { done } of ready) done();
  }

  /** Resolves once `count` entries (that match) are there. */
  async until(count: number, matches: (entry: Entry) => boolean = () => true): Promise<void> {
    const isDone = (): boolean => this.entries.filter(matches).length >= count;
    if (isDone()) return;
    await new Promise<void>((done) => this.waiting.push({ isDone, done }));
  }
}
