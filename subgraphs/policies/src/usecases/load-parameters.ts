import { readFileSync } from 'node:fs';
import { inTransaction } from '@zhitong/kit/mongo';
import { figureFaults, isLegalDay } from '@zhitong/values';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import {
  PARAMETER_TYPES,
  wrongDefinition,
  wrongParameterValue,
  type ParameterDefinition,
  type ParameterValue,
} from '../domain/parameters/parameters.js';
import type { Stores } from '../stores.js';

/** A parameter with its values, as a file of reference data holds it. */
export interface ReferenceParameter extends ParameterDefinition {
  readonly values: readonly (Omit<ParameterValue, 'revision' | 'corrects'> & { readonly sourceUrl: string })[];
}

const REFERENCE = new URL('../../data/parameters.json', import.meta.url);
const SHOWN_PROBLEMS = 5;
const day = z.string().refine(isLegalDay, 'must be an existing day, YYYY-MM-DD');
const parameterSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  meaning: z.string(),
  unit: z.string(),
  type: z.enum(PARAMETER_TYPES),
  values: z
    .array(
      z.strictObject({
        from: day,
        until: day.nullable(),
        value: z.union([z.number(), z.string()]),
        source: z.string().max(500),
        sourceUrl: z.string().max(500),
      }),
    )
    .max(1_000),
});

/** The parameters that come with the department, collected from public sources. */
export const readReferenceParameters = (): ReferenceParameter[] =>
  readParameters(JSON.parse(readFileSync(REFERENCE, 'utf8')));

/** Reads parameters with their values; throws an error that names the first that cannot be used. */
export function readParameters(file: unknown): ReferenceParameter[] {
  const read = z.array(parameterSchema).safeParse(file);
  if (!read.success)
    throw new Error(
      read.error.issues
        .slice(0, SHOWN_PROBLEMS)
        .map(({ path, message }) => `${path.map(String).join('.')}: ${message}`)
        .join('; '),
    );
  for (const { values, ...definition } of read.data) {
    const wrong =
      wrongDefinition(definition) ??
      values.map((value) => wrongParameterValue(definition.type, value)).find((found) => found !== null);
    if (wrong) throw new Error(`The parameter ${definition.name} cannot be used: ${wrong.field}: ${wrong.message}`);
    const [fault] = figureFaults(values);
    if (fault !== undefined) throw new Error(`The parameter ${definition.name} ${fault.message}.`);
  }
  return read.data;
}

/**
 * Puts in the parameters that are not here yet, with their values; leaves alone what is. Answers how many it put in.
 */
export async function loadParameters(
  reference: readonly ReferenceParameter[],
  {
    connection,
    stores: { parameters },
    by,
    now,
  }: { connection: Connection; stores: Pick<Stores, 'parameters'>; by: string; now: Date },
): Promise<number> {
  return inTransaction(connection, async (session) => {
    const here = new Set((await parameters.definitions(null, session)).map(({ name }) => name));
    const fresh = reference.filter(({ name }) => !here.has(name));
    for (const { values, ...definition } of fresh) {
      await parameters.define({ ...definition, definedAt: now, definedBy: by }, session);
      for (const [index, value] of values.entries())
        await parameters.append(
          {
            ...value,
            parameter: definition.name,
            revision: index + 1,
            corrects: null,
            recordedAt: now,
            recordedBy: by,
          },
          session,
        );
    }
    return fresh.length;
  });
}
