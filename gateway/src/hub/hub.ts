import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { graphTokenFile } from '@zhitong/kit';
import { openMongo, type OpenMongo } from '@zhitong/kit/mongo';
import { writeDemoEnterprise } from '../demo-note.js';
import { privateFolder } from '../development-keys.js';
import { developmentToken } from '../development-token.js';
import { ensureKeyFiles, publishKeys } from '../gateway-key-files.js';
import { readOrCreate } from '../secret-file.js';
import { announcement } from './announcement.js';
import type { HubConfig } from './config.js';
import { departmentSockets } from './department-sockets.js';
import { eventRouteVariables } from './event-routes.js';
import { isDemoLoaded, loadDemoCity, noteDemoLoaded, runDepartmentCommand } from './demo-city.js';
import { findDemoEnterprise, type DemoEnterprise } from './demo-enterprise.js';
import { assertPortsAreFree } from './free-ports.js';
import { takeHubLock } from './hub-lock.js';
import { departmentEnvironment, gatewayEnvironment } from './own-environment.js';
import { keepServiceTokens } from './service-tokens.js';
import { superviseProcess } from './supervised-process.js';
import { watchPort } from './watch-port.js';

const TWELVE_HOURS = 43_200;
const LOCK = 'lock';
const TOKENS = 'tokens';
const SECRET_BYTES = 32;
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
  #fail: (reason: string) => void = () => undefined;
  /** Settles, with the reason, when something ends without which the hub cannot go on. */
  readonly failed = new Promise<string>((resolve) => (this.#fail = resolve));
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
    const { kit, port, operationsPort, departments } = this.#config;
    const graph = `http://${reachableHost(kit.host)}:${port}/graphql`;
    const lock = await takeHubLock(kit.dataDir, `process ${process.pid}, ${graph}`);
    this.#keep({ name: LOCK, stop: async () => lock.release() });
    const ports = departments.map(({ name, port: own, portVariable }) => ({ name, port: own, variable: portVariable }));
    await assertPortsAreFree([{ name: 'gateway', port, variable: 'PORT' }, { name: 'operations', port: operationsPort, variable: 'GATEWAY_OPERATIONS_PORT' }, ...ports], kit.host);
    this.#assertBuilt();

    const { keyFiles } = this.#config;
    if (keyFiles?.areOurs === true) ensureKeyFiles(keyFiles);
    else if (keyFiles !== undefined) publishKeys(keyFiles);
    const environment = await this.#prepareEnvironment(graph);
    const names = departments.map(({ name }) => name);
    const environmentOf = (name: string): Record<string, string> => ({ ...departmentEnvironment(environment, name, names), ZHITONG_DATA_DIR: this.#folderOf(name) });
    await this.#keepTokens();
    const firstLoad = this.#config.demo && !isDemoLoaded(this.#config);
    const startedAt = performance.now();
    if (firstLoad) {
      this.#tell('Loading the demo city. This happens once.\n');
      await loadDemoCity(this.#config, environmentOf, this.#stopping.signal);
    }
    // Only the gateway is for callers from outside.
    await Promise.all(names.map((name) => this.#startProcess(name, this.#departmentFile(name, 'main.js'), { ...environmentOf(name), ZHITONG_HOST: LOOPBACK })));
    await this.#startProcess('gateway', path.join(this.#config.root, 'gateway', 'dist', 'main.js'), gatewayEnvironment(environment, names));
    if (firstLoad) {
      await runDepartmentCommand({ config: this.#config, name: 'policies', command: ['match', '--full'], environment: environmentOf('policies'), signal: this.#stopping.signal });
      noteDemoLoaded(this.#config);
      this.#tell(`The demo city was loaded in ${Math.round((performance.now() - startedAt) / 1000)} s.\n`);
    }
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
    const stopAll = (names: readonly string[]): Promise<unknown> => Promise.all(names.flatMap(named).map((one) => one.stop()));
    await stopAll(['gateway']);
    await stopAll(departments);
    await this.#starting.catch(() => undefined); // What was being started when the stop began is known now.
    await stopAll(['MongoDB']);
    await stopAll([TOKENS, LOCK]);
  }

  #keep(started: Started): void {
    this.#started.push(started);
    this.#stopping.signal.throwIfAborted();
  }

  async #startProcess(name: string, module: string, environment: Record<string, string>): Promise<void> {
    this.#stopping.signal.throwIfAborted();
    const started = superviseProcess({ name, module, environment, tell: (line) => this.#tell(`${line}\n`) });
    this.#started.push(started);
    await started.ready;
  }

  /** Departments get tokens of their own, and a folder of their own: nothing names to them where the private keys are. */
  async #keepTokens(): Promise<void> {
    const { kit, serviceIdentities: identities } = this.#config;
    const tokens = await keepServiceTokens({ dataDir: kit.dataDir, identities, tell: (line) => this.#tell(`${line}\n`) });
    this.#keep({ name: TOKENS, stop: async () => tokens.stop() });
  }

  #folderOf(name: string): string {
    const folder = path.join(this.#config.kit.dataDir, 'departments', name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** The variables of the child processes together; each gets its share of them. */
  async #prepareEnvironment(graph: string): Promise<Record<string, string>> {
    const { kit, departments, keyFiles, serviceIdentities, environmentWith } = this.#config;
    const needsMongo = departments.some(({ mongoUri }) => mongoUri === undefined);
    const mongo: OpenMongo | undefined = needsMongo ? await openMongo({ config: kit }) : undefined;
    if (mongo !== undefined) this.#keep(this.#watched(mongo));
    const root = readOrCreate(path.join(privateFolder(kit.dataDir), 'event-routes.key'), () => randomBytes(SECRET_BYTES).toString('base64url'));
    return environmentWith({
      ...eventRouteVariables({ departments, host: LOOPBACK, root }),
      ...departmentSockets(departments.map(({ name }) => name), kit.dataDir),
      ...Object.fromEntries(serviceIdentities.map(({ name }) => [`${name.toUpperCase()}_GRAPH_TOKEN_FILE`, graphTokenFile(kit.dataDir, name)])),
      ZHITONG_DATA_DIR: kit.dataDir,
      ...(keyFiles === undefined ? {} : { ZHITONG_GATEWAY_KEYS: keyFiles.published, GATEWAY_SIGNING_KEY_FILE: keyFiles.signing }),
      ZHITONG_MODE: kit.mode,
      NODE_ENV: 'production', // For the libraries, which check themselves at every step otherwise; our own mode is the line above.
      ZHITONG_GRAPH_URL: graph,
      GATEWAY_OPERATIONS_PORT: String(this.#config.operationsPort),
      APOLLO_TELEMETRY_DISABLED: '1',
      ...(mongo === undefined ? {} : { MONGODB_URI: mongo.uri }),
    });
  }

  /** An embedded server that ends on its own takes the departments' data with it: the hub says so and ends too. */
  #watched(mongo: OpenMongo): Started {
    if (mongo.origin !== 'started') return { name: 'MongoDB', stop: () => mongo.release() };
    const watch = watchPort({ port: Number(new URL(mongo.uri).port), gone: () => this.#fail('MongoDB has ended; the hub stops. Start it again: what was stored is there.') });
    return {
      name: 'MongoDB',
      stop: () => {
        watch.end();
        return mongo.release();
      },
    };
  }

  async #announce(graph: string): Promise<string> {
    const { kit, demo } = this.#config;
    if (kit.mode === 'production') return announcement({ graph, demo: undefined, token: undefined });
    const token = await developmentToken({ role: 'AUDITOR', ttlSeconds: TWELVE_HOURS, dataDir: kit.dataDir });
    let enterprise: DemoEnterprise | undefined;
    try {
      enterprise = demo ? await findDemoEnterprise({ graph, token }) : undefined;
    } catch (error) {
      this.#tell(`The graph did not name a demo enterprise: ${error instanceof Error ? error.message : String(error)}\n`);
    }
    if (enterprise !== undefined) writeDemoEnterprise(kit.dataDir, enterprise.uscc);
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
