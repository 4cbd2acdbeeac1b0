import { access, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CommandFailed } from '@zhitong/kit/cli';
import { jobLeases, systemTimers, type JobLease } from '@zhitong/kit/jobs';
import { ulid } from 'ulid';
import { soundMapping } from '../commands/mapping-files.js';
import type { RunRecord } from '../runs/collections.js';
import { DONE_ENDING, DropWatch } from './dropped-files.js';
import { runDelivery, type DeliveryTools } from './run-delivery.js';

/** What became of one file that was dropped. */
export interface TakenFile {
  /** As it was dropped. */
  readonly name: string;
  /** Where it lies now. */
  readonly file: string;
  readonly run: RunRecord;
  /** Where its refused rows lie; null where none were refused. */
  readonly rejects: string | null;
}

/** What a round over a watched folder did. */
export interface DropRound {
  readonly taken: readonly TakenFile[];
  /** Files that may become complete by themselves. */
  readonly waiting: number;
}

/** A watched folder of one source. */
export interface DropFolder {
  readonly source: string;
  /** Takes what is complete; nothing while another process does. `isOver` ends it after the batch in hand. */
  round(isOver?: () => boolean): Promise<DropRound>;
}

/** Beside what is dropped: files that are being run, were run, and could not be. */
const TAKING = 'taking';
const TAKEN = 'taken';
const REFUSED = 'refused';
const REJECTS_ENDING = '.refused.csv';
const REASON_ENDING = '.reason.txt';
const ULID_LENGTH = 26;
/** A process that died has the folder to itself for so long. */
const LEASE_MS = 30_000;

/**
 * The folder into which the files of a mapping's source are dropped. A complete file is claimed by moving it to
 * `taking/<source>` under a number, run under that number, and moved to `taken/`, or to `refused/` with the reason
 * where it could not be used as a whole; the rows that were refused lie beside it. Whatever the process dies at, the
 * next round finds the claimed file, and a run under its number is made once. Files are run in the order in which they
 * were last written.
 * @throws CommandFailed for a mapping with faults, and for one without a folder
 */
export async function dropFolder(mappingFile: string, tools: DeliveryTools): Promise<DropFolder> {
  const { mapping } = await soundMapping(mappingFile, await tools.targets());
  const { name: source, drop } = mapping;
  if (drop === null)
    throw new CommandFailed(`${mappingFile} names no folder to be watched: state drop: { folder: … }.`);
  const folder = path.resolve(path.dirname(mappingFile), drop.folder);
  const taking = path.join(folder, TAKING, source);
  const watch = new DropWatch(folder, drop);
  const leases = jobLeases({ connection: tools.connection, timers: systemTimers });

  const settle = async (claim: string, isOver: () => boolean): Promise<TakenFile | null> => {
    const file = path.join(taking, claim);
    const rejects = file + REJECTS_ENDING;
    const run = await runDelivery(
      { file: mappingFile, source },
      { delivery: claim.slice(0, ULID_LENGTH), file, rejectFile: rejects, rejectsGoBack: true },
      tools,
      isOver,
    );
    if (run.state === 'STOPPED' || run.state === 'RUNNING') return null;
    const isTaken = run.state !== 'REFUSED' && run.state !== 'FAILED';
    const to = path.join(folder, isTaken ? TAKEN : REFUSED, claim);
    if (!isTaken) await writeFile(to + REASON_ENDING, `${run.failure ?? ''}\n`);
    const hasRejects = (await sizeOf(rejects)) > 0;
    if (hasRejects) await moved(rejects, to + REJECTS_ENDING);
    else await rm(rejects, { force: true });
    // The file last: as long as it is here, the next round does all of this again.
    await moved(file, to);
    const left = (await sizeOf(to + REJECTS_ENDING)) > 0;
    return { name: claim.slice(ULID_LENGTH + 1), file: to, run, rejects: left ? to + REJECTS_ENDING : null };
  };

  const roundLeased = async (lease: JobLease, isOver: () => boolean): Promise<DropRound> => {
    const taken: TakenFile[] = [];
    const mustEnd = (): boolean => isOver() || lease.isLost();
    const run = async (claim: string): Promise<void> => {
      const settled = await settle(claim, mustEnd);
      if (settled !== null) taken.push(settled);
    };
    for (const sub of [taking, path.join(folder, TAKEN), path.join(folder, REFUSED)])
      await mkdir(sub, { recursive: true });
    for (const claim of claimsIn(await readdir(taking))) {
      if (mustEnd()) return { taken, waiting: 0 };
      if (drop.complete === 'done-file') await removeMark(path.join(folder, claim.slice(ULID_LENGTH + 1)));
      await run(claim);
    }
    const { complete, waiting } = await watch.look(tools.clock.now());
    for (const name of complete) {
      if (mustEnd()) break;
      const claim = `${ulid(tools.clock.now().getTime())}-${name}`;
      if (!(await moved(path.join(folder, name), path.join(taking, claim)))) continue;
      if (drop.complete === 'done-file') await removeMark(path.join(folder, name));
      await run(claim);
    }
    return { taken, waiting };
  };

  return {
    source,
    round: async (isOver = () => false) => {
      await requireFolder(folder, drop.folder);
      const lease = await leases.claim(`connector-drop-${source}`, LEASE_MS);
      if (lease === null) return { taken: [], waiting: 0 };
      try {
        return await roundLeased(lease, isOver);
      } finally {
        await lease.release();
      }
    },
  };
}

async function requireFolder(folder: string, named: string): Promise<void> {
  try {
    await access(folder);
  } catch (error) {
    throw new CommandFailed(`The folder ${named} cannot be watched (${codeOf(error)}): ${folder}.`);
  }
}

/** The claimed files, oldest first. Beside one may lie its refused rows: the shortest name of a number is the file. */
function claimsIn(names: readonly string[]): string[] {
  const claims = new Map<string, string>();
  for (const name of names) {
    const number = name.slice(0, ULID_LENGTH);
    const other = claims.get(number);
    if (other === undefined || name.length < other.length) claims.set(number, name);
  }
  return [...claims.values()].sort();
}

/** False where there is nothing to move: another process has moved it. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** Takes the mark of a claimed file away, unless another file of its name has come meanwhile. */
async function removeMark(file: string): Promise<void> {
  if ((await sizeOf(file)) === -1) await rm(file + DONE_ENDING, { force: true });
}

/** Size in bytes; -1 for a file that is not there. */
async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return -1;
    throw error;
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
