import {
  BSON,
  MongoClient,
  type ChangeStreamDocument,
  type Collection,
  type Document,
  type ResumeToken,
} from 'mongodb';
import {
  SourceRefused,
  type OpenOptions,
  type OpenSource,
  type Position,
  type RecordSource,
  type SourceRecord,
} from '../../source-record.js';
import { LOST_CHARACTER } from '../../text/index.js';
import { cellsOfDocument } from './mongo-cells.js';

/** A collection of another system's MongoDB. */
export interface MongoSettings {
  /** With user and password. */
  readonly address: string;
  readonly database: string;
  readonly collection: string;
  /** In which the days of dates are told. */
  readonly timeZone: string;
  /** What is taken out of the collection is handed on too, as it was before. */
  readonly withDeletions: boolean;
}

const { EJSON } = BSON;
const AT_ONCE = 500;
const LOOKED_AT = 100;
const CONNECT_MS = 15_000;
/**
 * The changes are not to be had any more: ChangeStreamHistoryLost, ChangeStreamFatalError, InvalidResumeToken, and
 * NoMatchingDocument, of a deletion whose pre-image was not kept or is gone by now.
 */
const LOST_CODES = new Set<unknown>([286, 280, 260, 47]);
/** Numbers of 64 bits stay as they are. */
const EXACT = { promoteLongs: false, promoteValues: true } as const;

/**
 * Records of a collection: all of them at the first run, then by its change stream what has changed since. The stream's
 * token is taken before the first document is read, so that no change falls between both; it is part of each record's
 * position, and is stored with the batch. What changes several times within a list is given once, as it stands.
 */
export function mongoSource(settings: MongoSettings): RecordSource {
  return {
    async open({ after, since, signal }: OpenOptions): Promise<OpenSource> {
      const client = new MongoClient(settings.address, {
        appName: 'zhitong',
        serverSelectionTimeoutMS: CONNECT_MS,
        readConcern: { level: 'majority' },
      });
      try {
        await client.connect();
        const collection = client.db(settings.database).collection(settings.collection);
        const columns = await columnsOf(collection, settings);
        const reading = new Reading(collection, settings, signal);
        const isCopy = after === null ? since?.['token'] === undefined : after['phase'] === 'copy';
        const records = isCopy ? await reading.copy(after) : await reading.changes(after ?? since ?? {});
        return {
          header: {
            columns,
            notes: [`mongodb, ${collection.namespace}`, isCopy ? '全量' : '上次以来的变更'],
            digest: null,
          },
          records,
          reached: () => reading.reached,
          [Symbol.asyncDispose]: async () => client.close(),
        };
      } catch (error) {
        await client.close();
        throw refused(error, settings);
      }
    },
  };
}

/** Members of the first documents, and that there is such a collection. */
async function columnsOf(collection: Collection, { timeZone, withDeletions }: MongoSettings): Promise<string[]> {
  const { dbName, collectionName: name } = collection;
  const found = await collection.db.listCollections({ name }, { nameOnly: false }).toArray();
  const [info] = found as { readonly options?: { readonly changeStreamPreAndPostImages?: { enabled?: boolean } } }[];
  if (info === undefined) throw new SourceRefused('NO_COLLECTION', { collection: `${dbName}.${name}` });
  if (withDeletions && info.options?.changeStreamPreAndPostImages?.enabled !== true)
    throw new SourceRefused('NO_PRE_IMAGES', { collection: `${dbName}.${name}` });
  const columns = new Set<string>();
  for (const document of await collection.find({}, EXACT).sort({ _id: 1 }).limit(LOOKED_AT).toArray())
    for (const column of cellsOfDocument(document, timeZone).keys()) columns.add(column);
  return [...columns];
}

/** Operations that tell of one document. */
const OF_A_DOCUMENT = ['insert', 'update', 'replace', 'delete'] as const;

class Reading {
  /** Where the next run goes on, also when nothing has changed. */
  reached: Position | null = null;
  readonly #collection: Collection;
  readonly #settings: MongoSettings;
  readonly #signal: AbortSignal | undefined;

  constructor(collection: Collection, settings: MongoSettings, signal: AbortSignal | undefined) {
    this.#collection = collection;
    this.#settings = settings;
    this.#signal = signal;
  }

  /** All documents in the order of their ids, behind the one at which a run was broken off. */
  async copy(after: Position | null): Promise<AsyncIterable<readonly SourceRecord[]>> {
    const token = typeof after?.['token'] === 'string' ? after['token'] : await this.#tokenOfNow();
    const last = typeof after?.['id'] === 'string' ? after['id'] : null;
    this.reached = { phase: 'changes', token };
    return this.#documents(token, last);
  }

  async #tokenOfNow(): Promise<string> {
    const stream = this.#collection.watch([], { maxAwaitTimeMS: 1 });
    try {
      await stream.tryNext();
      return tokenText(stream.resumeToken);
    } finally {
      await stream.close();
    }
  }

  async *#documents(token: string, last: string | null): AsyncGenerator<readonly SourceRecord[]> {
    try {
      const found = this.#collection
        .find({}, { ...EXACT, batchSize: AT_ONCE })
        .sort({ _id: 1 })
        .hint({ _id: 1 });
      // By the index and not by a condition: ids of several types stand in one order there.
      const cursor = last === null ? found : found.min({ _id: EJSON.parse(last, { relaxed: false }) as unknown });
      let list: SourceRecord[] = [];
      for await (const document of cursor) {
        this.#signal?.throwIfAborted();
        const id = idText(document);
        if (id === last) continue;
        list.push(this.#record(document, { phase: 'copy', token, id }));
        if (list.length < AT_ONCE) continue;
        yield list;
        list = [];
      }
      if (list.length > 0) yield list;
    } catch (error) {
      throw refused(error, this.#settings);
    }
  }

  /** What has changed behind a token, up to where the stream stands. */
  async changes({ token }: Position): Promise<AsyncIterable<readonly SourceRecord[]>> {
    const { withDeletions } = this.#settings;
    const stream = this.#collection.watch([], {
      resumeAfter: { _data: token },
      fullDocument: 'updateLookup',
      ...(withDeletions && { fullDocumentBeforeChange: 'required' }),
      maxAwaitTimeMS: 500,
      batchSize: AT_ONCE,
      ...EXACT,
    });
    // A token that is lost is told at the first answer: before the run is entered.
    const first = eventOf(await stream.tryNext());
    return this.#events(stream, first);
  }

  async *#events(
    stream: ReturnType<Collection['watch']>,
    first: ChangeStreamDocument | null,
  ): AsyncGenerator<readonly SourceRecord[]> {
    let changed = new Map<string, SourceRecord>();
    let read = 0;
    try {
      for (let event = first; event !== null; event = eventOf(await stream.tryNext())) {
        this.#signal?.throwIfAborted();
        const position: Position = { phase: 'changes', token: tokenText(event._id) };
        const record = this.#recordOf(event, position);
        if (record !== null) {
          const id = record.place.key ?? '';
          changed.delete(id);
          changed.set(id, record);
        }
        read += 1;
        if (read % AT_ONCE !== 0 || changed.size === 0) continue;
        yield [...changed.values()];
        changed = new Map();
      }
      if (changed.size > 0) yield [...changed.values()];
      this.reached = { phase: 'changes', token: tokenText(stream.resumeToken) };
    } catch (error) {
      throw refused(error, this.#settings);
    } finally {
      await stream.close();
    }
  }

  /** Null for a document that is gone by now, of which a later event tells, and for a deletion nobody asks for. */
  #recordOf(event: ChangeStreamDocument, position: Position): SourceRecord | null {
    const { collection, database, withDeletions } = this.#settings;
    if (!isOfDocument(event))
      throw new SourceRefused('COLLECTION_GONE', {
        collection: `${database}.${collection}`,
        operation: event.operationType,
      });
    if (event.operationType !== 'delete') {
      const document = event.fullDocument;
      return document === undefined || (document as unknown) === null
        ? null
        : { ...this.#record(document, position), isChange: true };
    }
    const before = event.fullDocumentBeforeChange;
    return withDeletions && before !== undefined && (before as unknown) !== null
      ? { ...this.#record(before, position), isChange: true, isGone: true }
      : null;
  }

  #record(document: Document, position: Position): SourceRecord {
    const cells = cellsOfDocument(document, this.#settings.timeZone);
    const broken = [...cells].find(([, cell]) => cell.kind === 'text' && cell.text.includes(LOST_CHARACTER))?.[0];
    return {
      place: { source: this.#collection.collectionName, key: shownId(document) },
      cells,
      position,
      ...(broken !== undefined && {
        fault: { column: broken, reason: '含有无法识别的字符（U+FFFD），文字在上游已经损坏，请在来源系统中更正' },
      }),
    };
  }
}

type DocumentEvent = Extract<ChangeStreamDocument, { operationType: (typeof OF_A_DOCUMENT)[number] }>;
const isOfDocument = (event: ChangeStreamDocument): event is DocumentEvent =>
  OF_A_DOCUMENT.some((operation) => operation === event.operationType);

/** The driver does not say that what it gives of a stream are its events. */
const eventOf = (event: unknown): ChangeStreamDocument | null => event as ChangeStreamDocument | null;

const idText = ({ _id }: Document): string => EJSON.stringify(_id, { relaxed: false });
const shownId = (document: Document): string =>
  typeof document['_id'] === 'string' ? document['_id'] : String(document['_id']);

function tokenText(token: ResumeToken): string {
  const data: unknown = typeof token === 'object' && token !== null && '_data' in token ? token._data : undefined;
  if (typeof data !== 'string') throw new Error('The change stream gave no token.');
  return data;
}

/** What a server says against us, without its address, which holds the password. */
function refused(error: unknown, { database, collection }: MongoSettings): unknown {
  if (error instanceof SourceRefused || !(error instanceof Error) || !error.name.startsWith('Mongo')) return error;
  const of = { collection: `${database}.${collection}` };
  if ('code' in error && LOST_CODES.has(error.code)) return new SourceRefused('CHANGES_LOST', of);
  const message = error.message.replace(/\w+(?:\+\w+)?:\/\/\S+/g, '…').replace(/\b[\w.-]+:\d{2,5}\b/g, '…');
  return new SourceRefused('DATABASE_ANSWERS', { answer: message });
}
