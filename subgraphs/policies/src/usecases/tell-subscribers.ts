import type { Clock, Logger } from '@zhitong/kit';
import type { Jobs } from '@zhitong/kit/jobs';
import { inTransaction } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { announcementIdOf, dueAnnouncements } from '../domain/subscriptions/announcement.js';
import { policyDocument } from '../domain/search/policy-document.js';
import { topicTest, touchedKeys } from '../domain/subscriptions/policy-topics.js';
import { wordsTest } from '../domain/search/search-index.js';
import { WORDS_KEY, type Topic } from '../domain/subscriptions/topic.js';
import type { PolicyAnnouncementRecord } from '../models/policy-announcement.js';
import type { PolicyNotificationRecord } from '../models/policy-notification.js';
import type { PolicyVersionRecord } from '../models/policy-version.js';
import { cutChinese, policySynonyms } from '../memory/policy-search.js';
import type { PolicyShelf } from '../memory/policy-shelf.js';
import type { Stores } from '../stores.js';
import { notify } from './notices/notify.js';

/** Subscribers that are looked at in one transaction. */
const BATCH = 500;

export interface TellOptions {
  readonly connection: Connection;
  readonly stores: Pick<Stores, 'versions' | 'subscribers' | 'announcements' | 'notifications'>;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Asked between batches; true ends the work where it is, to be gone on with later. */
  readonly stopped?: () => boolean;
  /** Called after each batch with the number of enterprises that it notified. */
  readonly progress?: (told: number) => void;
}

/** What was done: announcements that were brought to their end, and enterprises that were notified. */
export interface Told {
  readonly announcements: number;
  readonly notifications: number;
}

/**
 * Tells subscribers of the policies that were published, published anew or are closing soon. Each batch of subscribers
 * is one transaction of their notifications, the events and the announcement's position: an announcement that was
 * interrupted goes on where it stopped, and processes that work at once share the subscribers instead of telling them
 * twice.
 * @throws AggregateError after all others were notified, when announcements failed; they are tried again next time.
 */
export async function tellSubscribers(options: TellOptions): Promise<Told> {
  const { stores } = options;
  await beginDue(options);
  let [announcements, notifications] = [0, 0];
  const failures: unknown[] = [];
  for (const announcement of await stores.announcements.running()) {
    if (options.stopped?.() === true) break;
    try {
      const done = await tellAll(options, announcement);
      announcements += done.finished ? 1 : 0;
      notifications += done.told;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${String(failures.length)} announcements could not be brought to their end.`);
  return { announcements, notifications };
}

async function beginDue({ stores: { versions, announcements }, clock }: TellOptions): Promise<void> {
  const now = clock.now();
  const marks = (await versions.publishedMarks()).flatMap(
    ({ policyId, version, effective, publishedAt, content: { stage } }) =>
      publishedAt === null
        ? []
        : [{ policyId, version, stage, effective, publishedAt, publishedOn: dayInShanghai(publishedAt) }],
  );
  const due = dueAnnouncements(marks, dayInShanghai(now)).map(({ mark, reason }) => ({
    id: announcementIdOf(mark, reason),
    policyId: mark.policyId,
    version: mark.version,
    reason,
    at: reason === 'CLOSING_SOON' ? now : mark.publishedAt,
  }));
  const known = await announcements.known(due.map(({ id }) => id));
  await announcements.begin(due.filter(({ id }) => !known.has(id)));
}

/** What is announced: the version, and which topics it touches. */
interface Message {
  readonly version: PolicyVersionRecord;
  readonly keys: readonly string[];
  readonly touches: (topic: Topic) => boolean;
}

async function tellAll(
  options: TellOptions,
  begun: PolicyAnnouncementRecord,
): Promise<{ readonly finished: boolean; readonly told: number }> {
  const { stores } = options;
  const version = (await stores.versions.versions(begun.policyId)).find((one) => one.version === begun.version);
  if (version === undefined) throw new Error(`The announcement ${begun.id} tells of a version that is not there.`);
  const message: Message = {
    version,
    keys: [...touchedKeys(version.content), WORDS_KEY],
    touches: topicTest(
      version.content,
      remembered(wordsTest(policyDocument(version.content), cutChinese, policySynonyms)),
    ),
  };
  let announcement = begun;
  let told = 0;
  while (announcement.status === 'RUNNING') {
    if (options.stopped?.() === true) return { finished: false, told };
    const batch = await tellBatch(options, announcement, message);
    told += batch;
    const now = await stores.announcements.byId(begun.id);
    if (now === null) throw new Error(`The announcement ${begun.id} is gone.`);
    announcement = now;
    options.progress?.(batch);
  }
  return { finished: true, told };
}

/** A test of words that cuts each text once: thousands of enterprises look for the same few. */
function remembered(holds: (words: string) => boolean): (words: string) => boolean {
  const known = new Map<string, boolean>();
  return (words) => {
    const held = known.get(words) ?? holds(words);
    known.set(words, held);
    return held;
  };
}

/**
 * Notifies the next subscribers and moves the announcement on; when another process was faster, nothing is written.
 * What was taken back meanwhile is not announced any more. A
 * subscriber of whom nobody can say what concerns it is passed over and named in the log. Returns how many it notified.
 */
async function tellBatch(
  { connection, stores, outbox, clock, logger }: TellOptions,
  announcement: PolicyAnnouncementRecord,
  { version, keys, touches }: Message,
): Promise<number> {
  const { id, lastUscc: from } = announcement;
  const told = await inTransaction(connection, async (session) => {
    const known = await stores.versions.versions(version.policyId, session);
    if (!known.some((one) => one.version === version.version && one.state === 'PUBLISHED')) return null;
    const subscribers = await stores.subscribers.withKeys(keys, { after: from, limit: BATCH }, session);
    const last = subscribers.at(-1);
    if (last === undefined) return null;
    const concerned = subscribers.flatMap(({ uscc, topics }): PolicyNotificationRecord[] => {
      try {
        const touched = topics
          .filter((topic) => topic.since <= announcement.at && touches(topic))
          .map(({ kind, value }) => ({ kind, value }));
        return touched.length === 0
          ? []
          : [notificationOf(announcement, version, { uscc, topics: touched, createdAt: clock.now() })];
      } catch (error) {
        logger.error({ err: error, uscc, announcement: id }, 'a subscriber could not be told of a policy');
        return [];
      }
    });
    const toldBefore = await stores.notifications.known(
      concerned.map((one) => one.id),
      session,
    );
    const fresh = concerned.filter((one) => !toldBefore.has(one.id));
    if (!(await stores.announcements.advance(id, { from, to: last.uscc, told: fresh.length }, session))) return 0;
    await notify({ stores, outbox }, fresh, session);
    return fresh.length;
  });
  if (told === null) await stores.announcements.finish(id, { from, finishedAt: clock.now() });
  return told ?? 0;
}

/** The record of one enterprise's notification. */
export function notificationOf(
  announcement: Pick<PolicyAnnouncementRecord, 'id' | 'reason'>,
  { policyId, version, content, effective }: PolicyVersionRecord,
  { uscc, topics, createdAt }: Pick<PolicyNotificationRecord, 'uscc' | 'topics' | 'createdAt'>,
): PolicyNotificationRecord {
  return {
    id: `${announcement.id}:${uscc}`,
    uscc,
    policyId,
    policyVersion: version,
    reason: announcement.reason,
    topics,
    title: content.title,
    closesOn: effective.to,
    createdAt,
    readAt: null,
  };
}

const EVERY_MS = 60_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;

/** Tells subscribers: when the published policies change, and every minute for the change of the day. */
export function startTeller(
  jobs: Pick<Jobs, 'start'>,
  options: Omit<TellOptions, 'stopped' | 'progress'> & { readonly shelf: PolicyShelf },
): void {
  const teller = jobs.start({
    name: 'tell-subscribers',
    everyMs: EVERY_MS,
    leaseMs: LEASE_MS,
    beginsAtOnce: false,
    work: async ({ isOver }) => {
      await tellSubscribers({ ...options, stopped: isOver });
    },
  });
  options.shelf.onChange(() => teller.nudge());
}
