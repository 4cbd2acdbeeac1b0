/** Something that the test lets happen, or waits for. */
export interface Held {
  readonly ended: Promise<void>;
  readonly end: () => void;
}

export function held(): Held {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}

/** Lets everything run that is ready to. */
export const settled = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
