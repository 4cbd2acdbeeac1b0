import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isDepartmentUnavailable, type Clock, type Logger } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import type { Jobs } from '@zhitong/kit/jobs';
import { isDatabaseAbsence } from '@zhitong/kit/mongo';
import type { Outbox } from '@zhitong/kit/outbox';
import type { Connection } from 'mongoose';
import type { Registry } from 'prom-client';
import { readMapping, type ReadMapping } from '../commands/mapping-files.js';
import { secretsEnvironment } from '../config.js';
import { watchFolders } from '../deliveries/watch-folders.js';
import {
  connectorReads,
  enterSources,
  failureOf,
  mappingFailure,
  noteUnreadable,
  runMetrics,
  runSource,
  scheduleRun,
  watchSources,
  type RunMetrics,
} from '../runs/index.js';
import type { Target } from '../target.js';
import { mappingsIn, type FolderFault, type FolderMapping } from './mappings-in.js';

/** A department's process, as its connectors need it. */
export interface ConnectorService {
  readonly connection: Connection;
  readonly jobs: Pick<Jobs, 'start'>;
  readonly clock: Clock;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly logger: Logger;
  readonly metrics: Registry;
  /** Folder of the mapping files. */
  readonly folder: string;
  /** Folder for the refused rows of scheduled runs, `<source>.refused.csv`, which is made when it is not there. */
  readonly rejects: string;
  readonly targets: () => Promise<readonly Target[]>;
}

/** How often is looked for mapping files that are new or were mended. */
const LOOK_EVERY_MS = 60_000;
/** For the owner of the process alone: refused rows stand there as their source has them. */
const FOR_ITS_OWNER = 0o700;

/**
 * Enters the sources of a department's mapping files, runs those with a schedule and watches the folders of those with
 * `drop`. A faulty mapping is logged with its line, once, and stops nothing; mended, it is taken within a minute, as a
 * new one is. Each run reads its mapping anew; another schedule, or another folder, counts from the next start on.
 */
export async function startConnectors(service: ConnectorService): Promise<void> {
  const { connection, jobs, clock, outbox, logger, metrics, folder, targets } = service;
  const figures = runMetrics(metrics);
  const told = new Set<string>();
  const started = new Set<string>();
  /** What the folder holds now, by name of the source; a job that was started outlives its mapping. */
  let present = new Map<string, FolderMapping>();

  const look = async (): Promise<void> => {
    const { sound, faults } = await mappingsIn(folder, await targets());
    for (const fault of faults) tellOnce(fault, told, logger);
    present = new Map(sound.map((one) => [one.settings.source, one]));
    await enterSources(
      connection,
      sound.map(({ settings, target }) => ({ settings, target: target.name })),
      clock.now(),
    );
    for (const { file, mapping, settings } of sound) {
      const { source, schedule } = settings;
      if (started.has(source)) continue;
      figures.announce(source);
      if (mapping.drop !== null) {
        started.add(source);
        await watchFolders({
          mappings: [file],
          jobs,
          tools: { ...service, metrics: figures, environment: secretsEnvironment() },
          isWatched: () => present.get(source)?.file === file,
        });
        continue;
      }
      if (schedule === null) continue;
      started.add(source);
      scheduleRun(
        {
          name: source,
          schedule,
          run: async (isOver) => {
            const mapping = present.get(source);
            if (mapping !== undefined) await runMapping(mapping, { ...service, figures, isOver });
          },
        },
        service,
      );
    }
  };

  await look();
  jobs.start({ name: 'connector-mappings', everyMs: LOOK_EVERY_MS, beginsAtOnce: false, work: look });
  watchSources({ connection, jobs, clock, outbox, logger, metrics: figures });
}

/** Logs a fault of a mapping unless the log says so already. */
function tellOnce({ file, line, column, message }: FolderFault, told: Set<string>, logger: Logger): void {
  const text = `${file}:${String(line)}:${String(column)} ${message}`;
  if (told.has(text)) return;
  told.add(text);
  logger.error({ file, line, column, fault: message }, 'a mapping is faulty and its source is not run');
}

/** Makes a run of a mapping file as it stands now. What keeps it from beginning is stored as a run that was refused. */
async function runMapping(
  { file, settings, target }: FolderMapping,
  service: ConnectorService & { readonly figures: RunMetrics; readonly isOver: () => boolean },
): Promise<void> {
  const { figures, isOver, rejects, targets, connection, clock, outbox, logger } = service;
  const tools = { connection, clock, outbox, logger, metrics: figures };
  let read: ReadMapping;
  try {
    read = await readMapping(file, {
      targets: await targets(),
      reads: connectorReads(connection),
      environment: secretsEnvironment(),
    });
  } catch (error) {
    if (isDatabaseAbsence(error) || isDepartmentUnavailable(error)) throw error;
    const why = error instanceof CommandFailed ? mappingFailure(error.message) : failureOf(error);
    await noteUnreadable({ ...tools, settings, target }, why);
    throw error;
  }
  await mkdir(rejects, { recursive: true, mode: FOR_ITS_OWNER });
  await runSource({
    ...tools,
    ...read,
    isOver,
    rejectFile: path.join(rejects, `${settings.source}.refused.csv`),
  });
}
