import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { isDepartmentUnavailable, type Clock } from '@zhitong/kit';
import { CommandFailed, type Command } from '@zhitong/kit/cli';
import { conflictView } from '../graph/views.js';
import type { RunRecord } from '../runs/collections.js';
import { secretsEnvironment } from '../config.js';
import { connectorReads } from '../runs/read-runs.js';
import { runSource, type RunReport, type RunRequest } from '../runs/run-source.js';
import { RunRefused } from '../runs/run-settings.js';
import { undoRun } from '../runs/undo-run.js';
import { SourceRefused } from '../source-record.js';
import type { Target } from '../target.js';
import type { OpenConnectors, WithConnectors } from './open-connectors.js';
import { addWatchCommand } from './watch-command.js';
import { countsText, progressText } from './report-lines.js';
import { checkMappingFile, guessMappingFile, readMapping, type MappingReader } from './mapping-files.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const PAGE = '50';
const HIDDEN = '***';
/**
 * Of some 80 MiB that a run holds, V8 lets garbage grow to four times as much before it collects the old generation,
 * more where the processor is shared. Half as much again keeps a run under 300 MiB whatever the size of its source.
 */
const GARBAGE_BOUND = '--heap-growing-percent=50';

/** What a run, a source or an undoing was refused for is one line and not a fault of the program. */
const inWords =
  (open: WithConnectors): WithConnectors =>
  async (work) => {
    try {
      await open(work);
    } catch (error) {
      const isInWords = error instanceof RunRefused || error instanceof SourceRefused || isDepartmentUnavailable(error);
      if (!isInWords || !(error instanceof Error)) throw error;
      throw new CommandFailed(error instanceof SourceRefused ? `${error.chinese}\n${error.message}` : error.message);
    }
  };

/** Gives a department's command line `connect run | check | guess | watch | history | refusals | conflicts | undo`. */
export function addConnectCommands(program: Command, open: WithConnectors): void {
  const withConnectors = inWords(open);
  const connect = program.command('connect').description('existing systems that deliver to this department');
  addMappingCommands(connect, withConnectors);
  addWatchCommand(connect, withConnectors);
  connect
    .command('history')
    .description('sources with their last run and the next one; of one source its runs, newest first')
    .argument('[source]', 'name of a source')
    .option('--first <number>', 'how many runs to show', PAGE)
    .action(async (source: string | undefined, { first }: { first: string }) =>
      withConnectors(async ({ connection, clock }) => {
        const reads = connectorReads(connection);
        if (source === undefined) {
          for (const { _id, target, lastRun, nextRunAt, openRefusals, faults } of await reads.sources(clock.now())) {
            say(
              `${_id} → ${target}: ${lastRun === null ? 'no run yet' : runLine(lastRun)}; ${String(openRefusals)} refused rows open; next ${nextRunAt?.toISOString() ?? 'by hand'}`,
            );
            for (const fault of faults) say(`  ${fault}`);
          }
          return;
        }
        if ((await reads.source(source, clock.now())) === null) throw new CommandFailed(`没有名为 ${source} 的来源`);
        for (const run of await reads.runs(source, { limit: Number(first) })) say(runLine(run));
      }),
    );
  connect
    .command('refusals')
    .description('refused rows of a source that wait to be corrected; personal data is masked')
    .argument('<source>', 'name of a source')
    .option('--first <number>', 'how many rows to show', PAGE)
    .action(async (source: string, { first }: { first: string }) =>
      withConnectors(async ({ connection, clock }) => {
        const reads = connectorReads(connection);
        const state = await reads.source(source, clock.now());
        if (state === null) throw new CommandFailed(`没有名为 ${source} 的来源`);
        for (const { place, column, reason } of await reads.refusals(source, { limit: Number(first) }))
          say(
            `${place.source}${place.line === undefined ? '' : ` 第 ${String(place.line)} 行`} ${column ?? ''}：${reason}`,
          );
        say(`${String(state.openRefusals)} 行待更正${state.keeper === null ? '' : `，由${state.keeper}负责`}`);
      }),
    );
  connect
    .command('conflicts')
    .description('values that a source and another one state differently, with which one stands')
    .argument('<source>', 'name of a source')
    .option('--first <number>', 'how many to show', PAGE)
    .action(async (source: string, { first }: { first: string }) =>
      withConnectors(async ({ connection, clock }) => {
        const reads = connectorReads(connection);
        if ((await reads.source(source, clock.now())) === null) throw new CommandFailed(`没有名为 ${source} 的来源`);
        for (const record of await reads.conflictsOf(source, { limit: Number(first), after: null })) {
          const { key, field, wonBy, won, lostBy, lost } = conflictView(record);
          say(`${key} ${field}：采用 ${wonBy} 的 ${won ?? HIDDEN}，未采用 ${lostBy} 的 ${lost ?? HIDDEN}`);
        }
        say(`${String(await reads.countConflicts(source))} 处取值不同`);
      }),
    );
  connect
    .command('undo')
    .description(
      'takes back what a run did, the newest run of its source first; what was changed since is left and listed',
    )
    .argument('<run>', 'run, as history shows it')
    .action(async (runId: string) =>
      withConnectors(async ({ connection, clock, targets }) => {
        const run = await connectorReads(connection).run(runId);
        if (run === null) throw new CommandFailed(`没有编号为 ${runId} 的运行`);
        const target = targetNamed(await targets(), run.target);
        const { undoing } = await undoRun({ connection, target, runId, by: 'command line', clock });
        say(`已撤销 ${String(undoing?.undone ?? 0)} 条，保留 ${String(undoing?.left ?? 0)} 条`);
        for (const { key, reason } of undoing?.leftRecords ?? []) say(`${key}：${reason}`);
      }),
    );
}

interface RunOptions {
  readonly dryRun: boolean;
  readonly input?: string;
  readonly rejects?: string;
  readonly whole: boolean;
}

/** `run | check | guess`, which read mapping files. */
function addMappingCommands(connect: Command, withConnectors: WithConnectors): void {
  connect
    .command('run')
    .description('runs a mapping once: reads its source, lands its rows, and says what became of them')
    .argument('<mapping>', 'mapping file')
    .option('--dry-run', 'does everything and stores nothing; says what would change', false)
    .option('--input <file>', 'reads this file in place of the source of the mapping, for example corrected rows')
    .option('--rejects <file>', 'where refused rows are written (default: beside the mapping)')
    .option('--whole', 'reads a source that gives what has changed since the last run from its beginning', false)
    .action(async (file: string, { dryRun, input, rejects, whole: isAfresh }: RunOptions) => {
      setFlagsFromString(GARBAGE_BOUND);
      await withConnectors(async ({ targets, ...tools }) => {
        const { drift, settings, ...mapping } = await readMapping(
          file,
          await readerOf({ ...tools, targets }),
          input === undefined ? undefined : { as: 'correction', file: input },
          isAfresh,
        );
        const progress = progressOf(tools.clock);
        const rejectFile =
          rejects ?? path.join(path.dirname(file), `${settings.source}${input ? '.again' : ''}.refused.csv`);
        const report = await runSource({
          ...tools,
          ...mapping,
          settings,
          drift,
          isDryRun: dryRun,
          onProgress: progress.tell,
          ...(dryRun ? {} : { rejectFile, rejectsGoBack: true }),
        });
        progress.end();
        tellReport(report, dryRun);
        if (report.run.counts.refused > 0 && !dryRun)
          say(`退回的行连同原因写在 ${rejectFile}，更正后用 --input 重新送入`);
        if (report.run.state !== 'DONE') throw new CommandFailed(report.run.failure ?? '运行未完成');
      });
    });
  connect
    .command('check')
    .description('names the faults of a mapping by line and shows the first rows mapped; writes nothing')
    .argument('<mapping>', 'mapping file')
    .option('--whole', 'reads all records, and counts how many the mapping takes', false)
    .action(async (file: string, { whole: isWhole }: { whole: boolean }) => {
      setFlagsFromString(GARBAGE_BOUND);
      await withConnectors(async (tools) => {
        if (!(await checkMappingFile(file, { ...(await readerOf(tools)), isWhole }, process.stdout)))
          throw new CommandFailed(`${file} cannot be run as it is.`);
      });
    });
  connect
    .command('guess')
    .description('prints a mapping for a file without one, from its headers and values')
    .argument('<file>', 'the file')
    .requiredOption('--target <name>', 'what its records are: a target of this department')
    .option('--department <code>', 'office that delivers it', 'CODE')
    .action(async (file: string, { target, department }: { target: string; department: string }) =>
      withConnectors(async ({ targets }) => {
        const asked = { target: targetNamed(await targets(), target), department, environment: secretsEnvironment() };
        if (!(await guessMappingFile(file, asked, process.stdout))) throw new CommandFailed(`${file} cannot be read.`);
      }),
    );
}

const readerOf = async ({
  connection,
  targets,
}: Pick<OpenConnectors, 'connection' | 'targets'>): Promise<MappingReader> => ({
  targets: await targets(),
  reads: connectorReads(connection),
  environment: secretsEnvironment(),
});

function targetNamed(targets: readonly Target[], name: string): Target {
  const target = targets.find((one) => one.name === name);
  if (target === undefined)
    throw new CommandFailed(`本部门不接收 ${name} 类记录，只接收：${targets.map((one) => one.name).join('、')}`);
  return target;
}

const runLine = (run: RunRecord): string =>
  `${run._id} ${run.startedAt.toISOString()} ${run.state} ${countsText(run)}${run.failure === null ? '' : `（${run.failure}）`}`;

/** What a run came to, with the first changes of a dry run. */
function tellReport({ run, changes }: RunReport, isDryRun: boolean): void {
  for (const note of run.notes) say(note);
  if (isDryRun)
    for (const { key, line, kind, fields } of changes)
      say(
        `${kind === 'new' ? '将新增' : '将变更'} ${key}${line === null ? '' : `（第 ${String(line)} 行）`}：${fields.map(({ field, from, to }) => `${field} ${String(from)} → ${String(to)}`).join('，')}`,
      );
  say(`${isDryRun ? '试运行，未写入任何数据。' : ''}${countsText(run)}`);
  if (run.flagged !== undefined) {
    say(`按映射文件补正的行：${String(run.flagged)}，请核对`);
    for (const { place, column, text } of run.flags ?? [])
      say(`${place.source} 第 ${String(place.line ?? place.key ?? '')} 行 ${column ?? ''}：${text}`);
  }
  if (run.conflicts > 0) say(`与其他来源取值不同：${String(run.conflicts)} 处`);
  if (run.sweep !== null)
    say(run.sweep.refused ?? `来源不再提供 ${String(run.sweep.missing)} 条，已标记 ${String(run.sweep.marked)} 条`);
}

/** To the beginning of a terminal's line, and nothing left of it. */
const AFRESH = '\r\u001b[K';

/**
 * How many records were judged, how fast, and how long it still takes, on standard error: rewritten on a terminal,
 * elsewhere told when it is over.
 */
function progressOf(clock: Clock): {
  readonly tell: NonNullable<RunRequest['onProgress']>;
  readonly end: () => void;
} {
  const began = clock.now().getTime();
  /** From where it is counted: of a run that is gone on with a part was read before. */
  let from: { readonly read: number; readonly share: number | null; readonly at: number } | null = null;
  let line = '';
  return {
    tell: (run, share) => {
      const now = clock.now().getTime();
      from ??=
        run.resumed === 0
          ? { read: 0, share: share === null ? null : 0, at: began }
          : { read: run.counts.read, share, at: now };
      line = progressText(run, share, { ...from, seconds: (now - from.at) / 1_000 });
      if (process.stderr.isTTY) process.stderr.write(`${AFRESH}${line}`);
    },
    end: () => {
      if (line !== '') process.stderr.write(process.stderr.isTTY ? '\n' : `${line}\n`);
    },
  };
}
