import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig, prepareDataFolder } from '@zhitong/kit';
import { MongoClient } from 'mongodb';
import { addressOf, assertDeployment, chooseMongod } from '@zhitong/kit/mongo';
import { freePort } from '../support/free-ports.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhitong-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A MongoDB as many run it: without a replica set. */
async function singleServer(): Promise<{ port: number; stop: () => Promise<void> }> {
  const choice = await chooseMongod({ named: kitConfig().mongo.binary, searchPath: kitConfig().mongo.path });
  if (choice.kind === 'download') throw new Error('This test needs a mongod that is there.');
  const port = await freePort();
  const dbPath = await mkdtemp(path.join(folder, 'single-'));
  const child = spawn(
    choice.binary,
    ['--port', String(port), '--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--quiet'],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: choice.kind === 'packaged' ? { LD_LIBRARY_PATH: choice.libraries } : {},
    },
  );
  const ended = once(child, 'exit');
  await new Promise<void>((resolve) =>
    child.stdout.on('data', (chunk: Buffer) => /waiting for connections/i.test(chunk.toString()) && resolve()),
  );
  return {
    port,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

const message = async (work: () => Promise<void> | void): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error && error.name === 'StartProblem') return error.message;
    throw error;
  }
  return 'none';
};
const oneLine = /^[^\n]+$/;

describe('a configured MongoDB', () => {
  const uri = kitConfig().testMongoUri ?? '';

  it('that is a replica set and may be written is used, and nothing is left of the trial', async () => {
    expect(await message(async () => assertDeployment({ uri, databases: ['t_start_problems'] }))).toBe('none');
    const client = await MongoClient.connect(uri);
    expect(await client.db('t_start_problems').listCollections().toArray()).toEqual([]);
    await client.close();
  });

  it('that is a single server is refused, because no transaction can be made on it', async () => {
    const server = await singleServer();
    try {
      const said = await message(async () =>
        assertDeployment({
          uri: `mongodb://127.0.0.1:${server.port}/`,
          databases: ['t_start_problems'],
          variable: 'CASES_MONGODB_URI',
        }),
      );
      expect(said).toMatch(oneLine);
      expect(said).toContain(`MongoDB at 127.0.0.1:${server.port} is a single server without a replica set`);
      expect(said).toContain('unset CASES_MONGODB_URI');
    } finally {
      await server.stop();
    }
  });

  it('that nobody runs is named without its password', async () => {
    const port = await freePort();
    const said = await message(async () =>
      assertDeployment({ uri: `mongodb://city:geheim@127.0.0.1:${port}/?replicaSet=rs0`, databases: ['x'] }),
    );
    expect(said).toMatch(oneLine);
    expect(said).toContain(`MongoDB at 127.0.0.1:${port} cannot be used: `);
    expect(said).toContain('Start it, or correct MONGODB_URI.');
    expect(said).not.toContain('geheim');
  });

  it.each(['http://127.0.0.1/', 'mongodb://', '127.0.0.1:27017'])(
    'that is written %s is refused with how it is written',
    async (written) => {
      const said = await message(async () => assertDeployment({ uri: written, databases: ['x'] }));
      expect(said).toMatch(oneLine);
      expect(said).toContain('Write it as mongodb://host:port/?replicaSet=name.');
    },
  );

  it.each([
    ['mongodb://a:b@one:1,two:2/?replicaSet=x', 'one:1,two:2'],
    ['mongodb+srv://city:p%40ss@cluster.city.example/db', 'cluster.city.example'],
    ['mongodb://one/', 'one'],
  ])('of %s is called %s', (written, called) => {
    expect(addressOf(written)).toBe(called);
  });
});

describe('a data folder', () => {
  it('is made where it is not there', async () => {
    expect(
      await message(async () => {
        prepareDataFolder(path.join(folder, 'deep', 'down'), { needsSpace: true });
      }),
    ).toBe('none');
  });

  it.each([
    ['a file', 'file'],
    ['below a file', path.join('file', 'data')],
  ])('that is %s is refused in one line with the way out', async (_what, place) => {
    await writeFile(path.join(folder, 'file'), '');
    const said = await message(async () => {
      prepareDataFolder(path.join(folder, place));
    });
    expect(said).toMatch(oneLine);
    expect(said).toMatch(
      /^The data folder .* cannot be used: (it is a file|a part of the path is a file)\. Choose another with ZHITONG_DATA_DIR\.$/,
    );
  });

  it('where the system lets nobody write is refused', async () => {
    expect(
      await message(async () => {
        prepareDataFolder('/proc/zhitong');
      }),
    ).toMatch(/^The data folder \/proc\/zhitong cannot be used: .+\. Choose another with ZHITONG_DATA_DIR\.$/);
  });
});
