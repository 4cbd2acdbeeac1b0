import type { Clock } from '@zhitong/kit';
import type { Timers } from '@zhitong/kit/outbox';

interface Timer {
  readonly dueAt: number;
  readonly run: () => void;
}

/** A clock with its timers that moves only when told to. */
export class FakeTime implements Clock, Timers {
  private readonly pending = new Set<Timer>();

  constructor(private at: number = Date.parse('2026-03-02T01:00:00Z')) {}

  now(): Date {
    return new Date(this.at);
  }

  after(ms: number, run: () => void): () => void {
    const timer = { dueAt: this.at + ms, run };
    this.pending.add(timer);
    if (ms <= 0) queueMicrotask(() => this.fire(timer));
    return () => void this.pending.delete(timer);
  }

  /** Lets `ms` milliseconds pass at once; what falls due in between runs in its order. */
  advance(ms: number): void {
    this.at += ms;
    const due = [...this.pending].filter(({ dueAt }) => dueAt <= this.at).sort((a, b) => a.dueAt - b.dueAt);
    for (const timer of due) this.fire(timer);
  }

  private fire(timer: Timer): void {
    if (this.pending.delete(timer)) timer.run();
  }
}
