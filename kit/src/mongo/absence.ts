/** Errors by which the driver and Mongoose say that no server took the command, or that one went away under it. */
const ABSENCE_NAMES = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoPoolClearedOnNetworkError',
  'MongoWaitQueueTimeoutError',
  'MongoTopologyClosedError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
]);

/**
 * Codes with which a server says that it cannot serve, by the server's `error_codes.yml`: HostUnreachable, HostNotFound, NetworkTimeout,
 * ShutdownInProgress, PrimarySteppedDown, SocketException, NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange,
 * NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary, WriteConcernTimeout.
 */
const ABSENCE_CODES = new Set([6, 7, 89, 91, 189, 9001, 10107, 11600, 11602, 13435, 13436, 64]);
/** Mongoose keeps commands back while it is not connected, and gives them up with an error of no class of its own. */
const GIVEN_UP = /buffering timed out/;
/** Causes are looked for so deep; a chain of errors that is longer goes in circles. */
const DEEPEST = 8;

/**
 * Whether an error says that the database is not there (no server, no primary, the connection lost), and not that something is wrong
 * with what was asked of it. Wrapped errors are looked into: `cause`, GraphQL's `originalError`, `errors` of an aggregate.
 * Errors are known by name and code, so that a process that has no driver loaded can ask.
 */
export function isDatabaseAbsence(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > DEEPEST) return false;
  if (ABSENCE_NAMES.has(error.name) || GIVEN_UP.test(error.message)) return true;
  if (error.name.startsWith('Mongo') && 'code' in error && typeof error.code === 'number' && ABSENCE_CODES.has(error.code)) return true;
  const inner = [error.cause, 'originalError' in error ? error.originalError : undefined, ...('errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [])];
  return inner.some((one) => isDatabaseAbsence(one, depth + 1));
}
