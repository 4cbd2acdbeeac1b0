import path from 'node:path';
import type { Writable } from 'node:stream';
import { guessMapping, type TargetShape } from '../mapping/index.js';
import { formatOf } from '../sources/magic.js';
import { sourceOf, type SourceSection, type SourceSurroundings } from '../sources/index.js';
import { SourceRefused } from '../source-record.js';
import { firstRecords } from './check-mapping.js';

export interface GuessFileInput {
  readonly file: string;
  readonly target: TargetShape;
  /** Code of the department that delivers. */
  readonly department: string;
  readonly surroundings: SourceSurroundings;
  /** The schema's place as seen from where the mapping will stand. */
  readonly schema: string;
}

const LOOKED_AT = 200;

/**
 * Prints a mapping for a file without one: what `npm run connect -- guess` does.
 * @returns whether the file could be read
 */
export async function guessFile(input: GuessFileInput, out: Writable): Promise<boolean> {
  try {
    const section = await sectionOf(input.file);
    const source = await sourceOf(
      { source: section, watermark: null, timeZone: 'Asia/Shanghai' },
      input.surroundings,
      input.file,
    );
    const { header, records } = await firstRecords(source, LOOKED_AT);
    const { name, ext } = path.parse(input.file);
    const plain = name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '');
    out.write(
      guessMapping({
        name: plain.length < 2 ? `source-${ext.slice(1).toLowerCase()}` : plain.slice(0, 63),
        department: input.department,
        source: section,
        target: input.target,
        columns: header.columns,
        ...(header.above !== undefined && { above: header.above }),
        records,
        schema: input.schema,
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof SourceRefused)) throw error;
    out.write(`${error.message}\n`);
    return false;
  }
}

/** How a file is read, by its first bytes and its name. */
async function sectionOf(file: string): Promise<SourceSection> {
  const format = await formatOf(file);
  const name = path.basename(file);
  if (format === 'xlsx') return { kind: 'xlsx', path: name };
  if (format === 'ole') return { kind: 'xls', path: name };
  return /\.(?:json|ndjson|jsonl)$/i.test(file) ? { kind: 'json', path: name } : { kind: 'csv', path: name };
}
