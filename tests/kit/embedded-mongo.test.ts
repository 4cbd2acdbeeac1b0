import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig } from '@zhitong/kit';
import { chooseMongod, openMongo, type OpenMongo } from '@zhitong/kit/mongo';
import { MongoClient } from 'mongodb';

let folder: string;
const opened: OpenMongo[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhitong-'));
});
afterAll(async () => {
  // What a failed test left running ends before its data is taken away.
  await Promise.all(opened.map(async (mongo) => mongo.release()));
  await rm(folder, { recursive: true, force: true });
});

async function open(dataDir: string): Promise<OpenMongo> {
  const mongo = await openMongo({
    config: { ...kitConfig(), dataDir, mongo: { ...kitConfig().mongo, uri: undefined } },
  });
  opened.push(mongo);
  return mongo;
}

async function wordIn(uri: string): Promise<unknown> {
  const client = await MongoClient.connect(uri);
  try {
    return (await client.db('d').collection('rows').findOne({}))?.['word'];
  } finally {
    await client.close();
  }
}

describe('the embedded MongoDB', () => {
  it('keeps what was written across a restart, and is found by a second process while it runs', async () => {
    const first = await open(folder);
    expect(first.origin).toBe('started');
    const beside = await open(folder);
    expect(beside).toMatchObject({ origin: 'found', uri: first.uri });
    const write = await MongoClient.connect(first.uri);
    const rows = write.db('d').collection('rows');
    const changes = rows.watch();
    await changes.tryNext(); // The stream is open from here on.
    await write.withSession((session) =>
      session.withTransaction(async () => rows.insertOne({ word: '承诺' }, { session })),
    );
    expect(await changes.next()).toMatchObject({ operationType: 'insert', fullDocument: { word: '承诺' } });
    await changes.close();
    await write.close();
    await first.release();

    const second = await open(folder);
    expect(second).toMatchObject({ origin: 'started', uri: first.uri });
    expect(await wordIn(second.uri)).toBe('承诺');
    await second.release();
  });

  it('moves to another port with its data when somebody has taken the last one', async () => {
    const dataDir = path.join(folder, 'moved');
    const before = await open(dataDir);
    const client = await MongoClient.connect(before.uri);
    await client.db('d').collection('rows').insertOne({ word: '兑现' });
    await client.close();
    await before.release();
    const taken = createServer((socket) => socket.destroy()).listen(Number(new URL(before.uri).port), '127.0.0.1');
    await once(taken, 'listening');
    try {
      const after = await open(dataDir);
      expect(after.uri).not.toBe(before.uri);
      expect(await wordIn(after.uri)).toBe('兑现');
      await after.release();
    } finally {
      taken.close();
    }
  });

  it('starts although a killed hub left its note behind', async () => {
    const dataDir = path.join(folder, 'killed');
    const before = await open(dataDir);
    await before.release();
    await writeFile(
      path.join(dataDir, 'mongo.json'),
      JSON.stringify({ uri: 'mongodb://127.0.0.1:1/?directConnection=true', pid: 1 }),
    );
    const after = await open(dataDir);
    expect(after.origin).toBe('started');
    await after.release();
  });

  it('leaves a configured deployment alone', async () => {
    const opened = await openMongo({ config: kitConfig(), uri: 'mongodb://elsewhere' });
    expect(opened).toMatchObject({ origin: 'configured', uri: 'mongodb://elsewhere' });
    await opened.release();
  });
});

describe('chooseMongod', () => {
  it('takes the one that is named, then the first on PATH', async () => {
    const binary = path.join(folder, 'mongod');
    await writeFile(binary, '#!/bin/sh\n', { mode: 0o755 });
    expect(await chooseMongod({ named: binary, searchPath: '' })).toEqual({ kind: 'named', binary });
    expect(await chooseMongod({ named: undefined, searchPath: `/nowhere${path.delimiter}${folder}` })).toEqual({
      kind: 'path',
      binary,
    });
  });

  it('says so when the named one is not there', async () => {
    await expect(chooseMongod({ named: '/nowhere/mongod', searchPath: folder })).rejects.toThrow(
      /ZHITONG_MONGOD names \/nowhere\/mongod/,
    );
  });
});
