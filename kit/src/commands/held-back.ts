/**
 * Does work now whose result counts later: what is returned gives it, or throws what it threw. For what a command must
 * ask outside its transaction but may reveal it only inside, when it is known that the command is not the repeat of one
 * that was done.
 */
export async function heldBack<Value>(work: Promise<Value>): Promise<() => Value> {
  const [outcome] = await Promise.allSettled([work]);
  return () => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };
}
