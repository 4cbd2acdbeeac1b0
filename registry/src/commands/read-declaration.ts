import { readFileSync } from 'node:fs';
import { reasonOf } from '@zhitong/kit';
import { CommandFailed } from '@zhitong/kit/cli';
import { z } from 'zod';
import type { Dependant } from '../domain/judgement.js';

const schema = z.array(z.strictObject({ coordinate: z.string(), name: z.string() }));
const STANDARD_INPUT = 0;

/** Reads what a department declares, from a file or, without one, from standard input. @throws CommandFailed */
export function readDeclaration(file: string | undefined): Dependant[] {
  const source = file ?? 'standard input';
  let text: string;
  try {
    text = readFileSync(file ?? STANDARD_INPUT, 'utf8');
  } catch (error) {
    throw new CommandFailed(`${source} cannot be read: ${reasonOf(error)}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CommandFailed(`${source} is no JSON: ${reasonOf(error)}`);
  }
  const read = schema.safeParse(json);
  if (!read.success) throw new CommandFailed(`${source} is no declaration: ${z.prettifyError(read.error)}`);
  return read.data;
}
