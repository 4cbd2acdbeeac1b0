import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startGraphBeside, type RunningGraphBeside, type TextRoute } from '@zhitong/gateway/beside';
import { scalarResolvers, systemClock, type Logger } from '@zhitong/kit';
import { changelogFeed } from './changelog/atom.js';
import { CHANGELOG_TITLE } from './changelog/entry.js';
import { changelogMarkdown } from './changelog/markdown.js';
import { composeThreads } from './composition/compose-apart.js';
import type { ComposeGraph } from './composition/composed-graph.js';
import type { RegistryConfig } from './config.js';
import { resolvers } from './resolvers/index.js';
import { orError } from './resolvers/refused.js';
import { connectRegistry, type Registry } from './service.js';

const SCHEMA = path.resolve(import.meta.dirname, '..', 'schema.graphql');
/** A schema has 8 MiB at most, and JSON escapes quotes and ends of lines. */
const BODY_BYTES = 16 * 1024 * 1024;
/** Publications that the changelog tells. */
const TOLD = 100;

/**
 * Starts the registry's own graph beside the gateway: `POST /graphql`, and the changelog as a feed (`/changelog.atom`)
 * and as Markdown (`/changelog.md`), for callers with a token.
 * @throws Error when the database cannot be reached or the port is taken
 */
export async function startRegistry({
  config,
  logger,
  compose,
}: {
  config: RegistryConfig;
  logger: Logger;
  /** Where schemas are composed; left out: in threads of their own. */
  compose?: ComposeGraph;
}): Promise<RunningGraphBeside> {
  const { registry, close } = await connectRegistry(config, compose ?? composeThreads({ isAhead: true }).compose);
  const { DateTime } = scalarResolvers;
  const running = await startGraphBeside({
    name: 'the schema registry (REGISTRY_PORT)',
    typeDefs: readFileSync(SCHEMA, 'utf8'),
    resolvers: { ...resolvers, DateTime },
    carried: { registry },
    config: { ...config.service, tokens: config.tokens },
    port: config.service.port,
    bodyBytes: BODY_BYTES,
    routes: changelogRoutes(registry, config),
    logger,
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    ...running,
    stop: async () => {
      await running.stop();
      await close();
    },
  };
}

function changelogRoutes(registry: Registry, { service }: RegistryConfig): TextRoute[] {
  const url = `http://${service.host}:${service.port}/changelog.atom`;
  return [
    {
      path: '/changelog.atom',
      read: async ({ actor }) => {
        const entries = await orError(registry.changelog(actor, { limit: TOLD }));
        const text = changelogFeed(entries, { title: CHANGELOG_TITLE, url, since: systemClock.now() });
        return { type: 'application/atom+xml; charset=utf-8', text };
      },
    },
    {
      path: '/changelog.md',
      read: async ({ actor }) => {
        const entries = await orError(registry.changelog(actor, { limit: TOLD }));
        return { type: 'text/markdown; charset=utf-8', text: changelogMarkdown(entries, CHANGELOG_TITLE) };
      },
    },
  ];
}
