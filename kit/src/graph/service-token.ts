import { readFileSync, statSync } from 'node:fs';
import { decodeJwt } from 'jose';
import {
  allowInsecureRequests,
  ClientSecretBasic,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';
import type { Logger } from '../logger.js';
import { reasonOf } from '../reason.js';
import type { GraphTokenSource } from './graph-token-source.js';

/**
 * Gives the bearer token with which a process reads the graph.
 * @param refused a token that the graph did not accept: another one is returned where there is one.
 * @throws Error that says what is wrong and where, in one line.
 */
export type ServiceToken = (refused?: string) => Promise<string>;

type SourceOf<Kind> = Extract<GraphTokenSource, { kind: Kind }>;
interface Tools {
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** In milliseconds since 1970. */
  readonly now: () => number;
}
interface Held {
  readonly token: string;
  /** When it ends, in milliseconds since 1970; undefined: it does not say. */
  readonly ends: number | undefined;
}

/** A token is replaced when it has less than this left, or a tenth of its life where that is less. */
const MARGIN_MS = 60_000;
/** A token that does not say when it ends is asked for again after this time. */
const UNDATED_MS = 60_000;
const TIMEOUT_MS = 5_000;
const MS = 1_000;

/**
 * The token of a department's machine identity, renewed before it ends: from its file, which somebody else renews, or
 * by client credentials; the log says so. A token that is configured as such cannot be renewed, and the error says so
 * when it has ended. Making this never fails; asking for a token does.
 */
export function serviceToken(
  { name, graphToken }: { readonly name: string; readonly graphToken: GraphTokenSource | undefined },
  { logger, now = Date.now }: Pick<Tools, 'logger'> & Partial<Tools>,
): ServiceToken {
  const prefix = `${name.toUpperCase()}_GRAPH_`;
  const tools = { logger, now };
  switch (graphToken?.kind) {
    case 'fixed':
      return fixedToken(graphToken, prefix, tools);
    case 'file':
      return fileToken(graphToken, prefix, tools);
    case 'client-credentials':
      return clientToken(graphToken, tools);
    case undefined:
      return () =>
        Promise.reject(
          new Error(
            `${prefix}TOKEN_FILE, ${prefix}TOKEN_URL or ${prefix}TOKEN must say with which token ${name} reads the graph.`,
          ),
        );
  }
}

function fixedToken({ token }: SourceOf<'fixed'>, prefix: string, { now }: Tools): ServiceToken {
  const ends = endOf(token);
  return async () => {
    if (ends !== undefined && ends <= now())
      throw new Error(
        `The token in ${prefix}TOKEN ended at ${day(ends)}. Set ${prefix}TOKEN_FILE or ${prefix}TOKEN_URL, so that it is renewed.`,
      );
    return token;
  };
}

function fileToken({ file }: SourceOf<'file'>, prefix: string, { logger, now }: Tools): ServiceToken {
  let held: (Held & { readonly mark: string }) | undefined;
  const read = (): Held & { readonly mark: string } => {
    let mark: string;
    let token: string;
    try {
      const { mtimeMs, size, ino } = statSync(file);
      mark = `${mtimeMs} ${size} ${ino}`;
      if (held?.mark === mark) return held;
      token = readFileSync(file, 'utf8').trim();
    } catch (error) {
      throw new Error(
        `The token file ${file} ${reasonOf(error)}: start the hub first, or set ${prefix}TOKEN_FILE, ${prefix}TOKEN_URL or ${prefix}TOKEN.`,
      );
    }
    if (token === '')
      throw new Error(`The file ${file} is empty; the token with which the graph is read must stand there.`);
    return { token, ends: endOf(token), mark };
  };
  return async () => {
    const found = read();
    if (held !== undefined && found.token !== held.token)
      logger.info(
        { file, until: found.ends === undefined ? undefined : day(found.ends) },
        'the token with which the graph is read was renewed from its file',
      );
    held = found;
    if (found.ends !== undefined && found.ends <= now()) {
      logger.warn(
        { file, ended: day(found.ends) },
        'the token with which the graph is read has ended, and its file was not renewed',
      );
      throw new Error(`The token in ${file} ended at ${day(found.ends)}; write a new one there.`);
    }
    return found.token;
  };
}

function clientToken(source: SourceOf<'client-credentials'>, { logger, now }: Tools): ServiceToken {
  let held: (Held & { readonly renewAt: number }) | undefined;
  let asking: Promise<string> | undefined;
  const renew = async (): Promise<string> => {
    const { token, ends } = await askForToken(source, now);
    const left = ends === undefined ? UNDATED_MS : ends - now();
    if (held !== undefined)
      logger.info(
        { url: source.url, until: ends === undefined ? undefined : day(ends) },
        'the token with which the graph is read was renewed by client credentials',
      );
    held = { token, ends, renewAt: now() + left - Math.min(MARGIN_MS, left / 10) };
    return token;
  };
  const renewOnce = (): Promise<string> => (asking ??= renew().finally(() => (asking = undefined)));
  return async (refused) => {
    const current = held;
    if (current !== undefined && current.token !== refused && current.renewAt > now()) return current.token;
    try {
      return await renewOnce();
    } catch (error) {
      const reason = `${source.url} gives no token: ${refusalOf(error)}`;
      logger.warn({ reason }, 'the token with which the graph is read could not be renewed');
      if (current !== undefined && current.token !== refused && (current.ends ?? 0) > now()) return current.token;
      throw new Error(reason);
    }
  };
}

async function askForToken(
  { url, clientId, secret, parameters }: SourceOf<'client-credentials'>,
  now: () => number,
): Promise<Held> {
  const server = { issuer: new URL(url).origin, token_endpoint: url };
  const client = { client_id: clientId };
  const authentication = ClientSecretBasic('text' in secret ? secret.text : readFileSync(secret.file, 'utf8').trim());
  const askedAt = now();
  // The address was checked when the configuration was read: http is for this machine only.
  const response = await clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    { ...parameters },
    { signal: AbortSignal.timeout(TIMEOUT_MS), [allowInsecureRequests]: true },
  );
  const { access_token: token, expires_in: seconds } = await processClientCredentialsResponse(server, client, response);
  return { token, ends: seconds === undefined ? endOf(token) : askedAt + seconds * MS };
}

/**
 * When a JWT ends, in milliseconds since 1970; undefined for other tokens. Nothing is verified: the graph does that.
 */
function endOf(token: string): number | undefined {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? undefined : exp * MS;
  } catch {
    return undefined;
  }
}

const day = (time: number): string => new Date(time).toISOString();

/** What the identity provider says, where it says something. */
function refusalOf(error: unknown): string {
  if (error instanceof WWWAuthenticateChallengeError)
    return error.cause.map(({ parameters }) => parameters.error ?? 'it asks for other credentials').join(', ');
  if (!(error instanceof ResponseBodyError)) return reasonOf(error);
  return `${error.error}${error.error_description === undefined ? '' : ` (${error.error_description})`}`;
}
