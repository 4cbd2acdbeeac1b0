import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { reasonOf } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { readDepartments, UnusableDepartment } from '@zhitong/kit/departments';
import { wholeSchema } from '@zhitong/kit/schema';
import { GraphQLError } from 'graphql';
import type { Proposal } from '../domain/proposal.js';

const SUBGRAPHS = path.resolve(import.meta.dirname, '..', '..', '..', 'subgraphs');

/** A proposal as it is read from files, and how many lines stand in it before the department's own. */
export interface FiledProposal extends Proposal {
  /** The machine identity for which a department of this repository reads the graph, which owns it. */
  readonly owner: string | null;
  /** Lines of what departments share, which composition puts before the file. */
  readonly linesBefore: number;
  readonly file: string;
}

/**
 * Reads what a department would publish: its folder under `subgraphs/`, or a file and an address of anywhere else.
 * @throws CommandFailed
 */
export function filedProposal(
  department: string,
  { file, url, folder = SUBGRAPHS }: { file?: string | undefined; url?: string | undefined; folder?: string },
): FiledProposal {
  const own = filedProposals(folder).find((one) => one.department === department);
  if (file === undefined) {
    if (own === undefined)
      throw new CommandFailed(
        `subgraphs/${department} is not there: name the schema with --file and its address with --url.`,
      );
    return { ...own, url: url ?? own.url };
  }
  const address = url ?? own?.url;
  if (address === undefined) throw new CommandFailed('--url must say where the department is asked.');
  return { department, url: address, owner: own?.owner ?? null, ...schemaIn(path.resolve(file)) };
}

/** What all departments of this repository would publish. @throws CommandFailed */
export function filedProposals(folder: string = SUBGRAPHS): FiledProposal[] {
  try {
    return readDepartments(folder).map(({ name, port, url, readsGraphAs }) => ({
      department: name,
      url: url ?? `http://127.0.0.1:${String(port)}/graphql`,
      owner: readsGraphAs?.department ?? null,
      ...schemaIn(path.join(folder, name, 'schema.graphql')),
    }));
  } catch (error) {
    if (error instanceof UnusableDepartment) throw new CommandFailed(error.message);
    throw error;
  }
}

/** The schema of a file, whole: what departments share and the file uses without defining it stands before it. */
function schemaIn(file: string): Pick<FiledProposal, 'sdl' | 'linesBefore' | 'file'> {
  if (!existsSync(file)) throw new CommandFailed(`${file} does not exist.`);
  let own: string;
  try {
    own = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`${file} ${reasonOf(error)}.`);
  }
  try {
    const sdl = wholeSchema(own);
    return { sdl, linesBefore: sdl.split('\n').length - own.split('\n').length, file };
  } catch (error) {
    // What cannot be parsed is told by the check, at its line.
    if (error instanceof GraphQLError) return { sdl: own, linesBefore: 0, file };
    throw error;
  }
}
