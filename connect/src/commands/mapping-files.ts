import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { reasonOf } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { checkMapping, firstRecords } from '../check/check-mapping.js';
import { guessFile } from '../check/guess-file.js';
import {
  compileMapping,
  differenceText,
  driftOf,
  keyReader,
  loadMapping,
  MAPPING_SCHEMA_FILE,
  secrecyOf,
  shapesOf,
  type Drift,
  type Effect,
  type Mapping,
  type SeenColumns,
} from '../mapping/index.js';
import type { MapRecord } from '../mapped.js';
import { programDigest } from '../mapping/program-digest.js';
import type { Recognition } from '../runs/rows/recognise.js';
import { REJECT_COLUMNS } from '../runs/rows/reject-file.js';
import type { ConnectorReads } from '../runs/read-runs.js';
import type { DriftDecision, RunSettings } from '../runs/run-settings.js';
import { csvSource } from '../sources/csv.js';
import { formatOf } from '../sources/magic.js';
import { sourceOf, type SourceSurroundings } from '../sources/index.js';
import { SourceRefused, type RecordSource } from '../source-record.js';
import type { Target } from '../target.js';
import { correctedSource } from './corrected-source.js';

/** A mapping file that was read: what a run of it is made with. */
export interface ReadMapping {
  readonly mapping: Mapping;
  readonly target: Target;
  readonly settings: RunSettings;
  readonly source: RecordSource;
  readonly map: MapRecord;
  readonly recognition: Recognition | null;
  readonly drift: () => DriftDecision;
}

/**
 * A file in place of the mapping's source: one that somebody gives by hand (a former delivery, corrected rows), or one
 * that was delivered, which stands for all that the source has, with the number of its delivery.
 */
export type GivenFile =
  | { readonly as: 'correction'; readonly file: string }
  | { readonly as: 'delivery'; readonly file: string; readonly delivery: string };

/** What mapping files are read against: the department's records, and what earlier runs saw. */
export interface MappingReader {
  readonly targets: readonly Target[];
  readonly reads: Pick<ConnectorReads, 'runs'>;
  readonly environment: SourceSurroundings['environment'];
}

/** Records by which is judged what columns hold. */
const LOOKED_AT = 1_000;
const SECONDS_OF_HOUR = 3_600;
const DECISIONS: Readonly<Record<Effect, DriftDecision['decision']>> = {
  stop: 'STOP',
  quarantine: 'QUARANTINE',
  'go on': 'GO_ON',
};
/** Runs that are looked through for the columns that were seen last. */
const EARLIER_RUNS = 20;

/**
 * A mapping file's content, found sound.
 * @throws CommandFailed with each fault of the file by line
 */
export async function soundMapping(
  file: string,
  targets: readonly Target[],
): Promise<{ readonly mapping: Mapping; readonly target: Target; readonly text: string }> {
  const text = await textOf(file);
  const loaded = loadMapping(text, byName(targets));
  if (!loaded.ok)
    throw new CommandFailed(
      loaded.faults
        .map(({ line, column, message }) => `${file}:${String(line)}:${String(column)} ${message}`)
        .join('\n'),
    );
  const { mapping } = loaded;
  const target = targets.find(({ name }) => name === mapping.target);
  if (target === undefined) throw new CommandFailed(`No department takes "${mapping.target}".`);
  return { mapping, target, text };
}

/**
 * Reads a mapping file and opens its source for a look at the columns. A source that cannot be read refuses when it is
 * opened for the run, which stores that it did.
 * @throws CommandFailed with each fault of the file by line
 * @throws SourceRefused where a secret is not where the mapping says
 */
export async function readMapping(
  file: string,
  { targets, reads, environment }: MappingReader,
  given?: GivenFile,
  isAfresh = false,
): Promise<ReadMapping> {
  const { mapping, target, text } = await soundMapping(file, targets);
  const { source, isCorrection } = await sourceOfRun(mapping, { folder: path.dirname(file), environment }, given);
  const isWhole = given === undefined || (given.as === 'delivery' && !isCorrection);
  const looked = await lookAt(source);
  const columns = shapesOf(looked.header.columns, looked.records);
  // A file that is given by hand says nothing of what the source has become.
  const drift = driftOf(mapping, target, columns, isWhole ? await seenBefore(reads, mapping.name) : null);
  return {
    mapping,
    target,
    source: looked.source,
    map: compileMapping(mapping, target),
    recognition: recognitionOf(mapping, target, text),
    settings: {
      ...settingsOf(mapping, target, { text, isWhole, isAfresh }),
      ...(given?.as === 'delivery' ? { delivery: given.delivery } : {}),
    },
    drift: () => decisionOf(drift, target, columns),
  };
}

/** How a target's records are known again; null for one that knows its records by more than their key. */
const recognitionOf = (mapping: Mapping, target: Target, text: string): Recognition | null =>
  target.names === undefined
    ? { form: hash('sha256', text + tablesOf(target) + programDigest()), keyOf: keyReader(mapping, target) }
    : null;

const tablesOf = ({ fields }: Target): string =>
  JSON.stringify(fields, (_name, value: unknown) => (value instanceof Map ? [...value] : value));

/** The first records of a source; of one that cannot be read none, and a source that says why. */
async function lookAt(
  source: RecordSource,
): Promise<Awaited<ReturnType<typeof firstRecords>> & { readonly source: RecordSource }> {
  try {
    return { ...(await firstRecords(source, LOOKED_AT)), source };
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error;
    const header = { columns: [], notes: [], digest: null };
    return { header, records: [], source: { open: async () => Promise.reject(error) } };
  }
}

/**
 * Prints what is to be known of a mapping before its first run; of all records with `isWhole`.
 * @returns false: it cannot be run
 */
export async function checkMappingFile(
  file: string,
  { targets, reads, environment, isWhole }: MappingReader & { readonly isWhole: boolean },
  out: NodeJS.WritableStream & Parameters<typeof checkMapping>[1],
): Promise<boolean> {
  const text = await textOf(file);
  const loaded = loadMapping(text, byName(targets));
  return checkMapping(
    {
      file,
      text,
      targets: byName(targets),
      surroundings: { folder: path.dirname(file), environment },
      seen: loaded.ok ? await seenBefore(reads, loaded.mapping.name) : null,
      isWhole,
    },
    out,
  );
}

/** Prints a mapping for a file without one; false: the file cannot be read. */
export async function guessMappingFile(
  file: string,
  { target, department, environment }: { target: Target; department: string } & Pick<MappingReader, 'environment'>,
  out: Parameters<typeof guessFile>[1],
): Promise<boolean> {
  return guessFile(
    {
      file,
      target,
      department,
      surroundings: { folder: path.dirname(file), environment },
      schema: path.relative(path.dirname(path.resolve(file)), new URL(MAPPING_SCHEMA_FILE).pathname),
    },
    out,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`The mapping ${file} cannot be read: ${reasonOf(error)}.`);
  }
}

const byName = (targets: readonly Target[]): ReadonlyMap<string, Target> =>
  new Map(targets.map((target) => [target.name, target]));

/** The mapping's source, or the file in its place: a reject file is CSV in UTF-8 whatever the source is. */
async function sourceOfRun(
  mapping: Mapping,
  surroundings: SourceSurroundings,
  given: GivenFile | undefined,
): Promise<{ readonly source: RecordSource; readonly isCorrection: boolean }> {
  if (given === undefined) return { source: await sourceOf(mapping, surroundings), isCorrection: false };
  const input = given.file;
  if ((await formatOf(input)) === 'text') {
    const csv = csvSource({ file: input, encoding: 'utf-8', delimiter: ',' });
    const open = await csv.open({ after: null }).catch(() => null);
    await open?.[Symbol.asyncDispose]();
    if (open !== null && REJECT_COLUMNS.every((column) => open.header.columns.includes(column)))
      return { source: correctedSource(csv), isCorrection: true };
  }
  if (mapping.source.kind === 'sql' || mapping.source.kind === 'http' || mapping.source.kind === 'mongodb')
    throw new CommandFailed(
      `The mapping reads ${mapping.source.kind === 'http' ? 'an interface' : 'a database'}; in its place only a reject file can be given.`,
    );
  return { source: await sourceOf(mapping, surroundings, path.resolve(input)), isCorrection: false };
}

async function seenBefore(reads: Pick<ConnectorReads, 'runs'>, source: string): Promise<SeenColumns | null> {
  const runs = await reads.runs(source, { limit: EARLIER_RUNS });
  const last = runs.find(({ state, drift }) => state === 'DONE' && drift?.columns !== undefined);
  return (last?.drift?.columns ?? null) as SeenColumns | null; // what `decisionOf` stored
}

const decisionOf = ({ effect, differences }: Drift, target: Target, columns: SeenColumns): DriftDecision => ({
  decision: DECISIONS[effect],
  differences: differences.map((difference) => ({
    column: difference.column,
    kind: difference.kind,
    text: differenceText(difference, target),
  })),
  columns,
});

/**
 * What the engine goes by of a mapping.
 * @param isWhole false where another file is read in place of its source
 * @param isAfresh a source that gives what has changed since is read from its beginning
 */
export function settingsOf(
  mapping: Mapping,
  target: Target,
  {
    text,
    isWhole,
    isAfresh = false,
  }: { readonly text: string; readonly isWhole: boolean; readonly isAfresh?: boolean },
): RunSettings {
  const tellsChanges = mapping.source.kind === 'mongodb';
  const { name, department, precedence, keeper, schedule, silentAfter, sweep, watermark, fields, undoDays } = mapping;
  const secrecy = secrecyOf(mapping, target);
  const personal = Object.entries(fields).filter(([field]) => target.fields[field]?.isPersonal === true);
  return {
    source: name,
    department,
    // One kind of reading does not go on where the other was broken off.
    mappingDigest: hash('sha256', isAfresh ? `${text}\n# --whole` : text),
    precedence,
    keeper,
    schedule,
    silentAfterHours: silentAfter === null ? null : silentAfter / SECONDS_OF_HOUR,
    undoDays,
    personalColumns: new Set(personal.flatMap(([, { columns }]) => columns)),
    ...(secrecy === undefined ? {} : { secrecy }),
    isIncremental: isWhole && !isAfresh && (watermark !== null || tellsChanges),
    tellsDeletions: isWhole && !isAfresh && tellsChanges,
    isByHand: !isWhole,
    sweep: isWhole && sweep !== null ? { mostShare: sweep.safetyShare } : null,
  };
}
