import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { announcement } from '../../launcher/src/announcement.js';
import { hubConfig } from '../../launcher/src/config.js';
import { findDemoEnterprise } from '../../launcher/src/demo/demo-enterprise.js';
import { Hub } from '../../launcher/src/hub.js';
import { superviseProcess } from '../../launcher/src/supervised-process.js';
import { departmentNames } from '../support/departments.js';
import { fakeHub, isAlive } from './support/fake-hub.js';

const NAMES = [...departmentNames].sort();

describe('the launcher', () => {
  it('loads the demo city in order, starts the departments, then the gateway, lets the policies be matched through it, and stops the gateway first', async () => {
    const fake = await fakeHub();
    let told = '';
    const hub = new Hub(fake.config, (text) => void (told += text));
    await hub.start();
    expect(told).toContain(`直通 Zhitong is ready: http://127.0.0.1:${fake.environment['PORT'] ?? ''}/graphql`);
    expect(told).toMatch(/The demo city was loaded in \d+ s\./);
    const started = fake.events();
    await hub.stop();
    expect(started.slice(0, 4)).toEqual([
      'enterprises ran demo-load',
      'credit ran demo-load',
      'cases ran demo-load',
      'policies ran demo-load',
    ]);
    expect(started.slice(4, 8).sort()).toEqual(NAMES.map((name) => `${name} started`));
    expect(started.slice(8)).toEqual(['gateway started', 'policies ran match --full']);
    const stopped = fake.events().slice(started.length);
    expect(stopped[0]).toBe('gateway stopped');
    expect(stopped.slice(1).sort()).toEqual(NAMES.map((name) => `${name} stopped`));
    for (const name of [...NAMES, 'gateway']) expect(isAlive(fake.pidOf(name))).toBe(false);
    for (const secret of ['gateway/signing-keys.pem', 'gateway/event-routes.key', 'departments/cases/graph-token'])
      expect(statSync(path.join(fake.config.kit.dataDir, secret)).mode & 0o777).toBe(0o600);
  });

  it('loads the demo city once', async () => {
    const fake = await fakeHub();
    for (let turn = 0; turn < 2; turn++) {
      const hub = new Hub(fake.config, () => undefined);
      await hub.start();
      await hub.stop();
    }
    expect(fake.events().filter((line) => line.includes('demo-load'))).toHaveLength(4);
  });

  it('starts empty when it is told so', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off' });
    const hub = new Hub(fake.config, () => undefined);
    await hub.start();
    await hub.stop();
    expect(fake.events().some((line) => line.includes(' ran '))).toBe(false);
  });

  it('says which load failed, and goes on with it at the next start', async () => {
    const fake = await fakeHub({ FAKE_FAILS: 'cases demo-load' });
    const hub = new Hub(fake.config, () => undefined);
    await expect(hub.start()).rejects.toThrow('cases demo-load ended with code 3.');
    await hub.stop();
    expect(fake.events()).toEqual(['enterprises ran demo-load', 'credit ran demo-load', 'cases ran demo-load']);
    let told = '';
    const again = new Hub(
      { ...fake.config, given: { ...fake.config.given, FAKE_FAILS: '' } },
      (text) => void (told += text),
    );
    await again.start();
    await again.stop();
    expect(told).toContain('Going on with the demo city: cases, policies.');
    expect(fake.events().slice(3, 5)).toEqual(['cases ran demo-load', 'policies ran demo-load']);
  });

  it('asks the databases, not the folder, whether the city is there, and completes it with the settings that it was begun with', async () => {
    const fake = await fakeHub({
      FAKE_FAILS: 'cases demo-load',
      ZHITONG_DEMO_ENTERPRISES: '400',
      ZHITONG_DEMO_DATE: '2026-11-20',
    });
    const first = new Hub(fake.config, () => undefined);
    await expect(first.start()).rejects.toThrow();
    await first.stop();
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'zhitong-elsewhere-'));
    const moved = {
      ...fake.config,
      kit: { ...fake.config.kit, dataDir: elsewhere },
      given: { ...fake.config.given, FAKE_FAILS: '' },
    };
    for (let turn = 0; turn < 2; turn++) {
      const hub = new Hub({ ...moved, demoCity: { enterprises: 900, date: '2026-11-27' } }, () => undefined);
      await hub.start();
      await hub.stop();
    }
    expect(fake.lines().filter((line) => line.includes(' ran '))).toEqual([
      'enterprises ran demo-load --enterprises 400 --date 2026-11-20',
      'credit ran demo-load --enterprises 400 --date 2026-11-20',
      'cases ran demo-load --enterprises 400 --date 2026-11-20',
      'cases ran demo-load --enterprises 400 --date 2026-11-20',
      'policies ran demo-load --date 2026-11-20',
      'policies ran match --full',
    ]);
  });

  it('serves although the policies could not be matched, says so, and tries again at the next start', async () => {
    const fake = await fakeHub({ FAKE_FAILS: 'policies match' });
    let told = '';
    const hub = new Hub(fake.config, (text) => void (told += text));
    await hub.start();
    await hub.stop();
    expect(told).toContain(
      'The policies are not matched with the demo city yet (policies match --full ended with code 3.) The next start tries again',
    );
    expect(told).toContain('直通 Zhitong is ready');
    const again = new Hub({ ...fake.config, given: { ...fake.config.given, FAKE_FAILS: '' } }, () => undefined);
    await again.start();
    await again.stop();
    expect(fake.events().filter((line) => line === 'policies ran match --full')).toHaveLength(2);
  });

  it('kills a department that does not answer any more, and starts it again', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off', ZHITONG_HUNG_SECONDS: '3' });
    let told = '';
    const hub = new Hub(fake.config, (text) => void (told += text));
    await hub.start();
    const before = fake.pidOf('credit');
    process.kill(before, 'SIGSTOP');
    await fake.until(/^credit started/, 2);
    expect(isAlive(before)).toBe(false);
    expect(told).toContain(
      'credit ended by SIGKILL, because it did not answer any more; it is started again in 0.5 s.',
    );
    await hub.stop();
  });

  it.each([
    ['signing-keys.pem', "The gateway's signing key file "],
    ['event-routes.key', 'The key file '],
    ['development-jwt.pem', 'The key file '],
  ])('says in one line what to do about an empty %s, before it starts anything', async (file, beginning) => {
    const fake = await fakeHub();
    const folder = path.join(fake.config.kit.dataDir, 'gateway');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, file), '');
    const hub = new Hub({ ...fake.config, kit: hubConfig(fake.environment).kit }, () => undefined);
    const said = await hub.start().then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
    await hub.stop();
    expect(said).toMatch(/^[^\n]+$/);
    expect(said).toContain(beginning);
    expect(fake.events()).toEqual([]);
  });

  it('says in one line what the gateway would refuse, before the city is loaded', async () => {
    const fake = await fakeHub({ ZHITONG_MODE: 'production', ZHITONG_DEMO: 'on' });
    const hub = new Hub(fake.config, () => undefined);
    await expect(hub.start()).rejects.toThrow('JWT_JWKS_URL or JWT_PUBLIC_KEY_FILE must say how tokens are verified');
    await hub.stop();
    expect(fake.events()).toEqual([]);
  });

  it('starts a crashed department again', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off' });
    let told = '';
    const hub = new Hub(fake.config, (text) => void (told += text));
    await hub.start();
    const before = fake.pidOf('credit');
    process.kill(before, 'SIGKILL');
    await fake.until(/^credit started/, 2);
    expect(fake.pidOf('credit')).not.toBe(before);
    expect(told).toContain('credit ended by SIGKILL; it is started again in 0.5 s.');
    await hub.stop();
    expect(isAlive(fake.pidOf('credit'))).toBe(false);
  });

  it('stops cleanly when it is told so in the middle of starting', async () => {
    const fake = await fakeHub();
    const hub = new Hub(fake.config, () => undefined);
    const starting = hub.start();
    await fake.until(/^enterprises ran demo-load/);
    await Promise.all([hub.stop(), expect(starting).rejects.toThrow()]);
    expect(fake.events().some((line) => line.endsWith('started'))).toBe(false);
  });

  it('stops the other departments, and says which failed, when one cannot start', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off', FAKE_BROKEN: 'cases' });
    const hub = new Hub(fake.config, () => undefined);
    await expect(hub.start()).rejects.toThrow('cases could not be started: it ended with code 1.');
    await hub.stop();
    for (const name of ['credit', 'enterprises', 'policies']) expect(isAlive(fake.pidOf(name))).toBe(false);
  });

  it('refuses to be a second hub in one folder, and leaves the first alone', async () => {
    const fake = await fakeHub({ ZHITONG_DEMO: 'off' });
    const first = new Hub(fake.config, () => undefined);
    await first.start();
    const second = new Hub(fake.config, () => undefined);
    await expect(second.start()).rejects.toThrow(
      `A hub already runs in this folder (process ${process.pid}, http://127.0.0.1:${fake.environment['PORT'] ?? ''}/graphql).`,
    );
    await second.stop();
    expect(fake.events().some((line) => line.endsWith('stopped'))).toBe(false);
    await first.stop();
  });

  it('names every port that is taken, and the variable that chooses another, before it starts anything', async () => {
    const fake = await fakeHub();
    const other = createServer();
    await new Promise<void>(
      (resolve) => void other.listen(Number(fake.environment['CASES_PORT']), '127.0.0.1', resolve),
    );
    const hub = new Hub(fake.config, () => undefined);
    await expect(hub.start()).rejects.toThrow(
      `port ${fake.environment['CASES_PORT'] ?? ''} (cases): stop what uses it, or choose another with CASES_PORT=<port>`,
    );
    await hub.stop();
    await new Promise((resolve) => other.close(resolve));
    expect(fake.events()).toEqual([]);
  });

  it('refuses one port for two parts', async () => {
    const fake = await fakeHub();
    const [credit] = fake.config.departments.slice(-1);
    const hub = new Hub({ ...fake.config, port: credit?.port ?? 0 }, () => undefined);
    await expect(hub.start()).rejects.toThrow('was given to more than one part of the hub');
    await hub.stop();
  });

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ ZHITONG_DEMO: 'maybe' }, 'ZHITONG_DEMO'],
    [{ CREDIT_PORT: '70000' }, 'CREDIT_PORT'],
  ])('refuses the environment %j, naming the variable', (environment, variable) => {
    expect(() => hubConfig(environment)).toThrow(variable);
  });

  it('loads no demo city into a production database unless asked', () => {
    expect(hubConfig({ ZHITONG_MODE: 'production' }).demo).toBe(false);
    expect(hubConfig({ ZHITONG_MODE: 'production', ZHITONG_DEMO: 'on' }).demo).toBe(true);
  });
});

describe('a supervised process', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-process-'));
  const script = (name: string, code: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, code);
    return file;
  };

  it('that ends before it is ready is an error of the start', async () => {
    const module = script('broken.cjs', 'process.exit(4)');
    await expect(
      superviseProcess({ name: 'broken', module, environment: {}, tell: () => undefined }).ready,
    ).rejects.toThrow('broken could not be started: it ended with code 4.');
  });

  it('waits longer before each new start while it keeps crashing', async () => {
    const module = script('crashing.cjs', "process.send({ type: 'ready' }, () => process.exit(1))");
    const told: string[] = [];
    let enough = (): void => undefined;
    const threeTimes = new Promise<void>((resolve) => (enough = resolve));
    const supervised = superviseProcess({
      name: 'crashing',
      module,
      environment: {},
      firstDelayMs: 20,
      tell: (line) => {
        told.push(line);
        if (told.filter((text) => text.includes('started again')).length === 3) enough();
      },
    });
    await threeTimes;
    await supervised.stop();
    expect(told.filter((line) => line.includes('started again')).slice(0, 3)).toEqual(
      [0.02, 0.04, 0.08].map((delay) => `crashing ended with code 1; it is started again in ${delay} s.`),
    );
  });

  it('ends when the launcher is killed without a chance to stop it', async () => {
    await build({
      entryPoints: ['launcher/src/supervised-process.ts'],
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: path.join(folder, 'supervised.mjs'),
      logLevel: 'error',
    });
    const child = script(
      'child.cjs',
      "process.on('disconnect', () => process.exit(0)); setInterval(() => undefined, 1000); process.send({ type: 'ready' });",
    );
    const launcher = script(
      'launcher.mjs',
      `
      import { superviseProcess } from './supervised.mjs';
      const supervised = superviseProcess({ name: 'child', module: ${JSON.stringify(child)}, environment: {}, tell: () => undefined });
      await supervised.ready;
      process.stdout.write(String(supervised.pid()));
      setInterval(() => undefined, 1000);
    `,
    );
    const started = spawn(process.execPath, [launcher], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) =>
      started.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    expect(isAlive(pid)).toBe(true);
    started.kill('SIGKILL');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isAlive(pid)).toBe(false);
  });
});

describe('the demo enterprise', () => {
  const node = (uscc: string, ...[cases, matchedPolicies, outstandingCommitments]: number[]): object => ({
    uscc,
    name: `名${uscc}`,
    cases: { totalCount: cases },
    matchedPolicies: { totalCount: matchedPolicies },
    outstandingCommitments: outstandingCommitments === undefined ? null : { totalCount: outstandingCommitments },
  });
  const ask = async (pages: object[][]): Promise<Awaited<ReturnType<typeof findDemoEnterprise>>> => {
    let page = 0;
    const graph = createHttpServer((_request, response) => {
      const nodes = pages[page] ?? [];
      page += 1;
      response.end(
        JSON.stringify({
          data: { enterprises: { nodes, pageInfo: { hasNextPage: page < pages.length, endCursor: String(page) } } },
        }),
      );
    });
    await new Promise<void>((resolve) => void graph.listen(0, '127.0.0.1', resolve));
    try {
      return await findDemoEnterprise({
        graph: `http://127.0.0.1:${(graph.address() as AddressInfo).port}/`,
        token: 't',
      });
    } finally {
      graph.close();
    }
  };

  it('has something in every department, most of its scarcest', async () => {
    const found = await ask([
      [node('A', 9, 0, 9), node('B', 1, 1, 1)],
      [node('C', 2, 3, 2), node('D', 9, 9)],
    ]);
    expect(found).toEqual({ uscc: 'C', name: '名C', cases: 2, matchedPolicies: 3, outstandingCommitments: 2 });
  });

  it('is none when no enterprise has all three', async () => {
    expect(await ask([[node('A', 9, 0, 9)]])).toBeUndefined();
  });

  it('is announced with a command that can be pasted', () => {
    const text = announcement({
      graph: 'http://127.0.0.1:4000/graphql',
      token: 'TOKEN',
      demo: { uscc: 'C', name: '某公司', cases: 2, matchedPolicies: 3, outstandingCommitments: 1 },
    });
    expect(text).toContain('A demo enterprise: C 某公司\n  2 cases, 3 matched policies, 1 outstanding commitments');
    expect(text).toContain("-H 'authorization: Bearer TOKEN'");
    const body = /-d '(.*)'/.exec(text)?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ variables: { uscc: 'C' } });
  });
});
