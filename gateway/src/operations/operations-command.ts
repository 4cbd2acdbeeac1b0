import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { hasRole, reasonOf, systemClock } from '@zhitong/kit';
import { Command } from 'commander';
import { buildASTSchema, type GraphQLSchema } from 'graphql';
import { commandToken, gatewayConfig, operationsFolder } from '../config.js';
import { apiDocument, contractViews } from '../contracts/plain-sdl.js';
import { apiSchemaOf } from '../supergraph/api-schema.js';
import { tokenVerifier } from '../identity/token-verifier.js';
import { supergraphFeed, type SupergraphFeed } from '../live/supergraph-feed.js';
import { checkDocuments, type DocumentReport } from './check-documents.js';
import type { ClientDocumentStore, ClientRelease } from './client-documents.js';
import { documentFolder } from './document-folder.js';
import { hashOf, readManifest, type ClientDocument } from './manifest.js';

interface Asked {
  readonly schema?: string;
  readonly contract?: string;
  readonly json: boolean;
}

interface Published extends Asked {
  readonly client: string;
  readonly clientVersion: string;
  readonly contact?: string;
  readonly folder?: string;
}

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const SUPERGRAPH = path.join(ROOT, 'gateway', 'supergraph.graphql');

/** The documents in manifests (`.json`), in `.graphql` files, and in such files of folders. */
function documentsIn(paths: readonly string[]): ClientDocument[] {
  return paths.flatMap((given) => {
    if (statSync(given).isDirectory())
      return documentsIn(
        readdirSync(given)
          .filter((name) => /\.(graphql|json)$/.test(name))
          .sort()
          .map((name) => path.join(given, name)),
      );
    const text = readFileSync(given, 'utf8');
    return given.endsWith('.json') ? readManifest(text, given) : [{ id: hashOf(text), body: text, source: given }];
  });
}

/**
 * What the client asks: the graph that the registry has, else the checked-in one, or a contract of it.
 * @throws Error when there is no such contract.
 */
async function schemaFor({ schema, contract }: Asked): Promise<GraphQLSchema> {
  const published = schema === undefined ? await withFeed(async (feed) => (await feed.latest())?.sdl) : undefined;
  const supergraphSdl = published ?? readFileSync(schema ?? SUPERGRAPH, 'utf8');
  const api = apiDocument(apiSchemaOf(supergraphSdl));
  if (contract === undefined) return buildASTSchema(api);
  const view = contractViews(api, supergraphSdl).get(contract);
  if (view?.document === undefined || view.faults.length > 0)
    throw new Error(`The graph has no contract "${contract}" that can be asked.`);
  return buildASTSchema(view.document);
}

/** Tells each error with its file and line, then what is deprecated. */
function tell(reports: readonly DocumentReport[], json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ documents: reports }, null, 2)}\n`);
    return;
  }
  const at = (source: string, line: number | undefined): string => (line === undefined ? source : `${source}:${line}`);
  for (const { source, errors, deprecated } of reports) {
    for (const { message, line } of errors) process.stdout.write(`${at(source, line)}: ${message}\n`);
    for (const { message, line } of deprecated) process.stdout.write(`${at(source, line)}: deprecated: ${message}\n`);
  }
  const failed = reports.filter(({ errors }) => errors.length > 0).length;
  process.stdout.write(
    failed === 0
      ? `${reports.length} documents can be run.\n`
      : `${failed} of ${reports.length} documents cannot be run.\n`,
  );
}

/** @returns whether all documents can be run. */
async function check(documents: readonly ClientDocument[], asked: Asked): Promise<boolean> {
  if (documents.length === 0) throw new Error('There is no document in what was given.');
  const reports = checkDocuments(documents, await schemaFor(asked));
  tell(reports, asked.json);
  return reports.every(({ errors }) => errors.length === 0);
}

async function publish(
  paths: readonly string[],
  { client, clientVersion: version, contact, folder, ...asked }: Published,
): Promise<boolean> {
  const documents = documentsIn(paths);
  if (!(await check(documents, asked))) return false;
  const release = {
    client,
    version,
    ...(asked.contract === undefined ? {} : { contract: asked.contract }),
    ...(contact === undefined ? {} : { contact }),
    publishedAt: systemClock.now().toISOString(),
    documents: documents.map(({ id, body }) => ({ id, body })),
  };
  await inStore(folder, async (store, name) => tellPublished(release, await store.publish(release), name));
  return true;
}

function tellPublished({ client, version }: ClientRelease, done: 'published' | 'known', where: string): void {
  process.stderr.write(
    `${client} ${version} ${done === 'known' ? 'is registered already' : 'is registered'} in ${where}.\n`,
  );
}

/** Runs work over the registry's database; undefined where none is configured. */
async function withFeed<Result>(work: (feed: SupergraphFeed) => Promise<Result>): Promise<Result | undefined> {
  const { registry } = gatewayConfig();
  if (registry === undefined) return undefined;
  const feed = supergraphFeed(registry);
  try {
    return await work(feed);
  } finally {
    await feed.stop();
  }
}

/**
 * Runs work over the store: the folder that is named, else the registry's database where one is configured, else the
 * folder of this hub. Into the registry writes who brings the token of an administrator or of a machine.
 */
async function inStore(
  folder: string | undefined,
  work: (store: ClientDocumentStore, name: string) => Promise<void>,
): Promise<void> {
  const { registry, tokens } = gatewayConfig();
  if (folder !== undefined || registry === undefined) {
    const named = folder ?? operationsFolder();
    await work(documentFolder(named), named);
    return;
  }
  const token = commandToken();
  if (token === undefined) throw new Error('ZHITONG_TOKEN must hold a bearer token: who registers?');
  const actor = await tokenVerifier(tokens)(token);
  if (!hasRole(actor, 'ADMIN', 'SERVICE'))
    throw new Error('Documents are registered by administrators and machine identities (role SERVICE).');
  await withFeed(({ documents }) => work(documents, 'the registry'));
}

/** Says why something failed, in one line, with exit code 2; code 1 is for documents that cannot be run. */
async function run(step: () => boolean | Promise<boolean>): Promise<void> {
  try {
    if (!(await step())) process.exitCode = 1;
  } catch (error) {
    process.stderr.write(`operations: ${reasonOf(error)}\n`);
    process.exitCode = 2;
  }
}

const FOLDER = [
  '--folder <folder>',
  'where releases are registered (default: the registry where REGISTRY_MONGODB_URI is set, else GATEWAY_OPERATIONS, else in the data folder)',
] as const;

const command = new Command('operations').description(
  "Checks and registers the documents that a front end sends: .graphql files, Apollo's persisted-query manifest, or { hash: text } of Relay and GraphQL Code Generator.",
);
const ofSchema = (step: Command): Command =>
  step
    .option('--schema <file>', 'the composed graph (default: as the registry has it, else the checked-in one)')
    .option('--contract <name>', 'ask a contract in place of the whole graph')
    .option('--json', 'for programs', false);

ofSchema(command.command('check <paths...>'))
  .description('says which documents the graph cannot run, with file and line, and what they use that is deprecated')
  .action((paths: string[], asked: Asked) => run(() => check(documentsIn(paths), asked)));
ofSchema(command.command('publish <paths...>'))
  .description('checks, then registers the documents as a version of the client')
  .requiredOption('--client <name>', 'name of the client, for example portal')
  .requiredOption('--client-version <version>', 'its version, for example 3.2.0')
  .option('--contact <whom>', 'whom departments speak to before they change what it uses')
  .option(...FOLDER)
  .action((paths: string[], asked: Published) => run(() => publish(paths, asked)));
command
  .command('import <folder>')
  .description('registers the releases of a folder in the registry too; what is there already stays')
  .action((from: string) =>
    run(async () => {
      if (gatewayConfig().registry === undefined) throw new Error('REGISTRY_MONGODB_URI must say where to.');
      const releases = await documentFolder(from).releases();
      if (releases.length === 0) throw new Error(`There is no release in ${from}.`);
      await inStore(undefined, async (store, name) => {
        for (const release of releases) tellPublished(release, await store.publish(release), name);
      });
      return true;
    }),
  );
command
  .command('list')
  .description('lists the registered releases')
  .option(...FOLDER)
  .action(({ folder }: { folder?: string }) =>
    run(async () => {
      await inStore(folder, async (store) => {
        for (const { client, version, contract, publishedAt, documents } of await store.releases())
          process.stdout.write(
            `${client} ${version}, ${documents.length} documents of ${contract ?? 'the whole graph'}, ${publishedAt}\n`,
          );
      });
      return true;
    }),
  );
command
  .command('retire <client> <version>')
  .description('takes a release out that is not in use any more')
  .option(...FOLDER)
  .action((client: string, version: string, { folder }: { folder?: string }) =>
    run(async () => {
      await inStore(folder, async (store, name) => {
        if (!(await store.retire(client, version)))
          throw new Error(`${client} ${version} is not registered in ${name}.`);
      });
      return true;
    }),
  );
await command.parseAsync();
