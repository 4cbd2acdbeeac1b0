import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SourceRefused } from '../source-record.js';
import type { SecretPlace } from './source-section.js';

/** What a source is opened with beside its mapping. */
export interface SourceSurroundings {
  /** The folder of the mapping file: paths are relative to it. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * A secret, from where the mapping says that it is.
 * @throws SourceRefused where there is none; the message names the place and never the secret
 */
export async function secretAt(place: SecretPlace, { folder, environment }: SourceSurroundings): Promise<string> {
  if ('environment' in place) {
    const value = environment[place.environment];
    if (value !== undefined && value !== '') return value;
    throw new SourceRefused('SECRET_VARIABLE', { variable: place.environment });
  }
  try {
    const text = (await readFile(path.resolve(folder, place.file), 'utf8')).trim();
    if (text !== '') return text;
  } catch (error) {
    throw new SourceRefused('SECRET_FILE', {
      file: place.file,
      why: error instanceof Error && 'code' in error ? String(error.code) : 'unknown',
    });
  }
  throw new SourceRefused('SECRET_EMPTY', { file: place.file });
}
