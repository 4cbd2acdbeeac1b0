import {
  runSource,
  undoRun,
  type ConnectorReads,
  type FieldValue,
  type RunReport,
  type RunSettings,
  type Target,
} from '@zhitong/connect';
import { createLogger } from '@zhitong/kit';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import { memorySource } from '../connect/support/memory-source.js';

/** Two words of English beside one another: no code, no name and no unit is that. */
const ENGLISH = /[A-Za-z]{2,},? [A-Za-z]{2,}/;
/** Fails for a reason that is partly English: officials read them. */
export const expectChinese = (reason: string): void => expect(reason).not.toMatch(ENGLISH);

export type Values = Readonly<Record<string, FieldValue>>;

/** Moments of deliveries so far: all that a test delivers comes one after the other. */
let moments = 0;
const momentAfter = (start: Date): Date => new Date(start.getTime() + (moments += 1) * 1_000);

/**
 * Delivers mapped rows to a target of a department, as a connector's mapping would make them. `start`: when the first
 * is delivered.
 */
export function deliveriesTo(
  {
    connection,
    outbox,
    connectors,
    targets,
    start,
  }: {
    readonly connection: Connection;
    readonly outbox: Pick<Outbox, 'append'>;
    readonly connectors: ConnectorReads;
    readonly targets: () => Promise<readonly Target[]>;
    readonly start: Date;
  },
  name: string,
  department: string,
) {
  const now = { now: () => momentAfter(start) };
  const targetOf = async (): Promise<Target> => {
    const target = (await targets()).find((one) => one.name === name);
    if (target === undefined) throw new Error(`There is no target ${name}.`);
    return target;
  };
  const settings: RunSettings = {
    source: `${name}-list`,
    department,
    mappingDigest: 'mapping',
    precedence: 1,
    personalColumns: new Set(),
    isIncremental: false,
    sweep: null,
    keeper: null,
    schedule: null,
    silentAfterHours: null,
  };
  return {
    deliver: async (rows: readonly Values[], part: Partial<RunSettings> = {}): Promise<RunReport> => {
      const target = await targetOf();
      return runSource({
        connection,
        source: memorySource(rows.map((row, index) => ({ 行号: String(index), ...textOf(row) }))),
        map: ({ cells, place }) => {
          const cell = cells.get('行号');
          const values = rows[cell?.kind === 'text' ? Number(cell.text) : -1] ?? {};
          const number = target.key.map((field) => String(values[field])).join('|');
          const key = target.areKeysOfDepartment === true ? `${department}/${number}` : number;
          const columns = Object.fromEntries(Object.keys(values).map((field) => [field, field]));
          return { kind: 'row', row: { key, values, columns, place } };
        },
        target,
        settings: { ...settings, ...part },
        clock: now,
        outbox,
        logger: createLogger({ name: 'test', level: 'silent' }),
      });
    },
    undo: async (runId: string) => undoRun({ connection, target: await targetOf(), runId, by: 'admin-1', clock: now }),
    /** Reasons of the open refusals by field; all are Chinese, for officials. */
    refusals: async (): Promise<[string | null, string][]> => {
      const refused = await connectors.refusals(settings.source, { limit: 50 });
      for (const { reason } of refused) expectChinese(reason);
      return refused.map(({ column, reason }) => [column, reason]);
    },
  };
}

const textOf = (row: Values): Record<string, string> =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field, String(value ?? '')]));
