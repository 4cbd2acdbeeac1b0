export { type CloudEvent, type Json, type NewEvent } from './cloud-event.js';
export {
  createInbox,
  type Inbox,
  type InboxOptions,
  type InboxRequest,
  type InboxResponse,
} from './inbox/create-inbox.js';
export { eventsRoute, type HeardEvents } from './inbox/events-route.js';
export { createOutbox, type Outbox, type OutboxOptions } from './create-outbox.js';
export {
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetters,
  type PlacedDeadLetter,
} from './delivery/dead-letters.js';
export { type Dispatcher } from './delivery/dispatcher.js';
export { OutboxError, type OutboxErrorCode } from './outbox-error.js';
export { type OutboxLogger } from './outbox-logger.js';
export { type OutboxStats, type WebhookStats } from './outbox-stats.js';
export { type Attempted } from './delivery/record-outcome.js';
export { type RetryPolicy } from '../jobs/retry-delay.js';
export { systemTimers, type Timers } from '../jobs/timers.js';
export { checkWebhookSecret, freshTimestamp, isSignedWith, type SignedMessage } from './webhooks/webhook-signature.js';
export { type Webhook, type WebhookRegistration } from './webhooks/webhook-registry.js';
