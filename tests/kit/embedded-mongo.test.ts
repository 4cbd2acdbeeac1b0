import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { kitConfig } from '@zhitong/kit';
import { chooseMongod, openMongo } from '@zhitong/kit/mongo';
import { MongoClient } from 'mongodb';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zhitong-'));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

describe('the embedded MongoDB', () => {
  it('keeps what was written across a restart, and is found by a second process while it runs', async () => {
    const config = { ...kitConfig(), dataDir: folder, mongo: { ...kitConfig().mongo, uri: undefined } };
    const first = await openMongo({ config });
    expect(first.origin).toBe('started');
    const beside = await openMongo({ config });
    expect(beside).toMatchObject({ origin: 'found', uri: first.uri });
    await beside.release();
    const write = await MongoClient.connect(first.uri);
    const changes = write.db('d').collection('rows').watch();
    const seen = changes.next();
    await write.withSession((session) => session.withTransaction(async () => write.db('d').collection('rows').insertOne({ word: '承诺' }, { session })));
    expect(await seen).toMatchObject({ operationType: 'insert', fullDocument: { word: '承诺' } });
    await changes.close();
    await write.close();
    await first.release();

    const second = await openMongo({ config });
    expect(second.origin).toBe('started');
    const read = await MongoClient.connect(second.uri);
    expect(await read.db('d').collection('rows').findOne({})).toMatchObject({ word: '承诺' });
    await read.close();
    await second.release();
  });

  it('starts although a killed hub left its note behind', async () => {
    const dataDir = path.join(folder, 'killed');
    const config = { ...kitConfig(), dataDir, mongo: { ...kitConfig().mongo, uri: undefined } };
    const before = await openMongo({ config });
    await before.release();
    await writeFile(path.join(dataDir, 'mongo.json'), JSON.stringify({ uri: 'mongodb://127.0.0.1:1/?directConnection=true', pid: 1 }));
    const after = await openMongo({ config });
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
    expect(await chooseMongod({ named: undefined, searchPath: `/nowhere${path.delimiter}${folder}` })).toEqual({ kind: 'path', binary });
  });

  it('says so when the named one is not there', async () => {
    await expect(chooseMongod({ named: '/nowhere/mongod', searchPath: folder })).rejects.toThrow(/ZHITONG_MONGOD names \/nowhere\/mongod/);
  });
});
