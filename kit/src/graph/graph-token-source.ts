import path from 'node:path';
import { z } from 'zod';
import { graphTokenFile, parseEnvironment, type Environment } from '../environment.js';

/** Where a department's process gets the bearer token with which it reads the graph. */
export type GraphTokenSource =
  /** The token itself; it cannot be renewed. */
  | { readonly kind: 'fixed'; readonly token: string }
  /** A file that somebody else renews. */
  | { readonly kind: 'file'; readonly file: string }
  /** The city's identity provider, asked with client credentials (RFC 6749, section 4.4). */
  | {
      readonly kind: 'client-credentials';
      readonly url: string;
      readonly clientId: string;
      /** The secret, or the file that holds it and is read for each request. */
      readonly secret: { readonly text: string } | { readonly file: string };
      /** Sent with the request, for example `scope` or `audience`. */
      readonly parameters: Readonly<Record<string, string>>;
    };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const text = z.string().min(1).optional();
const tokenUrl = z
  .url()
  .refine(
    (url) => url.startsWith('https:') || LOOPBACK.has(new URL(url).hostname),
    'must be https, except on this machine',
  );

/**
 * Reads `<NAME>_GRAPH_TOKEN`, `<NAME>_GRAPH_TOKEN_FILE` or `<NAME>_GRAPH_TOKEN_URL` with `<NAME>_GRAPH_CLIENT_ID`,
 * `<NAME>_GRAPH_CLIENT_SECRET` (or `…_SECRET_FILE`) and `<NAME>_GRAPH_TOKEN_PARAMETERS` (as in an address:
 * `scope=graph&audience=zhitong`). Without any, in development, the file that the launcher keeps in the data folder; in
 * production nothing.
 * @throws Error naming the variables that are wrong together.
 */
export function graphTokenSource({
  name,
  mode,
  dataDir,
  environment,
}: {
  name: string;
  mode: 'development' | 'production';
  dataDir: string;
  environment: Environment;
}): GraphTokenSource | undefined {
  const prefix = `${name.toUpperCase()}_GRAPH_`;
  const own = Object.fromEntries(
    Object.entries(environment).flatMap(([variable, value]) =>
      variable.startsWith(prefix) ? [[variable.slice(prefix.length), value]] : [],
    ),
  );
  const env = parseEnvironment(
    z.object({
      TOKEN: text,
      TOKEN_FILE: text,
      TOKEN_URL: tokenUrl.optional(),
      TOKEN_PARAMETERS: text,
      CLIENT_ID: text,
      CLIENT_SECRET: text,
      CLIENT_SECRET_FILE: text,
    }),
    own,
    prefix,
  );
  const wrong = (why: string): Error => new Error(`The environment cannot be used: ${why}`);
  if ([env.TOKEN, env.TOKEN_FILE, env.TOKEN_URL].filter((value) => value !== undefined).length > 1)
    throw wrong(`set one of ${prefix}TOKEN, ${prefix}TOKEN_FILE and ${prefix}TOKEN_URL.`);
  if (env.TOKEN !== undefined) return { kind: 'fixed', token: env.TOKEN };
  if (env.TOKEN_FILE !== undefined) return { kind: 'file', file: path.resolve(env.TOKEN_FILE) };
  if (env.TOKEN_URL === undefined)
    return mode === 'development' ? { kind: 'file', file: graphTokenFile(dataDir, name) } : undefined;
  const { CLIENT_ID: clientId, CLIENT_SECRET: secret, CLIENT_SECRET_FILE: secretFile } = env;
  if (clientId === undefined || (secret === undefined) === (secretFile === undefined)) {
    throw wrong(
      `${prefix}TOKEN_URL needs ${prefix}CLIENT_ID and either ${prefix}CLIENT_SECRET or ${prefix}CLIENT_SECRET_FILE.`,
    );
  }
  return {
    kind: 'client-credentials',
    url: env.TOKEN_URL,
    clientId,
    secret: secret === undefined ? { file: path.resolve(secretFile ?? '') } : { text: secret },
    parameters: Object.fromEntries(new URLSearchParams(env.TOKEN_PARAMETERS ?? '')),
  };
}
