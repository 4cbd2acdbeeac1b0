export { idempotencyKeyArgument } from './idempotency-key.js';
export { onceScope, type ActingFor } from './once-scope.js';
export { ensureOnceIndexes, runOnce, type KeyedWrite, type OnceOutcome } from './once.js';
export {
  CommandEnded,
  forbid,
  invalidInput,
  notThere,
  refusalOf,
  refuse,
  refuseAs,
  refuseFaults,
  type CommandOutcome,
  type CommandRefusal,
  type InputFault,
  type RefusalCode,
} from './outcome.js';
export { faultPayload, faultsPayload, payloadOf, refusalPayload, type RefusalPayload } from './payload.js';
export { Raced, retryRaces } from './races.js';
export { commandRunner, type Command, type CommandBase, type CommandRunner, type Work } from './runner.js';
