import { createHash, randomUUID } from 'node:crypto';
import type { Logger } from '@zhitong/kit';
import { refuse, refuseFaults, type CommandBase, type CommandOutcome, type CommandRunner } from '@zhitong/kit/commands';
import type { Job } from '@zhitong/kit/jobs';
import type { CaseFile } from '../domain/files/case-file.js';
import { isOfSender, nextPart, partFaults, roomFaults, senderOf } from '../domain/files/file-rules.js';
import { said } from '../domain/refusal-words.js';
import type { Stores } from '../stores.js';
import type { CommandActor } from './case-commands.js';

interface Announcement extends CommandBase, Pick<CaseFile, 'name' | 'kind' | 'bytes'> {
  readonly actor: CommandActor;
}

interface Part extends CommandBase {
  readonly actor: CommandActor;
  readonly file: string;
  /** From 0. */
  readonly part: number;
  readonly content: Uint8Array;
}

export type CaseFileCommands = ReturnType<typeof caseFileCommands>;

/** Takes files in by parts, before a case takes them. */
export function caseFileCommands({
  runner,
  stores: { files },
}: {
  runner: CommandRunner;
  stores: Pick<Stores, 'files'>;
}) {
  return {
    /** Announces a file; returns its id. */
    begin: async ({ name, kind, bytes, ...command }: Announcement): Promise<CommandOutcome<string>> =>
      runner.run({ ...command, name: 'beginCaseFile', request: { name, kind, bytes } }, async (session) => {
        const sender = senderOf(command.actor);
        const faults = roomFaults(await files.onTheWay(sender, session), { bytes });
        if (faults.length > 0) return refuseFaults(faults);
        const id = randomUUID();
        await files.begin({ id, sender, name, kind, bytes, received: 0, sha256: null, caseNumber: null }, session);
        return id;
      }),

    /** Keeps the part of a file that is awaited; with the last one the file is whole. Returns its id. */
    addPart: async ({ file, part, content, ...command }: Part): Promise<CommandOutcome<string>> => {
      const digest = createHash('sha256').update(content).digest('hex');
      return runner.run({ ...command, name: 'addCaseFilePart', request: { file, part, digest } }, async (session) => {
        const known = (await files.byIds([file], session)).get(file);
        if (known === undefined || !isOfSender(known, command.actor))
          return refuse('INVALID', said('NO_FILE', { id: file.slice(0, 40) }), ['file']);
        const faults = partFaults(known, { part, content });
        if (faults.length > 0) return refuseFaults(faults);
        await files.addPart({ file, part, content }, session);
        if (nextPart({ ...known, received: part + 1 }) === null) await files.seal(file, session);
        return file;
      });
    },
  };
}

const HOUR_MS = 3_600_000;
/** A process that died with the round leaves it to another after so long. */
const LEASE_MS = 60_000;
/** Files that are looked for at once. */
const BATCH = 100;

/**
 * The job that removes, at the start and each hour, the files that no case took within a day. Not by an index that
 * expires: a case that took files would have to write their whole content again to keep it.
 */
export function fileSweepJob({
  stores: { files, transaction },
  logger,
}: {
  stores: Pick<Stores, 'files' | 'transaction'>;
  logger: Pick<Logger, 'info'>;
}): Job {
  return {
    name: 'sweep-case-files',
    everyMs: HOUR_MS,
    leaseMs: LEASE_MS,
    work: async ({ isOver }) => {
      let removed = 0;
      for (let ids = await files.leftBehind(BATCH); ids.length > 0 && !isOver(); ids = await files.leftBehind(BATCH))
        for (const id of ids) if (await transaction(async (session) => files.remove(id, session))) removed += 1;
      if (removed > 0) logger.info({ removed }, 'files that no case took are removed');
    },
  };
}
