/** A long computation in steps; whoever runs it lets something else run between them. */
export type Steps<Result> = Generator<void, Result, void>;

/** Runs all steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
