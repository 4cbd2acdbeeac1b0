import { spawn, type ChildProcess } from 'node:child_process';
import { connect } from 'node:net';
import { rm } from 'node:fs/promises';
import { departmentNames } from '../support/departments.js';
import { alive, descendants, type Process } from './support/processes.js';
import { hubSettings, root, startHub, type RunningHub } from './support/start-hub.js';

const ENTERPRISES = 200;
let dataDir: string;
beforeAll(async () => void (dataDir = (await hubSettings()).folder));
afterAll(async () => rm(dataDir, { recursive: true, force: true }));

/** A start that is not waited for: the test does something to it in the middle. */
async function begin(
  command: string,
  args: readonly string[],
): Promise<{
  process: ChildProcess;
  ports: number[];
  until: (pattern: RegExp) => Promise<void>;
  output: () => string;
}> {
  const { environment, portOf } = await hubSettings({ enterprises: ENTERPRISES, dataDir });
  const started = spawn(command, [...args], { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const waiting: (() => void)[] = [];
  for (const stream of [started.stdout, started.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      for (const wake of waiting.splice(0)) wake();
    });
  }
  return {
    process: started,
    ports: [...portOf.values(), Number(environment['PORT'])],
    output: () => output,
    until: async (pattern) => {
      while (!pattern.test(output)) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

const pause = async (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 50));
const allEnd = async (processes: readonly Process[]): Promise<void> => {
  while (processes.some(alive)) await pause();
};
const isOpen = async (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1');
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
    probe.once('connect', () => probe.destroy());
  });

describe('a hub whose processes are killed', () => {
  it('ends wholly when the npm that started it gets a signal to end, in the middle of loading', async () => {
    const { process: npm, until, output, ports } = await begin('npm', ['start']);
    await until(/Loading the demo city/);
    const processes = descendants(npm.pid ?? 0);
    expect(processes.some(({ command }) => command.includes('mongod'))).toBe(true);
    npm.kill('SIGTERM');
    await allEnd(processes);
    expect(output()).toContain('Finishing what is in flight…');
    expect(await Promise.all(ports.map(isOpen))).toEqual(ports.map(() => false));
  }, 1_800_000);

  it('leaves nothing behind when its launcher is killed in the middle of loading', async () => {
    const { process: launcher, until } = await begin(process.execPath, ['launcher/dist/start.js']);
    await until(/^commitments: /m);
    const processes = descendants(launcher.pid ?? 0);
    launcher.kill('SIGKILL');
    await allEnd(processes);
    expect(processes.length).toBeGreaterThanOrEqual(2);
  }, 1_800_000);

  describe('and that is started again', () => {
    let hub: RunningHub;
    const mongod = (): Process | undefined =>
      descendants(hub.launcher.pid ?? 0).find(({ command }) => command.includes('/mongod '));
    const count = async () => hub.ask<{ enterprises: { totalCount: number } | null }>('{ enterprises { totalCount } }');
    const readiness = async (): Promise<{
      status: number;
      departments: Record<string, { state: string; reasons: Record<string, string> }>;
    }> => {
      const response = await fetch(`${hub.operations}/health/ready`);
      const { departments } = (await response.json()) as {
        departments: Record<string, { state: string; reasons: Record<string, string> }>;
      };
      return { status: response.status, departments };
    };
    /** A department on a busy machine may be too late for one look. */
    const allUp = async (): ReturnType<typeof readiness> => {
      for (let told = await readiness(); ; told = await readiness()) {
        if (told.status === 200 && Object.values(told.departments).every(({ state }) => state === 'up')) return told;
        await pause();
      }
    };
    beforeAll(async () => void (hub = await startHub({ project: root, enterprises: ENTERPRISES, dataDir })), 1_800_000);
    afterAll(async () => hub.stop(), 600_000);

    it('completes the load, from where it was, and is ready by the word of each department', async () => {
      expect(hub.output()).toMatch(/Going on with the demo city: .*policies\./);
      expect(hub.output()).not.toMatch(/^enterprises: /m);
      expect((await count()).data?.enterprises?.totalCount).toBe(ENTERPRISES);
      expect(await allUp()).toEqual({
        status: 200,
        departments: Object.fromEntries(departmentNames.map((name) => [name, { state: 'up', reasons: {} }])),
      });
    }, 600_000);

    it('says that the departments are unavailable while MongoDB does not run, starts it again, and goes on with what was stored', async () => {
      const before = mongod();
      process.kill(before?.pid ?? 0, 'SIGKILL');
      let answer = await count();
      while (answer.errors === undefined) {
        await pause();
        answer = await count();
      }
      expect(answer.errors).toEqual([
        expect.objectContaining({
          path: ['enterprises'],
          extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'enterprises' },
        }),
      ]);
      expect(answer).toMatchObject({
        status: 200,
        data: { enterprises: null },
        extensions: { partial: true, unavailable: ['enterprises'] },
      });
      while (!hub.output().includes('MongoDB is back.')) await pause();
      expect(hub.output()).toContain('MongoDB ended by SIGKILL; it is started again in 0.5 s.');
      while ((await count()).errors !== undefined) await pause();
      expect((await count()).data?.enterprises?.totalCount).toBe(ENTERPRISES);
      expect(mongod()?.pid).not.toBe(before?.pid);
      await allUp();
    }, 600_000);
  });
});
