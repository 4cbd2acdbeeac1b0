import type { Role } from '@zhitong/kit';
import { Kind, type DocumentNode, type GraphQLInputType, type OperationDefinitionNode } from 'graphql';
import type { ExecutorRequest } from '../execution/supergraph-executor.js';
import type { GatewayContext } from '../request-context.js';
import { coordinatesOf } from '../operations/coordinates.js';
import { contractOf } from '../contracts/graph-views.js';
import { givenCoordinates, tellingVariables } from './given-coordinates.js';
import { Slices } from './slices.js';

/** An operation that was asked, as it can be prepared for another schema. */
export interface AskedOperation {
  readonly text: string;
  readonly operationName: string | undefined;
  /** The sets of roles for which it was asked; null stands for callers without a token. */
  readonly roles: readonly (readonly Role[] | null)[];
  /** How often, roughly. */
  readonly total: number;
  /** The contract that it was asked of; undefined for the whole graph. */
  readonly contract: string | undefined;
}

/** How often one version of a client used one coordinate since the last batch. */
export interface CountedUse {
  readonly client: string;
  readonly version: string;
  readonly coordinate: string;
  readonly count: number;
}

interface Known {
  readonly text: string;
  readonly operationName: string | undefined;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly telling: readonly (readonly [name: string, type: GraphQLInputType])[];
  /** Made when first needed, for a batch. */
  coordinates: readonly string[] | undefined;
  readonly schema: ExecutorRequest['schema'];
  /** Requests since the last batch, by caller: client, version and roles in one key. */
  readonly counts: Map<string, number>;
  /** By client and coordinate, what variables held since the last batch. */
  readonly given: Map<string, number>;
  readonly roles: Map<string, readonly Role[] | null>;
  total: number;
}

/** Operations that are known at once; the least frequent go first. */
const MOST_KNOWN = 2_000;
/** Clients, each with its versions, that are told apart by one process; whoever comes later is one of the others. */
const MOST_CLIENTS = 500;
/** Operations of schemas that are served no more. */
const MOST_REMEMBERED = 500;
const MOST_SUMS = 200_000;
const CLIENT = /^[\w .@/:+-]{1,60}$/;
const UNKNOWN = 'unknown';
const OTHERS = 'others';
const BETWEEN = '\u0000';

/**
 * Counts which operations are asked and by which clients: one map of counters for each operation, so that a request
 * costs one increment; what an operation uses is looked at once. Neither variables nor callers are kept, but for the
 * input fields and enum values that variables held.
 */
export class OperationUses {
  readonly #byOperation = new WeakMap<OperationDefinitionNode, Known>();
  readonly #known = new Set<Known>();
  readonly #sums = new Map<string, number>();
  #earlier = new Map<string, AskedOperation>();
  /** Operations of schemas that are served no more, of which counts are still to be collected. */
  #leaving: Known[] = [];
  readonly #clients = new Set<string>();

  /** Counts one request. */
  note(request: ExecutorRequest): void {
    // Declared as present, but absent when the document has no operation of the asked name.
    const operation = request.operation as OperationDefinitionNode | undefined;
    if (operation === undefined) return;
    let known = this.#byOperation.get(operation);
    if (known === undefined) {
      known = this.#learn(request, operation);
      this.#byOperation.set(operation, known);
    }
    const client = this.#clientOf(request);
    const { actor } = request.context as GatewayContext;
    const key = `${client}${BETWEEN}${actor === null ? '' : actor.roles.join('+')}`;
    const before = known.counts.get(key);
    if (before === undefined && !known.roles.has(key)) known.roles.set(key, actor === null ? null : actor.roles);
    known.counts.set(key, (before ?? 0) + 1);
    known.total += 1;
    if (known.telling.length > 0) countGiven(known, client, request.request.variables ?? {});
  }

  /** The most frequent operations, those of schemas that are served no more included. */
  hottest(most: number): AskedOperation[] {
    return [...this.#earlier.values(), ...[...this.#known].map(asked)].sort((a, b) => b.total - a.total).slice(0, most);
  }

  /** What was used since the last batch; it counts from zero again. Operations are looked at in slices. */
  async takeBatch(): Promise<CountedUse[]> {
    const slices = new Slices();
    const all = [...this.#leaving, ...this.#known];
    this.#leaving = [];
    for (const known of all) {
      this.#collect(known);
      await slices.pause();
    }
    const batch = [...this.#sums].map(([key, count]) => {
      const [client = UNKNOWN, version = '', coordinate = ''] = key.split(BETWEEN);
      return { client, version, coordinate, count };
    });
    this.#sums.clear();
    return batch;
  }

  /** Puts a batch back that could not be stored, to go with the next one. */
  putBack(batch: readonly CountedUse[]): void {
    for (const { client, version, coordinate, count } of batch)
      this.#add([client, version, coordinate].join(BETWEEN), count);
  }

  /**
   * Lets go of the operations and with them of their schemas, when another graph is served; how frequent they were is
   * remembered, and nothing else once the next batch was taken.
   */
  retire(): void {
    const gone = [...this.#known];
    for (const known of gone) this.#forget(known);
    this.#leaving.push(...gone.filter(({ counts }) => counts.size > 0));
    const all = [...this.#earlier.values(), ...gone.map(asked)].sort((a, b) => b.total - a.total);
    // What was frequent long ago gives way to what is frequent now.
    this.#earlier = new Map(
      all
        .slice(0, MOST_REMEMBERED)
        .map((one) => [[one.operationName, one.contract, one.text].join(BETWEEN), { ...one, total: one.total / 2 }]),
    );
  }

  #collect(known: Known): void {
    if (known.counts.size === 0) return;
    known.coordinates ??= writtenIn(known);
    for (const [key, count] of known.counts) {
      const [client = UNKNOWN, version = ''] = key.split(BETWEEN);
      for (const coordinate of known.coordinates) this.#add([client, version, coordinate].join(BETWEEN), count);
    }
    for (const [key, count] of known.given) this.#add(key, count);
    known.counts.clear();
    known.given.clear();
  }

  /** Bounded by clients and schema; what is too much while nothing can be stored is lost. */
  #add(key: string, count: number): void {
    const before = this.#sums.get(key);
    if (before !== undefined || this.#sums.size < MOST_SUMS) this.#sums.set(key, (before ?? 0) + count);
  }

  #learn(request: ExecutorRequest, operation: OperationDefinitionNode): Known {
    if (this.#known.size >= MOST_KNOWN) this.#forgetHalf();
    const known: Known = {
      text: request.source,
      operationName: request.request.operationName ?? undefined,
      document: request.document,
      operation,
      telling: tellingVariables(request.schema, operation),
      coordinates: undefined,
      schema: request.schema,
      counts: new Map(),
      given: new Map(),
      roles: new Map(),
      total: 0,
    };
    this.#known.add(known);
    return known;
  }

  /** What was not put into a batch yet stays: a flood of new operations wipes no count. */
  #forgetHalf(): void {
    const idle = [...this.#known].filter(({ counts }) => counts.size === 0).sort((a, b) => a.total - b.total);
    for (const known of idle.slice(0, Math.max(1, MOST_KNOWN / 2))) this.#forget(known);
    if (this.#known.size < MOST_KNOWN) return;
    const [first] = this.#known;
    if (first === undefined) return;
    this.#collect(first);
    this.#forget(first);
  }

  #forget(known: Known): void {
    this.#known.delete(known);
    this.#byOperation.delete(known.operation);
  }

  #clientOf({ request: { http } }: ExecutorRequest): string {
    const name = http?.headers.get('apollographql-client-name');
    const version = http?.headers.get('apollographql-client-version');
    if (name === undefined || name === null || !CLIENT.test(name)) return `${UNKNOWN}${BETWEEN}`;
    const client = `${name}${BETWEEN}${version != null && CLIENT.test(version) ? version : ''}`;
    if (this.#clients.has(client)) return client;
    if (this.#clients.size >= MOST_CLIENTS) return `${OTHERS}${BETWEEN}`;
    this.#clients.add(client);
    return client;
  }
}

/** What an operation names of the schema; what its variables hold is counted apart. */
function writtenIn({ document, operation, schema }: Known): readonly string[] {
  const definitions = document.definitions.filter((one) => one === operation || one.kind === Kind.FRAGMENT_DEFINITION);
  const used = coordinatesOf({ kind: Kind.DOCUMENT, definitions }, schema);
  return [...used.fields, ...used.arguments, ...used.inputFields, ...used.enumValues];
}

const asked = ({ text, operationName, roles, total, schema }: Known): AskedOperation => ({
  text,
  operationName,
  roles: distinct([...roles.values()]),
  total,
  contract: contractOf(schema),
});

function countGiven(known: Known, client: string, variables: Readonly<Record<string, unknown>>): void {
  const found = new Set<string>();
  for (const [name, type] of known.telling) givenCoordinates(type, variables[name], found);
  for (const coordinate of found) {
    const key = `${client}${BETWEEN}${coordinate}`;
    known.given.set(key, (known.given.get(key) ?? 0) + 1);
  }
}

function distinct(sets: readonly (readonly Role[] | null)[]): (readonly Role[] | null)[] {
  return [...new Map(sets.map((roles) => [roles === null ? '' : `+${[...roles].sort().join('+')}`, roles])).values()];
}
