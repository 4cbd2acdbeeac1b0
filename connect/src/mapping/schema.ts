import Ajv from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { nearest, type MappingFault, type MappingPlaces } from './faults.js';

/** The schema that editors complete mapping files by, and that they are judged by. */
export const MAPPING_SCHEMA_FILE = new URL('../../mapping.schema.json', import.meta.url);

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  if (compiled === undefined) {
    const AjvClass = Ajv.default;
    const ajv = new AjvClass({
      allErrors: true,
      strict: true,
      allowUnionTypes: true,
      discriminator: true,
      verbose: true,
      // The schema is ours and a test compiles it: judging it by its own schema at each start finds nothing new.
      validateSchema: false,
    });
    compiled = ajv.compile(JSON.parse(readFileSync(MAPPING_SCHEMA_FILE, 'utf8')) as object);
  }
  return compiled;
}

/** What the schema says against a mapping's content, at the places where it stands. */
export function schemaFaults(content: unknown, places: MappingPlaces): MappingFault[] {
  const validate = validator();
  if (validate(content)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => !['oneOf', 'anyOf'].includes(keyword));
  return told(errors).map((error) => faultOf(error, places));
}

/**
 * Where a value may have several forms, each form complains. Of a value with the type of one of them that form's
 * complaints count; of one with none, the types together.
 */
function told(errors: readonly ErrorObject[]): ErrorObject[] {
  const isType = ({ keyword }: ErrorObject): boolean => keyword === 'type';
  const at = (path: string): ErrorObject[] =>
    errors.filter(({ instancePath }) => instancePath === path || instancePath.startsWith(`${path}/`));
  return errors.flatMap((error, place) => {
    const { keyword, instancePath } = error;
    if (keyword === 'const' && at(instancePath).length > 1) return [];
    if (
      keyword === 'required' &&
      errors.some((one) => one.keyword === 'discriminator' && one.instancePath === instancePath)
    )
      return [];
    if (!isType(error)) return [error];
    const others = at(error.instancePath);
    if (others.some((one) => (!isType(one) && one.keyword !== 'const') || one.instancePath !== error.instancePath))
      return [];
    if (errors.findIndex((one) => one.instancePath === error.instancePath) !== place) return [];
    const types = others.filter(isType).flatMap(({ params }) => (params as { type: string | string[] }).type);
    return [{ ...error, params: { type: [...new Set(types)] } }];
  });
}

function faultOf(error: ErrorObject, places: MappingPlaces): MappingFault {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const where = path.length === 0 ? 'A mapping' : `"${path.join('.')}"`;
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
      const near = nearest(key, known);
      return places.atKey(
        path,
        key,
        `${where} has no setting "${key}"${near === null ? `; there is ${known.join(', ')}` : `; "${near}" is meant?`}`,
      );
    }
    case 'required':
      return places.atValue(path, `${where} must state "${String(params['missingProperty'])}".`);
    case 'enum':
      return places.atValue(path, `${where} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`);
    case 'type':
      return places.atValue(
        path,
        `${where} must be ${[params['type']].flat().join(' or ')}, not ${shownValue(error.data)}.`,
      );
    case 'pattern':
      return places.atValue(path, `${where} does not have the form that is asked for (${String(params['pattern'])}).`);
    case 'discriminator':
      return places.atValue(
        [...path, 'kind'],
        `${where} must state a "kind" that is known: csv, xlsx, xls, json, sql, mongodb, http.`,
      );
    default:
      return places.atValue(path, `${where} ${error.message ?? 'is wrong'}.`);
  }
}

const shownValue = (value: unknown): string => JSON.stringify(value).slice(0, 40);
