// The whole hub against itself at an earlier commit: flagship and list, paired in one run.
import { startFormerHub, checkOut } from '../harness/former-hub.mjs';
import { startHub, without } from '../harness/hub.mjs';
import { measureInTurns } from '../harness/load.mjs';
import { ratioSpread, shuffled } from '../harness/statistics.mjs';
import { requestsOf } from './graph.mjs';

/** Answers that are compared before anything is measured. */
const COMPARED = 40;
const CURSOR = /"(start|end)?[cC]ursor":"[^"]*"/g;

/**
 * Measures both operations.
 * @param ref the earlier commit.
 * @returns for each operation both hubs' figures, and `cpuRatio`: CPU time of a request, all processes, now over then.
 */
export async function measureAgainst({ ref, rounds, seconds, tell }) {
  if (ref === undefined) throw new Error('Say against which commit: --ref COMMIT.');
  const former = await checkOut(ref, tell);
  const now = await startHub({ tell });
  try {
    const then = await startFormerHub(former, { environment: now.environment, tell });
    try {
      const contenders = [contender('now', now), contender('then', then)];
      const results = { against: former.commit };
      for (const operation of ['flagship', 'list']) {
        for (const one of contenders) one.bodies = await requestsOf(operation, one.hub);
        const equal = await countEqual(contenders);
        tell(`${operation}: ${equal} of ${COMPARED} answers are equal, cursors apart\n`);
        const measured = await measureInTurns({ operation, contenders, rounds, seconds, tell });
        results[operation] = {
          ...measured,
          equal,
          compared: COMPARED,
          cpuRatio: ratioSpread(measured.now.cpuRounds, measured.then.cpuRounds),
        };
      }
      return results;
    } finally {
      await then.stop();
    }
  } finally {
    await now.stop();
  }
}

const contender = (name, hub) => ({
  name,
  hub,
  url: hub.graph,
  headers: { authorization: `Bearer ${hub.token}` },
  processes: () => without(hub.processes(), ['launcher']),
});

/** Both cities are made from one seed, so results differ only where the hub changed. */
async function countEqual([one, other]) {
  const order = shuffled([...one.bodies.keys()], 5).slice(0, COMPARED);
  let equal = 0;
  for (const at of order) {
    const [first, second] = await Promise.all([one, other].map((asked) => answerOf(asked, asked.bodies[at])));
    if (first === second) equal += 1;
  }
  return equal;
}

async function answerOf({ url, headers }, body) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return (await response.text()).replaceAll(CURSOR, '');
}
