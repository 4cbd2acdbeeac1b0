// How a contender's process says where it listens, and ends with the process that started it.

/** Tells the parent the address. */
export function announce(url) {
  process.on('disconnect', () => process.exit(0));
  process.send({ type: 'ready', url });
}
