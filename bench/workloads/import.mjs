// Publishing the collected policies through the department's own command, into an empty database of its own, and once
// more.
import { MongoClient } from 'mongodb';
import { departmentCommand } from '../harness/hub.mjs';
import { spread } from '../harness/statistics.mjs';

const DATABASE = 'zhitong_bench_import';
const FILE = 'subgraphs/policies/data/real-policies.json';

/** Wall seconds of the whole command, the start of its process included. */
export async function measureImport({ hub, rounds, tell }) {
  const client = await MongoClient.connect(hub.mongoUri);
  const timed = async () => {
    const started = performance.now();
    const { stdout } = await departmentCommand(hub, 'policies', ['import', FILE], { POLICIES_DATABASE: DATABASE });
    return { seconds: (performance.now() - started) / 1000, said: stdout.trim().split('\n').at(-1) };
  };
  try {
    const first = [];
    const again = [];
    for (let round = 1; round <= rounds; round += 1) {
      await client.db(DATABASE).dropDatabase();
      first.push(await timed());
      again.push(await timed());
      tell(
        `  round ${round} import ${first.at(-1).seconds.toFixed(2)} s (${first.at(-1).said}), again ${again.at(-1).seconds.toFixed(2)} s\n`,
      );
    }
    return {
      seconds: spread(first.map(({ seconds }) => seconds)),
      secondsAgain: spread(again.map(({ seconds }) => seconds)),
      said: first.at(-1).said,
    };
  } finally {
    await client.db(DATABASE).dropDatabase();
    await client.close();
  }
}
