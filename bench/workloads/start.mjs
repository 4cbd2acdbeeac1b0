// From the command to "ready" with the city in place, and the memory of every process then.
import { startHub } from '../harness/hub.mjs';
import { spread } from '../harness/statistics.mjs';

const SETTLE_MS = 3_000;

/** Starts and stops the hub; the launcher without npm's own start and the build (under a second). */
export async function measureStart({ rounds, tell }) {
  const seconds = [];
  const memories = [];
  for (let round = 1; round <= rounds; round += 1) {
    const hub = await startHub();
    seconds.push(hub.secondsToReady);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    memories.push(hub.memory());
    await hub.stop();
    tell(
      `  round ${round} ready in ${seconds.at(-1).toFixed(1)} s, our processes ${memories.at(-1).ours.toFixed(0)} MiB, with MongoDB ${memories.at(-1).withMongo.toFixed(0)} MiB\n`,
    );
  }
  return {
    secondsToReady: spread(seconds),
    memoryMiB: spread(memories.map(({ ours }) => ours)),
    memoryWithMongoMiB: spread(memories.map(({ withMongo }) => withMongo)),
    perProcessMiB: memories.at(-1).perProcess,
  };
}
