import { ulid } from 'ulid';
import type { Clock } from '../../clock.js';
import { isDuplicateKey } from '../../mongo/duplicate-key.js';
import { eventTypeSchema } from '../cloud-event.js';
import { counterOf, type OutboxCollections, type WebhookRecord } from '../collections.js';
import { OutboxError } from '../outbox-error.js';
import type { AllowedHosts } from './receiver-guard.js';
import { checkWebhookSecret, newWebhookSecret } from './webhook-signature.js';
import { checkWebhookUrl } from './webhook-url.js';

const MOST_FILTERS = 100;
const idPattern = /^[\w-]{1,64}$/;

/** A webhook as it may be shown; the secret is never among it. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  /** Types, or their beginnings up to a dot; empty for all. */
  readonly eventTypes: readonly string[];
  /** False: events are queued for it and nothing is sent. */
  readonly active: boolean;
  readonly createdOn: Date;
  /** Why the dispatcher switched it off, if it did. */
  readonly inactiveReason?: string;
}

export interface WebhookRegistration {
  readonly url: string;
  /** Types, or their beginnings up to a dot (`cn.example.thing` covers `cn.example.thing.changed`); empty for all. */
  readonly eventTypes: readonly string[];
  /** `whsec_` and 24 to 64 bytes in base64; made up when absent. */
  readonly secret?: string;
  /** The caller's own name for it (letters, digits, `_`, `-`); made up when absent. */
  readonly id?: string;
}

export interface WebhookRegistry {
  registerWebhook(registration: WebhookRegistration): Promise<{ readonly webhook: Webhook; readonly secret: string }>;
  setWebhookActive(id: string, active: boolean): Promise<Webhook>;
  removeWebhook(id: string): Promise<void>;
  listWebhooks(): Promise<readonly Webhook[]>;
}

/** Builds the registry of an outbox's receivers; see {@link Outbox} for what each function promises. */
export function webhookRegistry({
  collections,
  clock,
  allowHttp,
  allowed,
}: {
  collections: OutboxCollections;
  clock: Clock;
  allowHttp: boolean;
  allowed: AllowedHosts;
}): WebhookRegistry {
  const { counters, webhooks, deliveries, lanes } = collections;
  return {
    async registerWebhook({ url, eventTypes, secret, id = ulid() }) {
      if (!idPattern.test(id))
        throw new OutboxError(
          'INVALID',
          `The webhook id ${JSON.stringify(id.slice(0, 80))} is not 1 to 64 letters, digits, "_" or "-".`,
        );
      const settings = {
        url: checkWebhookUrl(url, { allowHttp, allowed }),
        eventTypes: checkFilters(eventTypes),
        secret: secret === undefined ? newWebhookSecret() : checkWebhookSecret(secret),
      };
      try {
        const record = await webhooks.findOneAndUpdate(
          { _id: id },
          {
            $set: { ...settings, active: true },
            $setOnInsert: { createdOn: clock.now() },
            $unset: { inactiveReason: '' },
          },
          { upsert: true, returnDocument: 'after' },
        );
        if (record === null) throw new Error(`The webhook ${id} was not returned.`);
        return { webhook: shown(record), secret: settings.secret };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        throw new OutboxError('DUPLICATE', `Another webhook has the url ${settings.url} already.`);
      }
    },
    async setWebhookActive(id, active) {
      const record = await webhooks.findOneAndUpdate(
        { _id: id },
        { $set: { active }, $unset: { inactiveReason: '' } },
        { returnDocument: 'after' },
      );
      if (record === null) throw unknownWebhook(id);
      return shown(record);
    },
    async removeWebhook(id) {
      const { deletedCount } = await webhooks.deleteOne({ _id: id });
      if (deletedCount === 0) throw unknownWebhook(id);
      await deliveries.deleteMany({ webhookId: id });
      await lanes.deleteOne({ _id: id });
      await counters.deleteOne({ _id: counterOf(id) });
    },
    async listWebhooks() {
      const records = await webhooks.find({}, { projection: { secret: 0 }, sort: { createdOn: 1, _id: 1 } }).toArray();
      return records.map(shown);
    },
  };
}

function shown({ _id, url, eventTypes, active, createdOn, inactiveReason }: Omit<WebhookRecord, 'secret'>): Webhook {
  return { id: _id, url, eventTypes, active, createdOn, ...(inactiveReason === undefined ? {} : { inactiveReason }) };
}

function checkFilters(eventTypes: readonly string[]): string[] {
  if (eventTypes.length > MOST_FILTERS)
    throw new OutboxError('INVALID', `A webhook has ${eventTypes.length} event types; ${MOST_FILTERS} are allowed.`);
  return eventTypes.map((filter) => {
    if (!eventTypeSchema.safeParse(filter).success) {
      throw new OutboxError(
        'INVALID',
        `The event type ${JSON.stringify(filter.slice(0, 80))} is not a reverse-DNS name such as cn.example.thing, nor its beginning up to a dot.`,
      );
    }
    return filter;
  });
}

const unknownWebhook = (id: string): OutboxError =>
  new OutboxError('NOT_FOUND', `There is no webhook ${JSON.stringify(id.slice(0, 80))}.`);
