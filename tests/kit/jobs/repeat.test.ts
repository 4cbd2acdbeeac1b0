import { repeat, type Repeated, type Repetition } from '@zhitong/kit/jobs';
import { FakeTime } from '../outbox/support/fake-time.js';
import { held, settled } from './held.js';

const MINUTE = 60_000;

let time: FakeTime;
let repeated: Repeated | undefined;
beforeEach(() => (time = new FakeTime()));
afterEach(async () => repeated?.stop());

/** Repeats work over a clock that the test moves; failures are kept with when they are tried again. */
function repeating(part: Pick<Repetition, 'work'> & Partial<Repetition>): {
  readonly rounds: Repeated;
  readonly failures: { failures: number; againInMs: number }[];
} {
  const failures: { failures: number; againInMs: number }[] = [];
  repeated = repeat({
    everyMs: MINUTE,
    timers: time,
    random: () => 0.5,
    failed: (_error, how) => void failures.push(how),
    ...part,
  });
  return { rounds: repeated, failures };
}

/** Lets time pass, and what falls due run. */
async function pass(ms: number): Promise<void> {
  time.advance(ms);
  await settled();
}

describe('repeated work', () => {
  it('begins at once, and again a pause after each end', async () => {
    let count = 0;
    repeating({ work: async () => void (count += 1) });
    expect(count).toBe(1);
    await settled();
    await pass(MINUTE - 1);
    expect(count).toBe(1);
    await pass(1);
    await pass(MINUTE);
    expect(count).toBe(3);
  });

  it('begins after a pause, or when it is asked for, where that is set', async () => {
    let count = 0;
    const { rounds } = repeating({ beginsAtOnce: false, work: async () => void (count += 1) });
    await pass(MINUTE - 1);
    expect(count).toBe(0);
    rounds.nudge();
    await settled();
    expect(count).toBe(1);
    // The pause begins anew with that round.
    await pass(MINUTE - 1);
    expect(count).toBe(1);
    await pass(1);
    expect(count).toBe(2);
  });

  it('runs one round at a time, and one more for all that is asked during it', async () => {
    const rounds = [held(), held(), held()];
    let count = 0;
    const { rounds: job } = repeating({
      work: async () => {
        await rounds[count++]?.ended;
        return undefined;
      },
    });
    for (let nudges = 0; nudges < 3; nudges += 1) job.nudge();
    expect(count).toBe(1);
    rounds[0]?.end();
    await settled();
    expect(count).toBe(2);
    rounds[1]?.end();
    await settled();
    expect(count).toBe(2);
  });

  it('passes to a round whether it was asked for', async () => {
    const wanted: boolean[] = [];
    const { rounds } = repeating({ work: async ({ isWanted }) => void wanted.push(isWanted) });
    await settled();
    rounds.nudge();
    await settled();
    await pass(MINUTE);
    expect(wanted).toEqual([false, true, false]);
  });

  it('tries a round that failed again sooner than its pause, at growing intervals up to it, whoever asks meanwhile', async () => {
    let count = 0;
    const { rounds, failures } = repeating({
      work: async () => {
        count += 1;
        return count <= 7 ? Promise.reject(new Error('no database')) : undefined;
      },
    });
    await settled();
    rounds.nudge();
    await settled();
    expect(count).toBe(1);
    for (const { againInMs } of failures) await pass(againInMs); // grows as it is walked through
    expect(failures.map(({ againInMs }) => againInMs)).toEqual([1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]);
    expect(failures.map((each) => each.failures)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(count).toBe(8);
    // What is done is done: the next failure begins with the shortest interval.
    await pass(MINUTE);
    expect(count).toBe(9);
  });

  it('never waits longer after a failure than its own pause', async () => {
    const { failures } = repeating({ everyMs: 100, work: async () => Promise.reject(new Error('no')) });
    await settled();
    for (let tries = 0; tries < 5; tries += 1) await pass(100);
    expect(failures.length).toBe(6);
  });

  it('comes back as asked for when a round says that it could not be done now', async () => {
    const wanted: boolean[] = [];
    const answers = [undefined, 1_000, undefined];
    const { rounds } = repeating({
      work: async ({ isWanted }) => {
        wanted.push(isWanted);
        return Promise.resolve(answers[wanted.length - 1]);
      },
    });
    await settled();
    rounds.nudge();
    await settled();
    await pass(999);
    expect(wanted).toEqual([false, true]);
    await pass(1);
    expect(wanted).toEqual([false, true, true]);
  });

  it('signals the round when it is to stop, waits for it, and begins no other', async () => {
    const round = held();
    let seen = false;
    let count = 0;
    let isStopped = false;
    const { rounds } = repeating({
      work: async ({ isOver }) => {
        count += 1;
        await round.ended;
        seen = isOver();
        return undefined;
      },
    });
    rounds.nudge();
    const stopping = rounds.stop().then(() => (isStopped = true));
    await settled();
    expect(isStopped).toBe(false);
    round.end();
    await stopping;
    rounds.nudge();
    await pass(MINUTE);
    expect([seen, count]).toEqual([true, 1]);
  });
});
