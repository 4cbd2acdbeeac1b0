import { SmallGraph } from './small-graph.js';

/** Two departments that write down, in one book, in which order they were told to act. */
function graphWithBook(book: string[]): Promise<SmallGraph> {
  const note = (_root: unknown, { topic }: { topic: string }): object => {
    book.push(topic);
    return { topic };
  };
  return SmallGraph.of({
    one: {
      sdl: 'type Query { one: Int } type Mutation { subscribe(topic: String!): Told } type Told @shareable { topic: String }',
      resolvers: { Mutation: { subscribe: note } },
    },
    two: {
      sdl: 'type Query { two: Int } type Mutation { unsubscribe(topic: String!): Told } type Told @shareable { topic: String }',
      resolvers: { Mutation: { unsubscribe: note } },
    },
  });
}

describe('a mutation with several root fields', () => {
  it.each([
    [
      'in fragments between fields',
      'mutation { ... on Mutation { a: subscribe(topic: "a") { topic } } b: unsubscribe(topic: "b") { topic } ... on Mutation { c: subscribe(topic: "c") { topic } } }',
    ],
    [
      'in named fragments, one in the other',
      'mutation { ...A c: subscribe(topic: "c") { topic } } fragment A on Mutation { a: subscribe(topic: "a") { topic } ...B } fragment B on Mutation { b: unsubscribe(topic: "b") { topic } }',
    ],
    [
      'in fragments with conditions',
      'mutation { ... @include(if: true) { a: subscribe(topic: "a") { topic } } ... @skip(if: false) { b: unsubscribe(topic: "b") { topic } c: subscribe(topic: "c") { topic } } ... @skip(if: true) { d: subscribe(topic: "d") { topic } } }',
    ],
  ])('runs them in the order written: %s', async (_what, query) => {
    const book: string[] = [];
    const { text, errors } = await (await graphWithBook(book)).ask(query);
    expect(errors).toEqual([]);
    expect(book).toEqual(['a', 'b', 'c']);
    expect(text).toBe('{"a":{"topic":"a"},"b":{"topic":"b"},"c":{"topic":"c"}}');
  });

  it('does twice what is asked for twice, and once what one name asks for twice', async () => {
    const book: string[] = [];
    const { text } = await (
      await graphWithBook(book)
    ).ask(
      'mutation { a: subscribe(topic: "x") { topic } b: subscribe(topic: "x") { topic } a: subscribe(topic: "x") { name: topic } }',
    );
    expect(book).toEqual(['x', 'x']);
    expect(text).toBe('{"a":{"topic":"x","name":"x"},"b":{"topic":"x"}}');
  });
});
