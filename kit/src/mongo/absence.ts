import { propertyOf } from '../error-code.js';

/** Errors by which the driver and Mongoose say that no server took the command, or that one went away under it. */
const ABSENCE_NAMES = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
]);

/**
 * Codes with which a server says that it cannot serve, by the server's `error_codes.yml`: HostUnreachable,
 * HostNotFound, NetworkTimeout, ShutdownInProgress, PrimarySteppedDown, SocketException, NotWritablePrimary,
 * InterruptedAtShutdown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary,
 * WriteConcernTimeout.
 */
const ABSENCE_CODES = new Set([6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436, 64]);
/** Mongoose keeps commands back while it is not connected, and gives them up with an error of no class of its own. */
const GIVEN_UP = /buffering timed out/;
/** Causes are looked for so deep; a chain of errors that is longer goes in circles. */
const DEEPEST = 8;

/**
 * What an error calls itself, and the classes that it belongs to: the driver has kinds of network errors with names of
 * their own.
 */
function namesOf(error: object, name: string): string[] {
  const names = [name];
  for (
    let kind: unknown = Object.getPrototypeOf(error);
    kind !== null && kind !== undefined;
    kind = Object.getPrototypeOf(kind)
  ) {
    const made = propertyOf(propertyOf(kind, 'constructor'), 'name');
    if (typeof made === 'string') names.push(made);
  }
  return names;
}

/**
 * Whether an error says that the database is not there (no server, no primary, the connection lost), and not that
 * something is wrong with what was asked of it. Wrapped errors are looked into: `cause`, GraphQL's `originalError`,
 * `errors` of an aggregate. Errors are known by name and code, so that a process that has no driver loaded can ask.
 */
export function isDatabaseAbsence(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return false;
  const [name, message, code, errors] = ['name', 'message', 'code', 'errors'].map((property) =>
    propertyOf(error, property),
  );
  if (typeof name !== 'string') return false;
  if (
    namesOf(error, name).some((one) => ABSENCE_NAMES.has(one)) ||
    (typeof message === 'string' && GIVEN_UP.test(message))
  )
    return true;
  if (name.startsWith('Mongo') && typeof code === 'number' && ABSENCE_CODES.has(code)) return true;
  const inner: unknown[] = [
    propertyOf(error, 'cause'),
    propertyOf(error, 'originalError'),
    ...(Array.isArray(errors) ? (errors as unknown[]) : []),
  ];
  return inner.some((one) => isDatabaseAbsence(one, depth + 1));
}
