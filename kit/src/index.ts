export { requireRole } from './access.js';
export { systemClock, type Clock } from './clock.js';
export { kitConfig, subgraphConfig, type ConfiguredWebhook, type KitConfig, type SubgraphConfig } from './config.js';
export { connectionOf, type RelayConnection } from './connection/relay-connection.js';
export {
  DEFAULT_PAGE,
  encodeCursor,
  LARGEST_PAGE,
  parsePage,
  type Page,
  type PageArguments,
} from './connection/page.js';
export { requestedFields, requestedNodeFields, type RequestedFields } from './connection/requested-fields.js';
export { graphTokenFile, parseEnvironment, publicKeysFile, type Environment } from './environment.js';
export {
  badUserInput,
  departmentUnavailable,
  ERROR_CODES,
  forbidden,
  hasDocumentedCode,
  notFound,
  unauthenticated,
  type ErrorCode,
  isDepartmentUnavailable,
  saidError,
} from './errors.js';
export { actorSchema, departmentForm, hasRole, ROLES, type Actor, type Role } from './identity/actor.js';
export { PURPOSE_HEADER, readPurpose, type StatedPurpose } from './identity/stated-purpose.js';
export { ASSERTION_HEADER } from './identity/assertion.js';
export { assertionSigner, type AssertionSigner } from './identity/assertion-signer.js';
export { assertionVerifier, NotVouchedFor, type AssertionVerifier } from './identity/assertion-verifier.js';
export { IdleThreads, type ThreadSettings } from './idle-threads.js';
export { isPublicAddress, networkOf } from './ip-address.js';
export { gatewayKeys, type GatewayKeys } from './identity/gateway-keys.js';
export {
  newSigningKeyPem,
  publicKeySet,
  readSigningKeys,
  type PublicKeySet,
  type SigningKey,
} from './identity/signing-key.js';
export { loaderById, loaderPerParent, renewableLoaders, type RenewableLoaders } from './loaders.js';
export { createLogger, type Logger } from './logger.js';
export { readIfPresent, readOrCreate, replaceFile } from './secret-file.js';
export { StartProblem } from './start-problem.js';
export { prepareDataFolder } from './data-folder.js';
export { withoutPersonalData } from './personal-data/without-personal-data.js';
export { LANGUAGE_HEADER, LANGUAGES, type Language } from './language.js';
export { checkScalarInput, scalarResolvers } from './scalars.js';
export { boundedServer, type ServerBounds } from './server/bounded-server.js';
export { departmentSchema, type RequestContext } from './server/subgraph-server.js';
export { nationalCalendar } from './national-calendar.js';
export { reasonOf } from './reason.js';
export { publicError } from './server/public-error.js';
export { readBody } from './server/read-body.js';
export { runProcess, type Stoppable } from './server/run-process.js';
export { type ReadinessCheck, type ReadinessReport } from './server/readiness.js';
export { watchParent } from './server/watch-parent.js';
export {
  listen,
  startSubgraph,
  type RawRoute,
  type RunningSubgraph,
  type StreamRoute,
} from './server/start-subgraph.js';
export { type IsRegistered, refuseMistyped, registeredUsccArgument, usccArgument } from './uscc-argument.js';
