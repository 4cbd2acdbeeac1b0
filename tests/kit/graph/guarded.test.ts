import { loaderById, renewableLoaders } from '@zhitong/kit';
import { guarded } from '@zhitong/kit/graph';
import { buildSchema, graphql } from 'graphql';

type Resolve = (root: unknown, args: { text: string }, context: unknown, info: unknown) => Promise<unknown>;
interface Row {
  readonly id: string;
  readonly text: string;
}

const schema = buildSchema(`
  type Query { row: Row }
  type Row { text: String! }
  type Mutation { write(text: String!): Row! answer: Row! refuse(text: String!): Row }
`);

/** One row in a store that others write too, read by the loaders of one request. */
function request({ meanwhile = (): void => undefined } = {}) {
  const stored = { text: 'first' };
  const { loaders, renewLoaders } = renewableLoaders(() => ({
    row: loaderById(
      async (ids: readonly string[]) => Promise.resolve(ids.map((id): Row => ({ id, text: stored.text }))),
      ({ id }) => id,
    ),
  }));
  const read = async (): Promise<Row | null> => loaders.row.load('1');
  const mutations = guarded<Record<string, Resolve>>(
    {
      // Looks at the row before it writes, as a rule does that decides on what is stored.
      write: async (_root, { text }) => {
        await read();
        stored.text = text;
        return { text: async () => (await read())?.text };
      },
      answer: async () => {
        const row = await read();
        return { text: row?.text };
      },
      refuse: async (_root, { text }) => {
        await read();
        stored.text = text;
        throw new Error('written, and then failed');
      },
    },
    async () => {
      await read(); // Whoever asks is looked up too.
      meanwhile();
    },
  );
  const ask = async (source: string) =>
    graphql({
      schema,
      source,
      contextValue: { loaders, renewLoaders },
      rootValue: Object.fromEntries(
        Object.entries(mutations).map(([name, resolve]) => [
          name,
          // Root values are called with arguments and context alone.
          async (args: { text: string }, context: unknown) => resolve(undefined, args, context, undefined),
        ]),
      ),
    });
  return { ask, stored };
}

describe('a mutation', () => {
  it('shows what it wrote, although it read the same before it wrote', async () => {
    const { ask } = request();
    expect(await ask('mutation { write(text: "second") { text } }')).toEqual({ data: { write: { text: 'second' } } });
  });

  it('decides on what is stored, not on what was read before it in the same request', async () => {
    const { ask, stored } = request({ meanwhile: () => void (stored.text = 'by somebody else') });
    expect(await ask('mutation { answer { text } }')).toEqual({ data: { answer: { text: 'by somebody else' } } });
  });

  it('that fails after it wrote leaves nothing old to be read in its request', async () => {
    const { ask } = request();
    const { data } = await ask('mutation { refuse(text: "second") { text } write: answer { text } }');
    expect(data).toEqual({ refuse: null, write: { text: 'second' } });
  });
});
