import path from 'node:path';
import { SourceRefused, type RecordSource } from '../source-record.js';
import type { Mapping } from '../mapping/mapping.js';
import { encodingOf, type Encoding } from '../text/index.js';
import { csvSource } from './csv.js';
import { httpSource } from './http-json.js';
import { jsonSource } from './json.js';
import { secretAt, type SourceSurroundings } from './secret.js';
import type { SqlSection } from './source-section.js';
import type { SqlDatabase } from './sql/sql.js';
import { xlsxSource } from './workbook/xlsx.js';

/** What of a mapping says where records come from. */
export type SourceOfMapping = Pick<Mapping, 'source' | 'watermark' | 'timeZone'> & Partial<Pick<Mapping, 'sweep'>>;

/**
 * The source that a mapping describes.
 *
 * @param file another file than the mapping names: one that was dropped, or pushed
 * @throws SourceRefused where a secret is not where the mapping says
 */
export async function sourceOf(
  { source, watermark, timeZone, sweep }: SourceOfMapping,
  surroundings: SourceSurroundings,
  file?: string,
): Promise<RecordSource> {
  const at = (name: string): string => file ?? path.resolve(surroundings.folder, name);
  const settings = { watermark: watermark ?? undefined };
  // Libraries of databases and of old workbooks take half a second to load: who reads neither does not wait for them.
  switch (source.kind) {
    case 'csv':
      return csvSource({ ...source, file: at(source.path), encoding: encoding(source.encoding) });
    case 'xlsx':
      return xlsxSource({ ...source, file: at(source.path) });
    case 'xls': {
      const { xlsSource } = await import('./workbook/xls.js');
      return xlsSource({ ...source, file: at(source.path) });
    }
    case 'json':
      return jsonSource({ ...source, file: at(source.path), encoding: encoding(source.encoding) });
    case 'sql': {
      const { sqlSource } = await import('./sql/sql.js');
      return sqlSource(await databaseOf(source, timeZone, surroundings), { ...source, ...settings });
    }
    case 'mongodb': {
      const { mongoSource } = await import('./mongo/mongo.js');
      const address = await secretAt(source.connection, surroundings);
      return mongoSource({ ...source, address, timeZone, withDeletions: sweep !== null && sweep !== undefined });
    }
    case 'http': {
      const { authentication } = source;
      const secret =
        authentication === undefined
          ? null
          : await secretAt(
              authentication.kind === 'api-key' ? authentication.key : authentication.clientSecret,
              surroundings,
            );
      return httpSource({
        ...source,
        ...settings,
        authentication: authentication === undefined || secret === null ? null : { ...authentication, secret },
      });
    }
  }
}

async function databaseOf(
  { database, connection, path: file, timeoutSeconds }: SqlSection,
  timeZone: string,
  surroundings: SourceSurroundings,
): Promise<SqlDatabase> {
  if (database === 'sqlite') {
    if (file === undefined) throw new SourceRefused('NO_FILE_STATED');
    return { kind: 'sqlite', file: path.resolve(surroundings.folder, file) };
  }
  if (connection === undefined) throw new SourceRefused('NO_ADDRESS_STATED');
  return { kind: database, address: await secretAt(connection, surroundings), timeZone, timeoutSeconds };
}

function encoding(label: string | undefined): Encoding | undefined {
  return label === undefined ? undefined : (encodingOf(label) ?? undefined);
}
