import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { aggregateAtOnce, connectMongo, findAtOnce } from '@zhitong/kit/mongo';
import { countCommands, testDatabase, type TestDatabase } from '@zhitong/kit/testing';
import type { Connection } from 'mongoose';

/** MongoDB behind a line that can be cut: the next request that holds `word` is lost together with its connection. */
class BreakableLine {
  readonly #server: Server;
  #cutAt: string | undefined;

  constructor(port: number) {
    this.#server = createServer((client: Socket) => {
      const database = connect(port, '127.0.0.1');
      client.on('data', (chunk) => {
        if (this.#cutAt !== undefined && chunk.includes(this.#cutAt)) {
          this.#cutAt = undefined;
          client.destroy();
        } else database.write(chunk);
      });
      database.on('data', (chunk) => client.write(chunk));
      for (const [one, other] of [
        [client, database],
        [database, client],
      ] as const)
        one.on('close', () => other.destroy()).on('error', () => other.destroy());
    });
  }

  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  cutAt(word: string): void {
    this.#cutAt = word;
  }

  close(): void {
    this.#server.close();
  }
}

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase(import.meta.url);
  await db.connection
    .collection('rows')
    .insertMany(Array.from({ length: 20 }, (_, at) => ({ at, part: at % 2, ...(at < 10 ? { note: null } : {}) })));
});
afterAll(async () => db.close());

const find = async (connection: Connection) =>
  findAtOnce<{ at: number }>(connection, {
    collection: 'rows',
    filter: { part: 1 },
    projection: { _id: 0, at: 1 },
    sort: { at: 1 },
    limit: 3,
  });
const aggregate = async (connection: Connection) =>
  aggregateAtOnce<{ _id: number; count: number }>(connection, {
    collection: 'rows',
    pipeline: [{ $group: { _id: '$part', count: { $sum: 1 } } }, { $sort: { _id: 1 } }],
    most: 2,
  });
const FOUND = [{ at: 1 }, { at: 3 }, { at: 5 }];
const GROUPED = [
  { _id: 0, count: 10 },
  { _id: 1, count: 10 },
];

describe('reading at once', () => {
  it('takes one command', async () => {
    expect(await countCommands(db.connection, async () => find(db.connection))).toEqual({
      result: FOUND,
      commands: ['find'],
    });
    expect(await countCommands(db.connection, async () => aggregate(db.connection))).toEqual({
      result: GROUPED,
      commands: ['aggregate'],
    });
  });

  it('leaves conditions out that are undefined', async () => {
    const rows = await findAtOnce(db.connection, {
      collection: 'rows',
      filter: { part: 1, note: undefined },
      sort: { at: 1 },
      limit: 50,
    });
    expect(rows).toHaveLength(10);
  });

  it('answers all rows where they are more than fit into one batch', async () => {
    const text = 'x'.repeat(4 * 1024 * 1024);
    await db.connection.collection('large').insertMany(Array.from({ length: 6 }, (_, at) => ({ at, text })));
    const rows = await findAtOnce<{ at: number }>(db.connection, {
      collection: 'large',
      filter: {},
      sort: { at: 1 },
      limit: 10,
    });
    expect(rows.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5]);
    const grouped = await aggregateAtOnce<{ at: number }>(db.connection, {
      collection: 'large',
      pipeline: [{ $sort: { at: -1 } }],
      most: 10,
    });
    expect(grouped.map(({ at }) => at)).toEqual([5, 4, 3, 2, 1, 0]);
  });

  it('answers all rows where no limit is named', async () => {
    const many = Array.from({ length: 1_500 }, (_, at) => ({ at }));
    await db.connection.collection('many').insertMany(many.map((row) => ({ ...row })));
    const rows = await findAtOnce<{ at: number }>(db.connection, {
      collection: 'many',
      filter: {},
      projection: { _id: 0, at: 1 },
      sort: { at: 1 },
    });
    expect(rows).toEqual(many);
  });

  it('survives a connection that breaks under the command', async () => {
    const line = new BreakableLine(Number(/:(\d+)\//.exec(db.uri)?.[1]));
    const uri = db.uri.replace(/:\d+\//, `:${await line.listen()}/`);
    const connection = await connectMongo({ uri, database: db.name });
    try {
      line.cutAt('projection');
      expect(await find(connection)).toEqual(FOUND);
      line.cutAt('pipeline');
      expect(await aggregate(connection)).toEqual(GROUPED);
    } finally {
      await connection.close();
      line.close();
    }
  });

  it('says what MongoDB says of a wrong question', async () => {
    await expect(
      aggregateAtOnce(db.connection, { collection: 'rows', pipeline: [{ $nothing: 1 }], most: 1 }),
    ).rejects.toThrow('$nothing');
  });
});
