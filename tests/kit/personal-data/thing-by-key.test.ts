import { readThing, readThingForPurpose, type AskedThing } from '@zhitong/kit/personal-data';
import type { Actor } from '@zhitong/kit';
import { GraphQLError } from 'graphql';

interface Letter {
  readonly text: string;
}
const letter: Letter = { text: '房租拖欠' };
const officer: Actor = { sub: 'o', roles: ['OFFICER'], department: 'RSJ' };

/** A letter, or the absence of one, asked for by a caller to whom `mayRead` says whether this one is theirs. */
const asked = (found: Letter | null, { readsAll = false, mayRead = false } = {}): AskedThing<Letter> => ({
  found,
  readsAll,
  mayRead: () => mayRead,
  called: { en: 'The letter L-1', zh: '信件 L-1 ' },
  readers: { en: 'its writer', zh: '写信人' },
});

/** What a caller notices: the thing, or each word of the error. */
async function noticed(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { message: error.message, extensions: error.extensions };
  }
}

describe('the answer to a key', () => {
  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['an official who reads some', officer, 'FORBIDDEN'],
    ['an enterprise', { sub: 'e', roles: ['ENTERPRISE'], uscc: 'x' } satisfies Actor, 'FORBIDDEN'],
  ])('is the same to %s for a thing that is not theirs and for none', async (_who, actor, code) => {
    const told = await noticed(() => readThing({ actor }, asked(letter)));
    expect(told).toMatchObject({
      message: 'The letter L-1 is for its writer.',
      extensions: { code, reason: 'READERS_ONLY', zh: '信件 L-1 仅供写信人查阅' },
    });
    expect(await noticed(() => readThing({ actor }, asked(null)))).toEqual(told);
    // Whoever might read this one learns no more of one that does not exist.
    expect(await noticed(() => readThing({ actor }, asked(null, { mayRead: true })))).toEqual(told);
  });

  it('is the thing for whoever may read it, and null for whoever reads all', () => {
    expect(readThing({ actor: officer }, asked(letter, { mayRead: true }))).toBe(letter);
    expect(readThing({ actor: officer }, asked(null, { readsAll: true }))).toBeNull();
  });
});

describe('the answer to a key of something that a purpose opens', () => {
  type Known = boolean | undefined;
  const told = async (
    found: Letter | null,
    { actor, known, ...rights }: { actor: Actor | null; known: Known; readsAll?: boolean; mayRead?: boolean },
  ) => {
    const notes: unknown[] = [];
    const answer = await noticed(async () =>
      readThingForPurpose(
        {
          actor,
          offices: {
            keptBy: 'registry',
            isFinancial: (code) => code === 'BANK',
            isKnown: async () => Promise.resolve(known),
          },
          accesses: { note: (note) => void notes.push(note), write: async () => Promise.resolve() },
        },
        asked(found, rights),
        { noted: () => ({ about: null, datum: 'Letter' }), opened: ({ text }) => ({ text: `${text}*` }) },
      ),
    );
    return { answer, notes };
  };
  const withPurpose = { ...officer, purpose: '核实申报' };

  it.each<[string, Actor | null, Known, string]>([
    ['nobody', null, true, 'UNAUTHENTICATED'],
    ['an enterprise', { sub: 'e', roles: ['ENTERPRISE'], uscc: 'x' }, true, 'FORBIDDEN'],
    ['a bank', { ...withPurpose, department: 'BANK' }, true, 'FORBIDDEN'],
    ['an official of no department of the city', withPurpose, false, 'FORBIDDEN'],
    ['an official who says no purpose', officer, true, 'FORBIDDEN'],
    ['an official who says no purpose, while the register is down', officer, undefined, 'FORBIDDEN'],
    ['an official, while the register is down', withPurpose, undefined, 'DEPARTMENT_UNAVAILABLE'],
  ])('is the same to %s whether the thing exists or not', async (_who, actor, known, code) => {
    const there = await told(letter, { actor, known });
    expect(there).toMatchObject({ answer: { extensions: { code } }, notes: [] });
    expect(await told(null, { actor, known })).toEqual(there);
  });

  it('is the opened thing for a stated purpose, which is noted; of none it is a refusal, and nothing is noted', async () => {
    expect(await told(letter, { actor: withPurpose, known: true })).toEqual({
      answer: { text: '房租拖欠*' },
      notes: [{ about: null, datum: 'Letter' }],
    });
    expect(await told(null, { actor: withPurpose, known: true })).toMatchObject({
      answer: {
        message: 'The letter L-1 is for its writer.',
        extensions: { code: 'FORBIDDEN', reason: 'READERS_ONLY' },
      },
      notes: [],
    });
  });

  it('needs no purpose for whoever reads it anyway, and is null for whoever reads all', async () => {
    const actor = officer;
    expect(await told(letter, { actor, known: true, mayRead: true })).toEqual({ answer: letter, notes: [] });
    expect(await told(null, { actor, known: true, readsAll: true })).toEqual({ answer: null, notes: [] });
    // One who reads all is no less refused one that is not theirs, nor told that there is none for being allowed this
    // one.
    expect((await told(letter, { actor, known: true, readsAll: true })).answer).toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
    expect((await told(null, { actor, known: true, mayRead: true })).answer).toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });

  it('says to an official of the government what would open it, and to nobody else', async () => {
    const reasonFor = async (actor: Actor): Promise<unknown> =>
      ((await told(letter, { actor, known: true })).answer as { extensions?: { reason?: string } }).extensions?.reason;
    expect(await reasonFor(officer)).toBe('PURPOSE_REQUIRED');
    expect(await reasonFor({ sub: 'c', roles: ['COORDINATOR'] })).toBe('PURPOSE_REQUIRED');
    expect(await reasonFor({ ...officer, department: 'BANK' })).toBe('READERS_ONLY');
    expect(await reasonFor({ sub: 'a', roles: ['AUDITOR'] })).toBe('READERS_ONLY');
  });

  it('is opened to a coordinator whose department is not looked up', async () => {
    const actor: Actor = { sub: 'c', roles: ['COORDINATOR'], purpose: '核实申报' };
    expect(await told(letter, { actor, known: undefined })).toMatchObject({ answer: { text: '房租拖欠*' } });
  });
});
