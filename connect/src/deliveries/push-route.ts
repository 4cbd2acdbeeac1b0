import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isDepartmentUnavailable, reasonOf, type StreamRoute } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { checkWebhookSecret, freshTimestamp, isSignedWith, type SignedMessage } from '@zhitong/kit/outbox';
import { parse } from 'csv-parse';
import { soundMapping } from '../commands/mapping-files.js';
import { connectorCollections, type RunRecord } from '../runs/collections.js';
import { asItWas, REJECT_COLUMNS } from '../runs/rows/reject-file.js';
import { RunRefused } from '../runs/run-settings.js';
import { secretAt } from '../sources/secret.js';
import { ensurePushIndexes, refusalsOf, rememberContent, spendSignature } from './pushed-deliveries.js';
import { BodyRefused, receiveBody } from './receive-body.js';
import { runDelivery, type DeliveryTools } from './run-delivery.js';

type Answer = Awaited<ReturnType<StreamRoute['receive']>>;

/** What a department's service needs to take pushed deliveries. */
export interface PushTools extends DeliveryTools {
  /** Where bodies are kept while they are run; on a disk of its own, since whoever sends fills it. */
  readonly spool: string;
}

const TOLERANCE_SECONDS = 300;
/** Bodies of one source that are received at the same time. */
const MOST_AT_ONCE = 2;
const RETRY_SECONDS = '30';
const MOST_REFUSALS_TOLD = 100;
/** Folders of bodies; whatever else lies in the spool is a reject file. */
const BODY = 'body-';
const DAY_MS = 86_400_000;
/** It becomes a part of a file's name. */
const ID = /^[A-Za-z0-9][\w.-]{0,99}$/;
/** What a body is announced by (RFC 9530): SHA-256 in base64. */
const CONTENT_DIGEST = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;

const refused = (status: number, error: string, headers?: Record<string, string>): Answer => ({
  status,
  body: { error },
  ...(headers && { headers }),
});
const later = (error: string): Answer => refused(503, error, { 'retry-after': RETRY_SECONDS });

/**
 * Where the files of a mapping's source are pushed: `POST /connect/<name>`. The headers announce the body by its digest
 * and are signed as Standard Webhooks sign a text, so that who sends is known before a byte of the body is read: a
 * sender without the secret takes no place from another. Each signature counts once, and only within five minutes of
 * its time; the number `webhook-id` stands for one content, and a delivery that is repeated under a new signature gets
 * the report of its first run. The answer is the report: 200 when the run was done, 422 when the file could not be
 * used.
 * @throws CommandFailed for a mapping with faults, without `push`, and for a secret that is none
 * @throws SourceRefused where the secret is not where the mapping says
 */
export async function pushRoute(mappingFile: string, tools: PushTools): Promise<StreamRoute> {
  const { mapping } = await soundMapping(mappingFile, await tools.targets());
  const { name: source, push } = mapping;
  if (push === null) throw new CommandFailed(`${mappingFile} takes no pushed deliveries: state push: { secret: … }.`);
  const secret = soundSecret(
    await secretAt(push.secret, { folder: path.dirname(mappingFile), environment: tools.environment }),
  );
  const folder = path.join(tools.spool, source);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeLeftBodies(folder);
  await ensurePushIndexes(tools.connection);
  let receiving = 0;
  const extension = path.extname('path' in mapping.source ? (mapping.source.path ?? '') : '');
  const otherContent = (id: string): Answer => refused(409, `The webhook-id ${id} stands for another content.`);
  /** Why the headers of a delivery admit no body; null when they do. */
  const notAdmitted = ({ digest, ...announced }: Announced): Answer | null => {
    const { timestamp } = announced;
    const toleranceSeconds = TOLERANCE_SECONDS;
    if (freshTimestamp({ timestamp, now: tools.clock.now(), toleranceSeconds }) === undefined)
      return refused(401, `The webhook-timestamp is not within ${String(toleranceSeconds)} seconds of our time.`);
    return isSignedWith(secret, { ...announced, body: announcementOf(source, digest) })
      ? null
      : refused(401, 'The signature does not match.');
  };
  const taken = async (request: IncomingMessage, announced: Announced, own: string): Promise<Answer> => {
    const { id, timestamp, digest } = announced;
    // One moment has one stamp, however its digits are written.
    const spent = await spendSignature(tools.connection, { source, id, digest, stamp: String(Number(timestamp)) });
    if (spent === 'replayed') return refused(409, 'This signature was used before: sign the delivery again.');
    if (spent === 'other') return otherContent(id);
    const file = path.join(own, `${id}${extension}`);
    const { mostBytes: most, bodySeconds: seconds } = push;
    if ((await receiveBody(request, file, { most, seconds })) !== digest)
      return refused(400, 'The body is not the one that its content-digest announces.');
    const remembered = await rememberContent(tools.connection, { source, id, digest });
    if (remembered === 'other') return otherContent(id);
    // It outlives an outage: a run that goes on appends to it.
    const rejectFile = path.join(folder, `${id}.refused.csv`);
    const delivered = { delivery: `push:${id}`, file, rejectFile, rejectsGoBack: false };
    const run = await runDelivery({ file: mappingFile, source }, delivered, tools);
    const refusals = await refusalsOf(tools.connection, { source, id }, async () => refusedIn(rejectFile, source));
    const report = await reportOf(run, tools, refusals);
    await rm(rejectFile, { force: true });
    return { status: run.state === 'REFUSED' || run.state === 'FAILED' ? 422 : 200, body: { ...report, remembered } };
  };
  return {
    method: 'post',
    path: `/connect/${source}`,
    receive: async (request) => {
      const announced = announcedBy(request);
      if (announced === null)
        return refused(
          401,
          'A webhook-id, webhook-timestamp, webhook-signature or content-digest header is missing or malformed.',
        );
      const answer = notAdmitted(announced);
      if (answer !== null) return answer;
      if (receiving >= MOST_AT_ONCE) return later('Other deliveries of this source are being received.');
      receiving += 1;
      let own: string | undefined;
      try {
        own = await mkdtemp(path.join(folder, BODY));
        return await taken(request, announced, own);
      } catch (error) {
        if (error instanceof BodyRefused) return refused(error.status, error.message);
        if (error instanceof RunRefused || isDepartmentUnavailable(error)) return later(reasonOf(error));
        throw error;
      } finally {
        receiving -= 1;
        if (own !== undefined) await rm(own, { recursive: true, force: true });
      }
    },
  };
}

/** Removes the bodies of processes that were killed: whoever got no answer sends them again. */
async function removeLeftBodies(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const left = path.join(folder, name);
    // Another process of the department may be receiving one at this moment.
    if (name.startsWith(BODY) && (await stat(left)).mtimeMs < Date.now() - DAY_MS) await rm(left, { recursive: true });
  }
}

/** What the headers of a delivery say of it. */
interface Announced extends Omit<SignedMessage, 'body'> {
  /** Hexadecimal SHA-256 of the body to come. */
  readonly digest: string;
}

/** The text that is signed: where a body goes, and what it is. */
const announcementOf = (source: string, digest: string): string =>
  `/connect/${source} sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`;

function announcedBy({ headers }: IncomingMessage): Announced | null {
  const [id, timestamp, signatures, announced] = [
    'webhook-id',
    'webhook-timestamp',
    'webhook-signature',
    'content-digest',
  ].map((name) => String(headers[name] ?? ''));
  const digest = CONTENT_DIGEST.exec(announced ?? '')?.[1];
  if (id === undefined || !ID.test(id) || !timestamp || !signatures || digest === undefined) return null;
  return { id, timestamp, signatures, digest: Buffer.from(digest, 'base64').toString('hex') };
}

function soundSecret(secret: string): string {
  try {
    return checkWebhookSecret(secret);
  } catch (error) {
    throw new CommandFailed(reasonOf(error));
  }
}

/** What a run came to, for whoever delivered; personal data in refused rows is masked. */
async function reportOf(run: RunRecord, { connection }: Pick<PushTools, 'connection'>, ids: readonly string[]) {
  const { refusals } = connectorCollections(connection);
  const rows = new Map(
    (await refusals.find({ _id: { $in: [...ids] } }).toArray()).map(({ _id, place, column, reason }) => [
      _id,
      { line: place.line ?? null, key: place.key ?? null, column, reason },
    ]),
  );
  return {
    run: run._id,
    state: run.state,
    counts: run.counts,
    notes: run.notes,
    failure: run.failure,
    differences: run.drift?.differences.map(({ text }) => text) ?? [],
    /** The first of them; all are in the department's list of refusals. */
    refused: ids.flatMap((id) => rows.get(id) ?? []),
  };
}

/** The first refused rows, by what they are kept under; none where the run wrote no file. */
async function refusedIn(rejectFile: string, source: string): Promise<string[]> {
  if (!existsSync(rejectFile)) return [];
  const [, , number] = REJECT_COLUMNS;
  const ids: string[] = [];
  await pipeline(
    createReadStream(rejectFile),
    parse({ columns: true, bom: true, to: MOST_REFUSALS_TOLD }),
    async (rows: AsyncIterable<Readonly<Record<string, string>>>) => {
      for await (const row of rows) ids.push(`${source}/${asItWas(row[number] ?? '')}`);
    },
  );
  return ids;
}
