import { Cron } from 'croner';
import { LineCounter, parseDocument } from 'yaml';
import { normalText } from '@zhitong/values';
import { headerText } from '../text/index.js';
import { encodingOf } from '../text/index.js';
import type { SourceSection } from '../sources/source-section.js';
import { fieldFaults } from './field-faults.js';
import { inOrder, MappingPlaces, nearest, type MappingFault } from './faults.js';
import {
  UNDO_DAYS,
  UNKNOWN_TEXTS,
  type Contract,
  type Drop,
  type FieldMapping,
  type Mapping,
  type Push,
} from './mapping.js';
import type { TimeZone } from './readers/days.js';
import type { Transform } from './readers/texts.js';
import type { TargetShape } from './compile.js';
import { schemaFaults } from './schema.js';

/** Of a mapping that does not say which source it is to be believed before. */
const ORDINARY_PRECEDENCE = 100;

const DROP = { files: '*', complete: 'steady', steadySeconds: 30 } as const;
/** A body of 64 MiB within the time that a department's server gives any request. */
const PUSH = { mostBytes: 64 * 1024 * 1024, bodySeconds: 25 } as const;
const FILES: readonly SourceSection['kind'][] = ['csv', 'xlsx', 'xls', 'json'];

/** A mapping, or every fault of its file in the order of its lines. */
export type LoadedMapping =
  { readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly faults: readonly MappingFault[] };

/** A field as the file may write it: a header, several, or all that can be said. */
type WrittenField =
  | string
  | readonly string[]
  | {
      readonly column?: string | readonly string[];
      readonly constant?: string | number | boolean;
      readonly transforms?: readonly Transform[];
      readonly unit?: string;
      readonly currencyColumn?: string;
      readonly prefixColumn?: string;
      readonly codes?: Readonly<Record<string, string | number>>;
      readonly irregular?: 'accept' | 'refuse';
      readonly digits?: number;
      readonly pad?: 'flag';
      readonly separator?: string;
      readonly contract?: Contract;
    };

/** The file as the schema lets it through. */
interface WrittenMapping {
  readonly name: string;
  readonly target: string;
  readonly department: string;
  readonly source: SourceSection;
  readonly fields: Readonly<Record<string, WrittenField>>;
  readonly missingKey?: 'refuse' | 'skip';
  readonly unknown?: readonly string[];
  readonly timeZone?: TimeZone;
  readonly calendar?: 1900 | 1904;
  readonly only?: Readonly<Record<string, string | readonly string[]>>;
  readonly newColumns?: Contract;
  readonly schedule?: string;
  readonly silentAfter?: string;
  readonly undoDays?: number;
  readonly sweep?: 'never' | { readonly safetyShare: number };
  readonly watermark?: { readonly column: string; readonly overlap: string | number };
  readonly precedence?: number;
  readonly keeper?: string;
  readonly drop?: Partial<Drop> & Pick<Drop, 'folder'>;
  readonly push?: Partial<Push> & Pick<Push, 'secret'>;
}

/**
 * Reads a mapping file: YAML, its schema, and what only the target knows.
 * @param targets what the departments take, by its name
 */
export function loadMapping(text: string, targets: ReadonlyMap<string, TargetShape>): LoadedMapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const places = new MappingPlaces(document, lines);
  if (document.errors.length > 0)
    return {
      ok: false,
      faults: inOrder(
        document.errors.map(({ pos, message }) => places.atOffset(pos[0], `This is no YAML: ${message}`)),
      ),
    };
  let content: unknown;
  try {
    content = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { ok: false, faults: [places.atOffset(0, error instanceof Error ? error.message : String(error))] };
  }
  const faults = schemaFaults(content, places);
  if (faults.length > 0) return { ok: false, faults: inOrder(faults) };
  const written = content as WrittenMapping;
  const mapping = mappingOf(written);
  const target = targets.get(written.target);
  const found =
    target === undefined
      ? [places.atValue(['target'], unknownTarget(written.target, targets))]
      : targetFaults(written, mapping, target, places);
  const all = [...found, ...settingFaults(written, places)];
  return all.length > 0 ? { ok: false, faults: inOrder(all) } : { ok: true, mapping };
}

const unknownTarget = (name: string, targets: ReadonlyMap<string, TargetShape>): string => {
  const near = nearest(name, targets.keys());
  return `No department takes "${name}"${near === null ? '' : `; "${near}" is meant?`} There is ${[...targets.keys()].join(', ')}.`;
};

function mappingOf(written: WrittenMapping): Mapping {
  const texts = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
  return {
    name: written.name,
    target: written.target,
    department: written.department,
    source: written.source,
    fields: Object.fromEntries(Object.entries(written.fields).map(([name, field]) => [name, fieldOf(field)])),
    missingKey: written.missingKey ?? 'refuse',
    unknown: new Set((written.unknown ?? UNKNOWN_TEXTS).map((text) => normalText(text).toUpperCase())),
    timeZone: written.timeZone ?? 'Asia/Shanghai',
    calendar: written.calendar ?? 1900,
    only: new Map(
      Object.entries(written.only ?? {}).map(([column, value]) => [
        headerText(column),
        new Set(texts(value).map(normalText)),
      ]),
    ),
    newColumns: written.newColumns ?? 'evolve',
    schedule: written.schedule ?? null,
    silentAfter: written.silentAfter === undefined ? null : secondsOf(written.silentAfter),
    undoDays: written.undoDays ?? UNDO_DAYS,
    sweep: written.sweep === undefined || written.sweep === 'never' ? null : written.sweep,
    watermark:
      written.watermark === undefined
        ? null
        : {
            column: written.watermark.column,
            overlap:
              typeof written.watermark.overlap === 'number'
                ? written.watermark.overlap
                : (secondsOf(written.watermark.overlap) ?? 0),
          },
    precedence: written.precedence ?? ORDINARY_PRECEDENCE,
    keeper: written.keeper ?? null,
    drop: written.drop === undefined ? null : { ...DROP, ...written.drop },
    push: written.push === undefined ? null : { ...PUSH, ...written.push },
  };
}

function fieldOf(written: WrittenField): FieldMapping {
  const field = typeof written === 'string' || isList(written) ? { column: written } : written;
  const columns = field.column === undefined ? [] : typeof field.column === 'string' ? [field.column] : field.column;
  return {
    columns: columns.map(headerText),
    constant: field.constant,
    transforms: field.transforms ?? [],
    unit: field.unit,
    currencyColumn: field.currencyColumn === undefined ? undefined : headerText(field.currencyColumn),
    prefixColumn: field.prefixColumn === undefined ? undefined : headerText(field.prefixColumn),
    codes: Object.fromEntries(Object.entries(field.codes ?? {}).map(([text, code]) => [text, String(code)])),
    irregular: field.irregular ?? 'refuse',
    digits: field.digits,
    pad: field.pad,
    separator: field.separator,
    contract: field.contract ?? 'evolve',
  };
}

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** Fields that the target has not, fields that must be mapped, and what a field's type does not take. */
function targetFaults(
  written: WrittenMapping,
  mapping: Mapping,
  target: TargetShape,
  places: MappingPlaces,
): MappingFault[] {
  const faults: MappingFault[] = [];
  for (const [name, field] of Object.entries(mapping.fields)) {
    const described = target.fields[name];
    if (described === undefined) {
      const near = nearest(name, Object.keys(target.fields));
      const known = near === null ? `it has ${Object.keys(target.fields).join(', ')}` : `"${near}" is meant?`;
      faults.push(places.atKey(['fields'], name, `"${target.name}" has no field "${name}"; ${known}`));
      continue;
    }
    for (const { path, message } of fieldFaults(field, described, mapping))
      faults.push(places.atValue(['fields', name, ...path], message));
  }
  for (const [name, { required, headers }] of Object.entries(target.fields)) {
    if (!required && !target.key.includes(name)) continue;
    if (written.fields[name] === undefined)
      faults.push(
        places.atKey(
          [],
          'fields',
          `The field "${name}" (${headers[0]}) must be mapped: "${target.name}" takes no record without it.`,
        ),
      );
  }
  return faults;
}

/** What the schema cannot judge: schedules, encodings, and settings that need one another. */
function settingFaults(
  { schedule, source, watermark, silentAfter, ...written }: WrittenMapping,
  places: MappingPlaces,
): MappingFault[] {
  const faults: MappingFault[] = [];
  for (const setting of ['drop', 'push'] as const)
    if (written[setting] !== undefined && !FILES.includes(source.kind))
      faults.push(places.atKey([], setting, `Files are delivered; a source of the kind "${source.kind}" is none.`));
  if (written.drop !== undefined && schedule !== undefined)
    faults.push(places.atKey([], 'schedule', 'A folder is watched all the time: state either drop or schedule.'));
  if (schedule !== undefined) {
    try {
      new Cron(schedule, { timezone: 'Asia/Shanghai', paused: true }).stop();
    } catch (error) {
      faults.push(
        places.atValue(
          ['schedule'],
          `"${schedule}" is no schedule: ${error instanceof Error ? error.message : String(error)}`,
        ),
      );
    }
  }
  if (silentAfter !== undefined && secondsOf(silentAfter) === null)
    faults.push(places.atValue(['silentAfter'], `"${silentAfter}" is no duration such as "26 hours".`));
  if ('encoding' in source && source.encoding !== undefined && encodingOf(source.encoding) === null)
    faults.push(places.atValue(['source', 'encoding'], `"${source.encoding}" is no encoding that is known here.`));
  if (source.kind === 'sql') {
    if ((source.table === undefined) === (source.query === undefined))
      faults.push(places.atKey([], 'source', 'State either table or query.'));
    if (source.database === 'sqlite' ? source.path === undefined : source.connection === undefined)
      faults.push(
        places.atKey(
          [],
          'source',
          source.database === 'sqlite' ? 'State path: the SQLite file.' : 'State connection: where its address is.',
        ),
      );
    if (watermark !== undefined && source.key === undefined)
      faults.push(places.atKey([], 'watermark', 'A watermark needs source.key: many rows can have one stamp.'));
  } else if (watermark !== undefined && source.kind !== 'http') {
    faults.push(
      places.atKey(
        [],
        'watermark',
        'Only SQL and HTTP have a watermark: a file is read whole each time, a change stream knows its place.',
      ),
    );
  }
  if (source.kind === 'http' && watermark !== undefined && source.sinceParameter === undefined)
    faults.push(places.atKey([], 'watermark', 'State source.sinceParameter: which parameter takes the watermark.'));
  if (typeof watermark?.overlap === 'string' && secondsOf(watermark.overlap) === null)
    faults.push(places.atValue(['watermark', 'overlap'], `"${watermark.overlap}" is no duration such as "2 days".`));
  return faults;
}

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/**
 * Seconds of a duration as mappings write it; null for anything else.
 * @example secondsOf('26 hours') //=> 93600
 */
export function secondsOf(text: string): number | null {
  const match = /^(\d{1,6}) (second|minute|hour|day)s?$/.exec(text.trim());
  return match === null ? null : Number(match[1]) * (SECONDS[match[2] ?? ''] ?? 0);
}
