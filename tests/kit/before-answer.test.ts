import { createLogger } from '@zhitong/kit';
import { MongoNetworkError } from 'mongodb';
import { departmentGraph } from '../../kit/src/server/served-graph.js';

const typeDefs = 'type Query { word: String }';
const resolvers = { Query: { word: () => 'personal' } };

describe('an answer of which must be written down that it was read', () => {
  it.each([
    [
      'the database is absent',
      new MongoNetworkError('no server'),
      { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'tests' },
    ],
    [
      'it cannot be written',
      new Error('a rule of the collection'),
      { code: 'INTERNAL', reference: expect.any(String) as string },
    ],
  ])('is not given when %s, and the department says so under its name', async (_why, error, extensions) => {
    const graph = await departmentGraph({
      name: 'tests',
      typeDefs,
      resolvers,
      logger: createLogger({ name: 'test', level: 'silent' }),
    });
    const { result } = await graph.answer(
      { query: '{ word }' },
      { actor: null, requestId: 'test', beforeAnswer: () => Promise.reject(error) },
    );
    expect(result.data).toBeNull();
    expect(result.errors?.map((each) => each.extensions)).toEqual([extensions]);
    await graph.stop();
  });
});
