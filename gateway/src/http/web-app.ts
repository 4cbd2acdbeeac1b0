import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import express, { Router, type Request, type Response } from 'express';
import type { GatewayConfig, SignInProvider } from '../config.js';
import { developmentTokenFor } from './development-token.js';
import { readPlaygroundNote } from './playground-note.js';
import { isFromThisMachine } from './this-machine.js';

const MOST_BYTES = 1_000;
/** The bundler names a file by its content, so what lies under a name never changes. */
const FOREVER = 'public, max-age=31536000, immutable';
/** Addresses of the graph and its schemas; one that is not there is no page either. */
const OF_THE_GRAPH = /^\/(graphql|schema)(\/|\.|$)/i;
/** In the page it stands where this answer's nonce belongs. */
const NONCE = '__NONCE__';
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const ENCODINGS: readonly (readonly [coding: string, suffix: string])[] = [
  ['br', '.br'],
  ['gzip', '.gz'],
];

/**
 * The pages at `/`, as `npm start` has built them, with every file from this gateway; what is no file of theirs and is
 * asked for as HTML is the application itself, which knows its own addresses. Without built pages it serves nothing.
 * `GET /app/session.json` says how users sign in. In development a browser on this machine gets a token for the role
 * that it chooses at `POST /app/development-token`; elsewhere there is no such address.
 */
export function webApp({
  mode,
  dataDir,
  tokens,
  web,
}: Pick<GatewayConfig, 'mode' | 'dataDir' | 'tokens' | 'web'>): Router {
  const router = Router();
  const file = path.join(web.folder, 'index.html');
  if (!existsSync(file)) return router;
  const page = readFileSync(file, 'utf8');
  const assets = path.join(web.folder, 'assets');
  const names = new Set(readdirSync(assets));
  const isOpen = (request: Request): boolean =>
    mode === 'development' && tokens.kind === 'development' && isFromThisMachine(request);

  router.get('/app/session.json', (request, response) => {
    const development = isOpen(request) ? { uscc: readPlaygroundNote(dataDir)?.['uscc'] ?? null } : null;
    response.json({ development, provider: web.signIn ?? null });
  });
  router.post('/app/development-token', express.json({ limit: MOST_BYTES }), async (request, response, next) => {
    if (!isOpen(request)) {
      next();
      return;
    }
    response.json({ token: await developmentTokenFor(request.body, dataDir) });
  });
  router.get('/assets/:name', (request, response, next) => {
    const { name } = request.params;
    if (names.has(name) && TYPES[path.extname(name)] !== undefined)
      sendAsset(request, response, { assets, name, names });
    else next();
  });
  router.use((request, response, next) => {
    if (request.method !== 'GET' || OF_THE_GRAPH.test(request.path) || !wantsHtml(request)) {
      next();
      return;
    }
    const nonce = randomBytes(16).toString('base64');
    response.setHeader('content-security-policy', contentPolicy(nonce, web.signIn));
    response.setHeader('referrer-policy', 'no-referrer');
    response.type('html').send(page.replaceAll(NONCE, nonce));
  });
  return router;
}

/** Sends a file in the best form that the browser takes; the build compressed it once. */
function sendAsset(
  request: Request,
  response: Response,
  { assets, name, names }: { assets: string; name: string; names: ReadonlySet<string> },
): void {
  const [coding, suffix] = ENCODINGS.find(
    ([one, ending]) => names.has(`${name}${ending}`) && request.acceptsEncodings(one) === one,
  ) ?? ['', ''];
  const type = TYPES[path.extname(name)] ?? '';
  response.setHeader('cache-control', FOREVER);
  response.setHeader('vary', 'accept-encoding');
  if (coding !== '') response.setHeader('content-encoding', coding);
  response.sendFile(path.join(assets, `${name}${suffix}`), {
    dotfiles: 'allow',
    cacheControl: false,
    headers: { 'content-type': type },
  });
}

/** A browser that goes to an address asks for HTML first. */
const wantsHtml = (request: Request): boolean => (request.get('accept') ?? '').includes('text/html');

/**
 * Only this gateway's own files run, and only it and where users sign in are called. The component library writes style
 * elements, which carry the nonce; no markup carries a style of its own.
 */
function contentPolicy(nonce: string, signIn: SignInProvider | undefined): string {
  const provider = signIn === undefined ? '' : ` ${new URL(signIn.authority).origin}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    `connect-src 'self'${provider}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
