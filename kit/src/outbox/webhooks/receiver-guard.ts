import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPublicAddress } from '../../ip-address.js';
import { OutboxError } from '../outbox-error.js';

/** Resolves a name to all its addresses; the system's resolver by default. */
export type Resolve = (
  hostname: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const bySystem: Resolve = (hostname, answer) =>
  systemLookup(hostname, { all: true }, (error, addresses) => answer(error, error === null ? addresses : []));

/** The receiver's address is none that events may be sent to. */
export class ForbiddenReceiver extends Error {
  constructor(host: string, address: string) {
    super(
      `${host === address ? host : `${host} leads to ${address}, which`} is no address of the public internet and not among the allowed hosts`,
    );
    this.name = 'ForbiddenReceiver';
  }
}

/**
 * The receivers inside the city's own networks that may be sent events: a webhook's address is often an outsider's
 * choice, and must not make a department knock at databases, metadata services or other departments. Entries are a host
 * (`hooks.city.local`, `10.1.2.3`, `::1`) or host and port (`127.0.0.1:4003`).
 */
export class AllowedHosts {
  readonly #entries: ReadonlySet<string>;

  constructor(entries: readonly string[]) {
    this.#entries = new Set(entries.map(normalEntry));
  }

  /** True when the host is allowed by name, whatever address it has. `port` is '' for the scheme's own. */
  includes({
    hostname,
    port,
    protocol,
  }: {
    readonly hostname: string;
    readonly port: string;
    readonly protocol: string;
  }): boolean {
    const host = bare(hostname);
    return this.#entries.has(host) || this.#entries.has(`${host} ${port === '' ? defaultPort(protocol) : port}`);
  }
}

/**
 * True when a URL's host is an address, or a name of this machine, that only the list of allowed hosts could permit.
 */
export function isInnerHost(hostname: string): boolean {
  const host = bare(hostname);
  return isIP(host) === 0 ? host === 'localhost' || host.endsWith('.localhost') : !isPublicAddress(host);
}

/**
 * An agent that connects to public addresses and allowed hosts only. It judges the address to which the connection
 * really goes, at the moment at which it is opened: a name that led elsewhere when the webhook was registered, or that
 * leads elsewhere with each question, helps nobody. `isPublic` recognises the addresses of the public internet.
 */
export function guardedAgent(
  allowed: AllowedHosts,
  {
    resolve = bySystem,
    isPublic = isPublicAddress,
  }: { readonly resolve?: Resolve | undefined; readonly isPublic?: (address: string) => boolean } = {},
): Agent {
  const openAllowed = buildConnector({ lookup: lookupBy(resolve, () => true) });
  const openPublic = buildConnector({ lookup: lookupBy(resolve, isPublic) });
  return new Agent({
    connect: (options, callback) => {
      const host = bare(options.hostname);
      if (allowed.includes(options)) openAllowed(options, callback);
      else if (isInnerHost(host)) callback(new ForbiddenReceiver(host, host), null);
      else openPublic(options, callback);
    },
  });
}

/**
 * A lookup that fails when a single address behind the name may not be used: which of them would be tried is not ours
 * to say.
 */
function lookupBy(resolve: Resolve, mayBeUsed: (address: string) => boolean): LookupFunction {
  return (hostname, { all }, answer) => {
    resolve(hostname, (error, addresses) => {
      const [first] = addresses;
      const forbidden = addresses.find(({ address }) => !mayBeUsed(address));
      if (error !== null) answer(error, []);
      else if (first === undefined)
        answer(Object.assign(new Error(`${hostname} has no address`), { code: 'ENOTFOUND' }), []);
      else if (forbidden !== undefined) answer(new ForbiddenReceiver(hostname, forbidden.address), []);
      else if (all === true) answer(null, [...addresses]);
      else answer(null, first.address, first.family);
    });
  };
}

const bare = (hostname: string): string =>
  hostname
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
const defaultPort = (protocol: string): string => (protocol === 'https:' ? '443' : '80');

/** An entry in the form in which URLs have hosts (`127.1` is 127.0.0.1), a port behind a space. */
function normalEntry(entry: string): string {
  const text = entry.trim();
  const isIPv6 = isIP(text) === 6;
  const asUrl = `http://${isIPv6 ? `[${text}]` : text}`;
  if (text === '' || /[\s@/?#\\]/.test(text) || !URL.canParse(asUrl))
    throw new OutboxError(
      'INVALID',
      `The allowed host ${JSON.stringify(text.slice(0, 200))} is no host, nor host and port.`,
    );
  const host = bare(new URL(asUrl).hostname);
  const port = isIPv6 ? undefined : /:(\d{1,5})$/.exec(text)?.[1];
  return port === undefined ? host : `${host} ${port}`;
}
