import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSERTION_HEADER, kitConfig, subgraphConfig, systemClock, type RunningSubgraph } from '@zhitong/kit';
import { startDepartment } from '@zhitong/kit/subgraph';
import {
  ensureIndexes,
  inTransaction,
  isDatabaseAbsence,
  startEmbeddedMongo,
  superviseEmbeddedMongo,
  type EmbeddedMongo,
} from '@zhitong/kit/mongo';
import { createOutbox } from '@zhitong/kit/outbox';
import { MongoClient, MongoNetworkError, MongoServerError } from 'mongodb';
import { Schema, type Connection } from 'mongoose';
import { departmentChecks } from '../../kit/src/subgraph/subgraph-checks.js';
import { newGateway, publishedKeys } from './identity/keys.js';

const gateway = newGateway();
const typeDefs = `
  type Query { words: [String!] }
  type Mutation { write(word: String!): String }
`;

let folder: string;
let mongo: EmbeddedMongo;
let department: RunningSubgraph;
let connection: Connection;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhitong-'));
  mongo = await startEmbeddedMongo({ config: kitConfig(), dbPath: path.join(folder, 'mongo') });
  const config = subgraphConfig('tests', 0, {
    TESTS_PORT: '0',
    TESTS_MONGODB_URI: mongo.uri,
    ZHITONG_GATEWAY_KEYS: publishedKeys(gateway),
    ZHITONG_LOG_LEVEL: 'silent',
  });
  const resolvers = {
    Query: {
      words: async () =>
        (await connection.collection<{ word: string }>('words').find().sort({ _id: 1 }).toArray()).map(
          ({ word }) => word,
        ),
    },
    Mutation: {
      write: async (_root: unknown, { word }: { word: string }) => {
        await inTransaction(connection, async (session) =>
          connection.collection('words').insertOne({ word }, { session }),
        );
        return word;
      },
    },
  };
  department = await startDepartment({
    config,
    typeDefs,
    resolvers,
    open: async ({ connection: opened, logger }) => {
      connection = opened;
      const words = new Schema({ word: String }, { collection: 'words' });
      words.index({ word: 1 }, { unique: true, name: 'one_of_each' });
      await connection.model('Word', words).createIndexes();
      const outbox = createOutbox({ db: connection.db, source: 'urn:zhitong:tests', logger });
      await outbox.ensureIndexes();
      return { context: (request) => request, outbox, loads: ['city'] };
    },
  });
});
afterAll(async () => {
  await department.stop();
  await mongo.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly json: { data?: unknown; errors?: { path?: unknown; extensions: Record<string, unknown> }[] };
}

async function ask(query: string): Promise<Reply> {
  const body = JSON.stringify({ query });
  const assertion = gateway.sign({ actor: { sub: 'auditor-1', roles: ['AUDITOR'] }, department: 'tests', body });
  const response = await fetch(department.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [ASSERTION_HEADER]: assertion },
    body,
  });
  return { status: response.status, json: (await response.json()) as Reply['json'] };
}
async function readiness(): Promise<{ status: number; body: { status: string; checks: Record<string, string> } }> {
  const response = await fetch(department.url.replace('/graphql', '/health/ready'));
  return {
    status: response.status,
    body: (await response.json()) as { status: string; checks: Record<string, string> },
  };
}
/** Asks again until the answer is as wanted; the test's own time limit ends it. */
async function until<Answer>(read: () => Promise<Answer>, isWanted: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await read();
    if (isWanted(answer)) return answer;
  }
}

const unavailable = { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'tests' };

describe("a department's readiness", () => {
  it('is its own word on each thing that it needs', async () => {
    expect(await until(readiness, ({ status }) => status === 200)).toEqual({
      status: 200,
      body: { status: 'ready', subgraph: 'tests', checks: { database: 'ok', indexes: 'ok', load: 'ok', events: 'ok' } },
    });
  });

  it('is missing while an index that a model declares is not there', async () => {
    const checks = departmentChecks({
      connection,
      database: { absence: () => null },
      dispatcher: { lookedAt: () => new Date() },
      loads: [],
      clock: systemClock,
    });
    const indexes = async (): Promise<string | null | undefined> =>
      checks.find(({ name }) => name === 'indexes')?.look();
    await connection.collection('words').dropIndex('one_of_each');
    expect(await indexes()).toBe('missing on words; start the department again to build them');
    await ensureIndexes(connection);
    expect(await indexes()).toBeNull();
  });

  it('is missing while the outbox does not look for events', async () => {
    let now = new Date('2026-11-20T01:00:00Z');
    const checks = departmentChecks({
      connection,
      database: { absence: () => null },
      dispatcher: { lookedAt: () => null },
      loads: [],
      clock: { now: () => now },
    });
    const events = async (): Promise<string | null | undefined> => checks.find(({ name }) => name === 'events')?.look();
    expect(await events()).toBeNull();
    now = new Date('2026-11-20T01:05:00Z');
    expect(await events()).toBe('the outbox has not looked for events for 300 s');
  });

  it('is missing while a load is half done', async () => {
    const marks = connection.collection<{ _id: string; finishedAt: Date | null }>('city');
    await marks.insertOne({ _id: 'city', finishedAt: null });
    expect(await readiness()).toMatchObject({
      status: 503,
      body: { status: 'not ready', checks: { database: 'ok', load: 'city is not loaded to its end' } },
    });
    await marks.updateOne({ _id: 'city' }, { $set: { finishedAt: new Date() } });
    expect((await readiness()).status).toBe(200);
  });
});

describe('a department whose MongoDB is killed', () => {
  it('says that it is unavailable, lives on, and has every acknowledged write when MongoDB was started again', async () => {
    expect(await ask('mutation { write(word: "承诺") }')).toEqual({ status: 200, json: { data: { write: '承诺' } } });
    const ended = new Promise((resolve) => {
      mongo.onEnd(resolve);
    });
    mongo.kill();
    expect(await ended).toBe('by SIGKILL');
    // What is asked before the loss was noticed is unavailable at its place, and what is asked after it as a whole.
    const [query, mutation] = [await ask('{ words }'), await ask('mutation { write(word: "不在") }')];
    for (const { json } of [query, mutation])
      expect(json.errors?.map(({ extensions }) => extensions)).toEqual([unavailable]);
    expect(await until(readiness, ({ status }) => status === 503)).toMatchObject({
      body: {
        status: 'not ready',
        checks: { database: expect.stringContaining('MongoDB') as unknown, load: 'not known without the database' },
      },
    });
    expect((await fetch(department.url.replace('/graphql', '/health/live'))).status).toBe(200);
    expect(await (await fetch(department.url.replace('/graphql', '/metrics'))).text()).toMatch(
      /^outbox_pending (?:Nan|NaN)$/m,
    );

    mongo = await startEmbeddedMongo({
      config: kitConfig(),
      dbPath: path.join(folder, 'mongo'),
      port: mongo.port,
      otherPort: false,
    });
    const after = await until(
      async () => ask('{ words }'),
      ({ status, json }) => status === 200 && json.errors === undefined,
    );
    expect(after.json.data).toEqual({ words: ['承诺'] });
    expect((await until(readiness, ({ status }) => status === 200)).body.checks['database']).toBe('ok');
    expect(await ask('mutation { write(word: "兑现") }')).toEqual({ status: 200, json: { data: { write: '兑现' } } });
  });
});

describe('an embedded MongoDB that is supervised', () => {
  it('is started again over its data and on its port when it was killed, and stays stopped when it was stopped', async () => {
    const told: string[] = [];
    let isBack = (): void => undefined;
    const back = new Promise<void>((resolve) => (isBack = resolve));
    const tell = (line: string): void => {
      told.push(line);
      if (line === 'MongoDB is back.') isBack();
    };
    const supervised = await superviseEmbeddedMongo({
      config: kitConfig(),
      dbPath: path.join(folder, 'supervised'),
      tell,
      pace: { firstDelayMs: 10 },
    });
    const client = await MongoClient.connect(supervised.uri);
    await client
      .db('d')
      .collection('rows')
      .insertOne({ word: '承诺' }, { writeConcern: { w: 'majority', journal: true } });
    supervised.kill();
    await back;
    expect(told).toEqual(['MongoDB ended by SIGKILL; it is started again in 0.01 s.', 'MongoDB is back.']);
    expect(
      await client
        .db('d')
        .collection('rows')
        .findOne({}, { projection: { _id: 0 } }),
    ).toEqual({ word: '承诺' });
    await client.close();
    await supervised.stop();
    expect(told).toHaveLength(2);
  });
});

describe('an error', () => {
  /** As the driver does it with `PoolClearedOnNetworkError`, which it does not export. */
  class Cleared extends MongoNetworkError {
    override get name(): string {
      return 'PoolClearedOnNetworkError';
    }
  }
  const serverError = (code: number): MongoServerError => new MongoServerError({ message: 'x', code });
  it.each([
    ['that no server was found', Object.assign(new Error('x'), { name: 'MongoServerSelectionError' }), true],
    ['that the connection was lost', Object.assign(new Error('x'), { name: 'MongoNetworkError' }), true],
    ['that its pool was cleared, by a name of its own', new Cleared('x'), true],
    [
      'that Mongoose gave the command up',
      Object.assign(new Error('Operation `words.find()` buffering timed out after 10000ms'), { name: 'MongooseError' }),
      true,
    ],
    ['that the server is no primary', serverError(10107), true],
    ['that the server shuts down', serverError(91), true],
    ['that was caused by one of them', new Error('the case could not be read', { cause: serverError(13435) }), true],
    ['that a key is there twice', serverError(11000), false],
    ['that the question took too long', serverError(50), false],
    ['of a rule', new Error('a promise needs an amount'), false],
    ['that is none', 'MongoNetworkError', false],
  ])('%s is %#', (_what, error, isAbsence) => {
    expect(isDatabaseAbsence(error)).toBe(isAbsence);
  });
});
