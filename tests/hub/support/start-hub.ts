import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../support/command-line.js';
import { departmentNames as DEPARTMENTS } from '../../support/departments.js';
import { freePorts } from '../../support/free-ports.js';
import { PROGRAMS } from '../../support/programs.js';

export const root = fileURLToPath(new URL('../../..', import.meta.url));
const READY = /直通 Zhitong is ready: (\S+)/;

/** The day on which the demo city of the tests stands. */
export const DEMO_DATE = '2026-11-20';

/** A graph's answer, as JSON. */
export interface Answer<Data> {
  readonly status: number;
  readonly data: Data | null | undefined;
  readonly errors?: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
  readonly extensions?: Record<string, unknown>;
}

/**
 * A whole hub, started by the command that users start: MongoDB, four departments and the gateway as real processes.
 */
export interface RunningHub {
  readonly graph: string;
  /** Where the gateway serves its state to those who run the hub. */
  readonly operations: string;
  /** What the launcher printed until now. */
  readonly output: () => string;
  readonly launcher: ChildProcess;
  readonly dataDir: string;
  readonly environment: NodeJS.ProcessEnv;
  ask<Data = Record<string, unknown>>(
    query: string,
    options?: { variables?: Record<string, unknown>; token?: string; language?: string },
  ): Promise<Answer<Data>>;
  /** A development token, printed by the command that users call. */
  token(...args: string[]): Promise<string>;
  /** The address of one department's own server. */
  departmentUrl(name: string): string;
  /** Sends SIGTERM and waits for the end; answers the exit code. */
  stop(): Promise<number | null>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/**
 * What the command that starts a hub reads from its environment, with free ports and a data folder of its own or
 * `dataDir`.
 */
export async function hubSettings({
  enterprises = 400,
  dataDir,
}: { enterprises?: number; dataDir?: string } = {}): Promise<{
  environment: NodeJS.ProcessEnv;
  folder: string;
  operationsPort: number;
  portOf: ReadonlyMap<string, number>;
}> {
  const folder = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'zhitong-hub-')));
  const [port, operationsPort, ...ports] = await freePorts(DEPARTMENTS.length + 2);
  const portOf = new Map(DEPARTMENTS.map((name, at) => [name, ports[at] ?? 0]));
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    MONGODB_URI: '', // Its own embedded server, as a user has it.
    ZHITONG_DATA_DIR: folder,
    ZHITONG_DEMO_ENTERPRISES: String(enterprises),
    ZHITONG_DEMO_DATE: DEMO_DATE,
    PORT: String(port),
    GATEWAY_OPERATIONS_PORT: String(operationsPort),
    ...Object.fromEntries([...portOf].map(([name, own]) => [`${name.toUpperCase()}_PORT`, String(own)])),
  };
  return { environment, folder, operationsPort: operationsPort ?? 0, portOf };
}

/**
 * Starts a hub with a demo city of `enterprises` market entities in a data folder of its own, or again in `dataDir`.
 * @param project the folder of the project: the copy whose programs start sooner, or the project itself
 */
export async function startHub({
  project = PROGRAMS,
  ...wanted
}: { project?: string; enterprises?: number; dataDir?: string } = {}): Promise<RunningHub> {
  const { environment, folder, operationsPort, portOf } = await hubSettings(wanted);
  const launcher = spawn(process.execPath, ['launcher/dist/start.js'], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve));
  const graph = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      const ready = READY.exec(output)?.[1];
      if (ready !== undefined) resolve(ready);
    };
    launcher.stdout.on('data', listen);
    launcher.stderr.on('data', listen);
    void ended.then((code) =>
      reject(new Error(`The hub ended with code ${String(code)} before it was ready:\n${output}`)),
    );
  });

  const stop = async (): Promise<number | null> => {
    if (launcher.exitCode === null) launcher.kill('SIGTERM');
    return ended;
  };
  return {
    graph,
    operations: `http://127.0.0.1:${operationsPort}`,
    launcher,
    environment,
    dataDir: folder,
    output: () => output,
    departmentUrl: (name) => `http://127.0.0.1:${portOf.get(name) ?? 0}/graphql`,
    ask: async <Data>(
      query: string,
      { variables, token, language }: { variables?: Record<string, unknown>; token?: string; language?: string } = {},
    ) => {
      const response = await fetch(graph, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(language === undefined ? {} : { 'accept-language': language }),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as object) } as Answer<Data>;
    },
    token: async (...args) => {
      const { code, out, err } = await runCommand(path.join(root, 'launcher/src/token-command.ts'), args, environment);
      if (code !== 0) throw new Error(err);
      return out.trim();
    },
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one of the project's scripts to its end and answers what it printed. */
export async function runToEnd(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: root,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let complained = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
    child.once('exit', (code) => {
      if (code === 0) resolve(printed.trim());
      else reject(new Error(`${args.join(' ')} ended with ${String(code)}: ${complained}`));
    });
  });
}

/** One of the operations of `docs/operations`, as the front-end teams have it. */
export async function operation(name: string): Promise<string> {
  return readFile(path.join(root, 'docs/operations', `${name}.graphql`), 'utf8');
}
