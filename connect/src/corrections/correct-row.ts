import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Logger } from '@zhitong/kit';
import { CommandEnded, notThere, onceScope, refuse, type CommandOutcome } from '@zhitong/kit/commands';
import { jobLeases, systemTimers } from '@zhitong/kit/jobs';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { settingsOf, soundMapping } from '../commands/mapping-files.js';
import { newestRun } from '../deliveries/run-delivery.js';
import { listConnectors, type ConnectorsContext } from '../graph/list-connectors.js';
import { runView, type ConnectorRunView } from '../graph/views.js';
import { compileMapping } from '../mapping/index.js';
import { connectorCollections, type RefusalRecord, type RunRecord } from '../runs/collections.js';
import type { RefusedRow } from '../runs/rows/refusals.js';
import { RunRefused } from '../runs/run-settings.js';
import { runSource, type RunRequest } from '../runs/run-source.js';
import { mappingsIn } from '../service/mappings-in.js';
import type { Target } from '../target.js';
import { correctedCells } from './corrected-cells.js';
import { correctedRow, correctionDigest } from './corrected-row.js';
import { said } from './correction-words.js';

/** What corrections are made with. */
export interface CorrectionTools {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly targets: () => Promise<readonly Target[]>;
  /** Folder of the mapping files that the department's process looks after. */
  readonly folder: string;
}

/** A correction as somebody gives it. */
export interface RowCorrection {
  readonly idempotencyKey: string;
  /** Number of the refused row. */
  readonly row: string;
  /** What is right, by column; the others stay as they were given. */
  readonly cells: readonly { readonly column: string; readonly text: string }[];
}

/** Corrects refused rows one by one. */
export interface RowCorrections {
  /**
   * Feeds a refused row in again as it is corrected, by the same mapping and rules as its delivery. First it is tried
   * without storing anything: a row that is still refused stays as it was. Gives the run that took it.
   * @throws GraphQLError FORBIDDEN for who may not see what is delivered here
   */
  correct(context: ConnectorsContext, correction: RowCorrection): Promise<CommandOutcome<ConnectorRunView>>;
}

const OVER: readonly RunRecord['state'][] = ['DONE', 'UNDONE'];
/** One correction of a source is made at a time; who comes second waits for so long. */
const MOST_WAITING_MS = 20_000;
const LOOK_AGAIN_MS = 100;
const LEASE_MS = 30_000;

/** Corrections by the mappings of a department's folder. */
export function rowCorrections(tools: CorrectionTools): RowCorrections {
  const { connection } = tools;
  const { refusals } = connectorCollections(connection);

  /** The run of this very press, where it is over. */
  const before = async ({ source, delivery, digest, key }: Press): Promise<RunRecord | null> => {
    const earlier = await newestRun(connection, { source, delivery });
    if (earlier === null) return null;
    if (earlier.digest !== digest) return refuse('DUPLICATE', said('KEY_USED', { key }), ['idempotencyKey']);
    return OVER.includes(earlier.state) ? earlier : null;
  };

  const correctIn = async (
    context: ConnectorsContext,
    { idempotencyKey: key, row, cells }: RowCorrection,
  ): Promise<RunRecord> => {
    const sources = await listConnectors(context);
    const refused = await refusals.findOne({ _id: row });
    const { actor } = context;
    if (actor === null || refused === null || !sources.some(({ name }) => name === refused.source))
      return notThere(said('ROW_UNKNOWN', { row }));
    const { source } = refused;
    const press = {
      source,
      key,
      delivery: `correction:${onceScope(actor, 'correctRow')}:${key}`,
      digest: correctionDigest(row, cells),
    };
    const earlier = await before(press);
    if (earlier !== null) return earlier;
    const lease = await whenFree(connection, source);
    try {
      // Another press of the same may have been waited for.
      return (await before(press)) ?? (await feedIn(tools, refused, { ...press, cells, by: actor.sub }));
    } catch (error) {
      if (error instanceof RunRefused) return refuse('CONFLICT', said('SOURCE_AT_WORK', { source }), []);
      throw error;
    } finally {
      await lease.release();
    }
  };

  return {
    correct: async (context, correction) => {
      try {
        return { kind: 'done', result: runView(await correctIn(context, correction)), refusal: null };
      } catch (error) {
        if (error instanceof CommandEnded) return error.end;
        throw error;
      }
    },
  };
}

/** A press of a correction: one number of a delivery stands for one content. */
interface Press {
  readonly source: string;
  readonly key: string;
  readonly delivery: string;
  readonly digest: string;
}

async function whenFree(connection: Connection, source: string) {
  const leases = jobLeases({ connection, timers: systemTimers });
  for (let waited = 0; waited < MOST_WAITING_MS; waited += LOOK_AGAIN_MS) {
    const lease = await leases.claim(`connector-correction-${source}`, LEASE_MS);
    if (lease !== null) return lease;
    await pause(LOOK_AGAIN_MS);
  }
  return refuse('CONFLICT', said('SOURCE_AT_WORK', { source }), []);
}

async function feedIn(
  tools: CorrectionTools,
  { _id }: RefusalRecord,
  {
    source,
    delivery,
    digest,
    cells,
    by,
  }: Press & { readonly by: string; readonly cells: readonly { readonly column: string; readonly text: string }[] },
): Promise<RunRecord> {
  const { connection, folder } = tools;
  // What was read before the lease may have been settled meanwhile.
  const refused = await connectorCollections(connection).refusals.findOne({ _id });
  if (refused?.state !== 'OPEN')
    return refuse('ILLEGAL_STATE', said('ROW_SETTLED', { run: refused?.settledBy ?? '' }), ['row']);
  const targets = await tools.targets();
  const file = (await mappingsIn(folder, targets)).sound.find(({ mapping }) => mapping.name === source)?.file;
  if (file === undefined) return refuse('ILLEGAL_STATE', said('MAPPING_ELSEWHERE', { source }), ['row']);
  const { mapping, target, text } = await soundMapping(file, targets);
  const settings = { ...settingsOf(mapping, target, { text, isWhole: false }), delivery };
  const corrected = correctedCells(refused.cells, cells, {
    personal: settings.personalColumns,
    columns: Object.values(mapping.fields).flatMap(({ columns }) => columns),
  });
  if (!corrected.ok) {
    const { fault, column } = corrected;
    return refuse('INVALID', said(fault, { column }), ['cells', ...(column === '' ? [] : [column])]);
  }
  const request: RunRequest = {
    ...{ connection, settings, target, clock: tools.clock, outbox: tools.outbox, logger: tools.logger },
    map: compileMapping(mapping, target),
    source: correctedRow(refused, corrected.cells, { digest, note: `退回数据 ${_id} 由 ${by} 更正后送入` }),
  };
  await taken(request, true);
  return taken(request, false);
}

/** Runs the one row. @throws CommandEnded when it is not taken */
async function taken(request: RunRequest, isDryRun: boolean): Promise<RunRecord> {
  let refused: readonly RefusedRow[] = [];
  const { run } = await runSource({ ...request, isDryRun, onRefused: (rows) => void (refused = rows) });
  const [still] = refused;
  if (still !== undefined)
    return refuse('INVALID', said('ROW_STILL_REFUSED', { column: still.column ?? '', reason: still.reason }), [
      'cells',
      ...(still.column === null ? [] : [still.column]),
    ]);
  return run.counts.skipped > 0 ? refuse('INVALID', said('ROW_LEFT_OUT'), ['cells']) : run;
}
