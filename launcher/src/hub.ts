import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { writePlaygroundNote } from '@zhitong/gateway';
import { openMongo, type OpenMongo } from '@zhitong/kit/mongo';
import { developmentToken } from './development-token.js';
import { announcement } from './announcement.js';
import { childEnvironment } from './child-environment.js';
import type { HubConfig } from './config.js';
import { cityState, doStep, loadDemoCity, type CityState, type OpenStep } from './demo/demo-city.js';
import { findDemoEnterprise, type DemoEnterprise } from './demo/demo-enterprise.js';
import { assertPortsAreFree } from './free-ports.js';
import { takeHubLock } from './hub-lock.js';
import { departmentEnvironment, gatewayEnvironment } from './own-environment.js';
import { keepServiceTokens } from './service-tokens.js';
import { assertDeployments, assertSurroundings, eventRoutesKey } from './start-checks.js';
import { superviseProcess } from './supervised-process.js';
import { livenessPlan } from './watch-liveness.js';

const TWELVE_HOURS = 43_200;
const LOCK = 'lock';
const TOKENS = 'tokens';
const REGISTRY = 'schema registry';
const LOOPBACK = '127.0.0.1';

/** An address under which this machine reaches what listens on `host`. */
const reachableHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? LOOPBACK : host);

/** Something that was started and must be stopped again. */
interface Started {
  readonly name: string;
  stop(): Promise<void>;
}

/** The launcher of the whole hub: MongoDB, the departments, the gateway, each a process of its own. */
export class Hub {
  readonly #config: HubConfig;
  readonly #tell: (text: string) => void;
  readonly #started: Started[] = [];
  readonly #stopping = new AbortController();
  #starting: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;

  constructor(config: HubConfig, tell: (text: string) => void) {
    this.#config = config;
    this.#tell = tell;
  }

  /** Starts everything and prints how to use it. @throws Error after which `stop` must be called all the same. */
  start(): Promise<void> {
    this.#starting = this.#startInOrder();
    return this.#starting;
  }

  async #startInOrder(): Promise<void> {
    const { kit, port, operationsPort, registryPort, departments } = this.#config;
    const graph = `http://${reachableHost(kit.host)}:${port}/graphql`;
    assertSurroundings(this.#config);
    const lock = await takeHubLock(kit.dataDir, `process ${process.pid}, ${graph}`);
    this.#keep({ name: LOCK, stop: async () => lock.release() });
    const ports = departments.map(({ name, port: own, portVariable }) => ({ name, port: own, variable: portVariable }));
    await assertPortsAreFree(
      [
        { name: 'gateway', port, variable: 'PORT' },
        { name: 'operations', port: operationsPort, variable: 'GATEWAY_OPERATIONS_PORT' },
        ...(registryPort === undefined ? [] : [{ name: REGISTRY, port: registryPort, variable: 'REGISTRY_PORT' }]),
        ...ports,
      ],
      kit.host,
    );
    this.#assertBuilt();
    await assertDeployments(this.#config);

    const routesKey = eventRoutesKey(kit.dataDir);
    const mongo = await this.#openMongo();
    const environment = childEnvironment({ config: this.#config, graph, routesKey, mongoUri: mongo?.uri });
    const names = departments.map(({ name }) => name);
    // Only the gateway is for callers from outside.
    const environmentOf = (name: string): Record<string, string> => ({
      ...departmentEnvironment(environment, name, names),
      ZHITONG_HOST: LOOPBACK,
      ZHITONG_DATA_DIR: this.#folderOf(name),
    });
    await this.#keepTokens();
    const city = this.#config.demo ? await cityState(this.#config, mongo?.uri) : undefined;
    const startedAt = performance.now();
    if (city !== undefined) await this.#load(city, environmentOf);
    await Promise.all(
      departments.map(({ name, port: own }) =>
        this.#startProcess(name, {
          module: this.#departmentFile(name, 'main.js'),
          environment: environmentOf(name),
          address: `http://${LOOPBACK}:${own}`,
        }),
      ),
    );
    await this.#startProcess('gateway', {
      module: path.join(this.#config.root, 'gateway', 'dist', 'main.js'),
      environment: gatewayEnvironment(environment, names),
      address: new URL(graph).origin,
    });
    if (registryPort !== undefined)
      await this.#startProcess(REGISTRY, {
        module: path.join(this.#config.root, 'registry', 'dist', 'main.js'),
        environment: gatewayEnvironment(environment, names),
        address: `http://${reachableHost(kit.host)}:${registryPort}`,
      });
    if (city !== undefined && (await this.#doAfterwards(city, environmentOf)))
      this.#tell(`The demo city was loaded in ${Math.round((performance.now() - startedAt) / 1000)} s.\n`);
    this.#tell(await this.#announce(graph));
  }

  /** Stops what was started, the gateway first, then the departments together, then MongoDB. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopInOrder();
    return this.#stopped;
  }

  get isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #stopInOrder(): Promise<void> {
    this.#stopping.abort();
    const named = (name: string): Started[] => this.#started.filter((started) => started.name === name);
    const departments = this.#config.departments.map(({ name }) => name);
    const stopAll = (names: readonly string[]): Promise<unknown> =>
      Promise.all(names.flatMap(named).map((one) => one.stop()));
    await stopAll(['gateway', REGISTRY]);
    await stopAll(departments);
    await this.#starting.catch(() => undefined); // What was being started when the stop began is known now.
    await stopAll(['MongoDB']);
    await stopAll([TOKENS, LOCK]);
  }

  #keep(started: Started): void {
    this.#started.push(started);
    this.#stopping.signal.throwIfAborted();
  }

  async #startProcess(
    name: string,
    { module, environment, address }: { module: string; environment: Record<string, string>; address: string },
  ): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const { hungSeconds } = this.#config;
    const liveness = hungSeconds === 0 ? undefined : livenessPlan(`${address}/health/live`, hungSeconds);
    const started = superviseProcess({ name, module, environment, liveness, tell: (line) => this.#tell(`${line}\n`) });
    this.#started.push(started);
    await started.ready;
  }

  /**
   * Departments get tokens of their own, and a folder of their own: nothing names to them where the private keys are.
   */
  async #keepTokens(): Promise<void> {
    const { kit, serviceIdentities: identities } = this.#config;
    const tokens = await keepServiceTokens({
      dataDir: kit.dataDir,
      identities,
      tell: (line) => this.#tell(`${line}\n`),
    });
    this.#keep({ name: TOKENS, stop: async () => tokens.stop() });
  }

  #folderOf(name: string): string {
    const folder = path.join(this.#config.kit.dataDir, 'departments', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** The embedded server, kept running; undefined when every department has a MongoDB that was configured. */
  async #openMongo(): Promise<OpenMongo | undefined> {
    const { kit, departments } = this.#config;
    if (departments.every(({ mongoUri }) => mongoUri !== undefined)) return undefined;
    const mongo = await openMongo({ config: kit, supervise: (line) => this.#tell(`${line}\n`) });
    this.#keep({ name: 'MongoDB', stop: () => mongo.release() });
    return mongo;
  }

  async #load(city: CityState, environmentOf: (name: string) => Record<string, string>): Promise<void> {
    if (city.missing.length === 0) return;
    const names = [...new Set(city.missing.map(({ name }) => name))];
    this.#tell(
      city.isEmpty
        ? 'Loading the demo city. This happens once.\n'
        : `Going on with the demo city: ${names.join(', ')}.\n`,
    );
    await loadDemoCity(this.#config, city, { environmentOf, signal: this.#stopping.signal });
  }

  /**
   * Does the steps that need the whole hub; true when there were some and all are done. The departments serve by then:
   * what fails is reported, and done at the next start.
   */
  async #doAfterwards(city: CityState, environmentOf: (name: string) => Record<string, string>): Promise<boolean> {
    const done: boolean[] = [];
    for (const open of city.afterwards) done.push(await this.#doAfterwardsOne(city, open, environmentOf(open.name)));
    return done.length > 0 && done.every(Boolean);
  }

  async #doAfterwardsOne(city: CityState, open: OpenStep, environment: Record<string, string>): Promise<boolean> {
    const { name, step } = open;
    try {
      await doStep(this.#config, city, open, { environment, signal: this.#stopping.signal });
      return true;
    } catch (error) {
      this.#stopping.signal.throwIfAborted();
      const command = step.command.join(' ');
      const undone = step.undone ?? `"${name} ${command}" is not done with the demo city yet`;
      this.#tell(
        `${undone} (${error instanceof Error ? error.message : String(error)}) The next start tries again; npm run ${name} -- ${command} does it now.\n`,
      );
      return false;
    }
  }

  async #announce(graph: string): Promise<string> {
    const { kit, demo } = this.#config;
    if (kit.mode === 'production') return announcement({ graph, demo: undefined, token: undefined });
    const token = await developmentToken({ role: 'AUDITOR', ttlSeconds: TWELVE_HOURS, dataDir: kit.dataDir });
    let enterprise: DemoEnterprise | undefined;
    try {
      enterprise = demo ? await findDemoEnterprise({ graph, token }) : undefined;
    } catch (error) {
      this.#tell(
        `The graph did not name a demo enterprise: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
    if (enterprise !== undefined) writePlaygroundNote(kit.dataDir, { uscc: enterprise.uscc });
    return announcement({ graph, demo: enterprise, token });
  }

  #departmentFile(name: string, file: string): string {
    return path.join(this.#config.root, 'subgraphs', name, 'dist', file);
  }

  #assertBuilt(): void {
    const files = this.#config.departments.map(({ name }) => this.#departmentFile(name, 'main.js'));
    const missing = files.filter((file) => !existsSync(file)).map((file) => path.relative(this.#config.root, file));
    if (missing.length > 0) throw new Error(`These parts are not built: ${missing.join(', ')}. Run npm run build.`);
  }
}
