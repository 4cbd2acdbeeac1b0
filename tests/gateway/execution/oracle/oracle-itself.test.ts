import { complaints } from './compare.js';
import type { Answer } from './subgraph.js';
import { NO_FAULTS } from './faults.js';
import { drawTrial, tryOperation, worldOf, type LivingWorld } from './trial.js';

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first text of an answer that is no type's name, in place of which stands something else. */
function withFirstText(value: unknown, lie: unknown, state = { isDone: false }): unknown {
  if (Array.isArray(value)) return value.map((item) => withFirstText(item, lie, state));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (state.isDone || typeof item !== 'string' || key.includes('typename'))
        return [key, withFirstText(item, lie, state)];
      state.isDone = true;
      return [key, lie];
    }),
  );
}

/** The first world that has mutations. */
async function worldWithMutations(seed = 1): Promise<LivingWorld> {
  const living = await worldOf(seed);
  return living.oracle.schema.getMutationType() ? living : worldWithMutations(seed + 1);
}

/** Complaints about the first operations of a world whose departments answer in another way than they should. */
async function complaintsWith(
  change: (answer: Answer, again: () => Promise<Answer>) => Answer | Promise<Answer>,
): Promise<string[]> {
  const living = await worldWithMutations();
  for (const department of living.departments.values()) {
    const ask = department.ask.bind(department);
    department.ask = async (...question) => change(await ask(...question), () => ask(...question));
  }
  const found: string[] = [];
  for (let number = 0; number < 40; number += 1) {
    const { operation } = drawTrial(living, number);
    if (operation !== undefined) found.push(...(await tryOperation(living, operation, NO_FAULTS)).complaints);
  }
  return found;
}

describe('the oracle notices', () => {
  it('nothing where departments answer as they should', async () => {
    expect(await complaintsWith((answer) => answer)).toEqual([]);
  });

  it('a department that lies', async () => {
    expect(
      (await complaintsWith((answer) => ({ ...answer, data: withFirstText(answer.data, 'a lie') as Json }))).join(),
    ).toMatch(/is "a lie"|no key names/);
  });

  it('a department that says null without an error', async () => {
    expect(
      (await complaintsWith((answer) => ({ ...answer, data: withFirstText(answer.data, null) as Json }))).join(),
    ).toContain('null without an error');
  });

  it('a mutation that is carried out twice', async () => {
    expect((await complaintsWith((_answer, again) => again())).join()).toContain('Mutations were carried out');
  });

  const truth = {
    result: { data: { firm: { name: 'a', seats: [{ rooms: 1 }, { rooms: 2 }] } } },
    done: [],
    weakness: { allows: (path: readonly unknown[]) => path.includes('seats') },
  };
  const error = (...path: (string | number)[]): { message: string; path: (string | number)[] } => ({
    message: 'It fails.',
    path,
  });

  it.each<[string, unknown, ReturnType<typeof error>[], RegExp]>([
    ['keys in another order', { firm: { seats: [{ rooms: 1 }, { rooms: 2 }], name: 'a' } }, [], /^firm is/],
    ['a key too many', { firm: { name: 'a', seats: [{ rooms: 1 }, { rooms: 2 }], id: '1' } }, [], /^firm is/],
    ['a list that is shorter', { firm: { name: 'a', seats: [{ rooms: 1 }] } }, [], /^firm\.seats is/],
    [
      'null with an error where nothing failed',
      { firm: { name: null, seats: [{ rooms: 1 }, { rooms: 2 }] } },
      [error('firm', 'name')],
      /^firm\.name is null, but rests on nothing that failed/,
    ],
    [
      'null with an error elsewhere',
      { firm: { name: 'a', seats: [{ rooms: null }, { rooms: 2 }] } },
      [error('firm', 'seats', 1, 'rooms')],
      /^firm\.seats\.0\.rooms is null without an error/,
    ],
    [
      'an error at a place that has a value',
      { firm: { name: 'a', seats: [{ rooms: 1 }, { rooms: 2 }] } },
      [error('firm', 'seats', 1)],
      /stands at firm\.seats\.1, which is/,
    ],
    [
      'an error without a path',
      { firm: { name: 'a', seats: [{ rooms: 1 }, { rooms: 2 }] } },
      [{ message: 'It fails.', path: undefined as unknown as string[] }],
      /has no path/,
    ],
  ])('%s', (_what, data, errors, complaint) => {
    expect(complaints({ truth, answer: { data: data as Json, errors } })[0]).toMatch(complaint);
  });

  it('nothing where what rests on a failure is null with an error at or below it', () => {
    const data = { firm: { name: 'a', seats: [null, { rooms: null }] } };
    expect(
      complaints({
        truth,
        answer: { data, errors: [error('firm', 'seats', 0, 'rooms'), error('firm', 'seats', 1, 'rooms')] },
      }),
    ).toEqual([]);
  });
});
