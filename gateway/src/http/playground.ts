import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Router, type Request } from 'express';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import type { ServerAt } from '../contracts/contract-servers.js';
import { developmentTokenFor } from './development-token.js';
import { readPlaygroundNote } from './playground-note.js';
import { isFromThisMachine } from './this-machine.js';

const require = createRequire(import.meta.url);
const PAGE = path.resolve(import.meta.dirname, '..', '..', 'graphiql');
/**
 * What the playground opens with: an operation as the front-end teams have it, and its variables where nothing better
 * is noted.
 */
const startSchema = z.object({ operation: z.string(), variables: z.record(z.string(), z.unknown()) });
const INTRODUCTION =
  '# 直通 Zhitong. Run it with Ctrl+Enter. A token in the header editor below counts before the role above: npm run --silent token\n';
/** Who the caller of the playground is in development until another role is chosen. */
const AUDITOR = { role: 'AUDITOR' };
const A_DAY = 86_400;

/** Only this gateway's own files run and only it is called; GraphiQL's editor sets style attributes itself. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const packageFolder = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

const ASSETS: ReadonlyMap<string, { readonly file: () => string; readonly type: string }> = new Map([
  ['graphiql.js', { file: () => path.join(packageFolder('graphiql'), 'graphiql.min.js'), type: 'text/javascript' }],
  ['graphiql.css', { file: () => path.join(packageFolder('graphiql'), 'graphiql.min.css'), type: 'text/css' }],
  [
    'react.js',
    { file: () => path.join(packageFolder('react'), 'umd', 'react.production.min.js'), type: 'text/javascript' },
  ],
  [
    'react-dom.js',
    {
      file: () => path.join(packageFolder('react-dom'), 'umd', 'react-dom.production.min.js'),
      type: 'text/javascript',
    },
  ],
  ['page.js', { file: () => path.join(PAGE, 'page.js'), type: 'text/javascript' }],
  ['page.css', { file: () => path.join(PAGE, 'page.css'), type: 'text/css' }],
]);

/**
 * GraphiQL for browsers at `GET /graphql` and the contracts' addresses below it, with every asset from installed
 * packages. In development a browser on this machine asks as an auditor at first, so that the first query succeeds, and
 * as the role that is chosen there (`GET /graphiql/start.json?role=…`).
 */
export function playground(config: Pick<GatewayConfig, 'mode' | 'dataDir' | 'tokens'>, serverAt: ServerAt): Router {
  const router = Router();
  const page = readFileSync(path.join(PAGE, 'index.html'), 'utf8');
  const start = startSchema.parse(JSON.parse(readFileSync(path.join(PAGE, 'start.json'), 'utf8')));
  const query = `${INTRODUCTION}${readFileSync(path.resolve(PAGE, start.operation), 'utf8')}`;
  router.get(['/graphql', '/graphql/:contract'], (request, response, next) => {
    if (!wantsPage(request) || serverAt(request.path.replace(/\/$/, '')) === undefined) {
      next();
      return;
    }
    response.setHeader('content-security-policy', POLICY);
    response.setHeader('referrer-policy', 'no-referrer');
    response.type('html').send(page);
  });
  router.get('/graphiql/start.json', async (request, response) => {
    const isLocal = config.tokens.kind === 'development' && isFromThisMachine(request);
    const wanted = request.query['role'] === undefined ? AUDITOR : request.query;
    const token = isLocal ? await developmentTokenFor({ ...wanted }, config.dataDir) : '';
    response.json({
      query,
      variables: readPlaygroundNote(config.dataDir) ?? start.variables,
      headers: { Authorization: `Bearer ${token}`.trim() },
    });
  });
  router.get('/graphiql/:asset', (request, response, next) => {
    const asset = ASSETS.get(request.params.asset);
    if (asset === undefined) {
      next();
      return;
    }
    response.setHeader('cache-control', `public, max-age=${A_DAY}`);
    response
      .type(asset.type)
      .sendFile(asset.file(), { dotfiles: 'allow', headers: { 'content-type': `${asset.type}; charset=utf-8` } });
  });
  return router;
}

/** A browser that navigates asks for HTML first; API clients ask for JSON or anything, and may query with GET. */
function wantsPage(request: Request): boolean {
  return request.query['query'] === undefined && (request.get('accept') ?? '').includes('text/html');
}
