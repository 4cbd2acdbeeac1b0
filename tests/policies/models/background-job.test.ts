import { startBackgroundJob } from '../../../subgraphs/policies/src/background-job.js';

const NEVER = 2 ** 30;
/** A round that the test lets end. */
function held(): { readonly ended: Promise<void>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { ended, end };
}

describe('a background job', () => {
  it('runs one round at a time, and one more for all that is asked during it', async () => {
    const rounds = [held(), held()];
    const begun = [held(), held()];
    let count = 0;
    const job = startBackgroundJob({
      work: async () => {
        const number = count;
        count += 1;
        begun[number]?.end();
        await rounds[number]?.ended;
      },
      everyMs: NEVER,
      failed: () => undefined,
    });
    for (let nudges = 0; nudges < 3; nudges += 1) job.nudge();
    await begun[0]?.ended;
    job.nudge();
    job.nudge();
    expect(count).toBe(1);
    rounds[0]?.end();
    await begun[1]?.ended;
    rounds[1]?.end();
    await job.stop();
    expect(count).toBe(2);
  });

  it('goes on after a round that failed', async () => {
    const second = held();
    const failures: unknown[] = [];
    let count = 0;
    const job = startBackgroundJob({
      work: async () => {
        count += 1;
        if (count === 1) throw new Error('no database');
        second.end();
        return Promise.resolve();
      },
      everyMs: NEVER,
      failed: (error) => {
        failures.push(error);
        job.nudge();
      },
    });
    job.nudge();
    await second.ended;
    await job.stop();
    expect(failures).toEqual([new Error('no database')]);
  });

  it('tells the round when it is to stop, waits for it, and begins no other', async () => {
    const round = held();
    let seen = false;
    let count = 0;
    const job = startBackgroundJob({
      work: async (stopped) => {
        count += 1;
        await round.ended;
        seen = stopped();
      },
      everyMs: NEVER,
      failed: () => undefined,
    });
    job.nudge();
    job.nudge();
    const stopping = job.stop();
    round.end();
    await stopping;
    job.nudge();
    await job.stop();
    expect([seen, count]).toEqual([true, 1]);
  });
});
