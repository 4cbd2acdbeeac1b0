import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readDepartments, UnusableDepartment } from '@zhitong/kit/departments';
import { wholeSchema } from '@zhitong/kit/schema';
import { Command } from 'commander';
import { CompositionRefused, composeSupergraph, type DepartmentSchema } from './compose.js';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const SUPERGRAPH = path.join(ROOT, 'gateway', 'supergraph.graphql');

/** The published schemas in a folder, in the order of the departments' names. @throws CompositionRefused */
function departmentSchemas(folder: string): DepartmentSchema[] {
  try {
    return readDepartments(folder)
      .map(({ name, port, url }) => ({
        name,
        url: url ?? `http://127.0.0.1:${String(port)}/graphql`,
        sdl: schemaOf(folder, { name, isElsewhere: url !== undefined }),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof UnusableDepartment) throw new CompositionRefused([error.message]);
    throw error;
  }
}

/** A department of this repository writes down what is its own; one that lives elsewhere publishes its schema whole. */
function schemaOf(folder: string, { name, isElsewhere }: { name: string; isElsewhere: boolean }): string {
  const file = path.join(folder, name, 'schema.graphql');
  if (!existsSync(file)) throw new CompositionRefused([`${name}: has no schema.graphql.`]);
  const own = readFileSync(file, 'utf8');
  return isElsewhere ? own : wholeSchema(own);
}

function run({ check, subgraphs, output }: { check: boolean; subgraphs: string; output: string }): void {
  const departments = departmentSchemas(subgraphs);
  if (departments.length === 0)
    throw new CompositionRefused([`no department has a schema.graphql under ${subgraphs}.`]);
  const composed = composeSupergraph(departments);
  const current = existsSync(output) ? readFileSync(output, 'utf8') : undefined;
  const names = departments.map(({ name }) => name).join(', ');
  if (composed === current) {
    process.stdout.write(`The supergraph is up to date with ${names}.\n`);
  } else if (check) {
    throw new CompositionRefused([
      `${path.relative(ROOT, output)} is stale: run \`npm run compose\` and commit the result.`,
    ]);
  } else {
    writeFileSync(output, composed);
    process.stdout.write(`The supergraph was composed from ${names} into ${path.relative(ROOT, output)}.\n`);
  }
}

const command = new Command('compose')
  .description("Composes the departments' schemas into gateway/supergraph.graphql.")
  .option('--check', 'write nothing; fail when the checked-in supergraph is stale', false)
  .option('--subgraphs <folder>', 'folder with one folder for each department', path.join(ROOT, 'subgraphs'))
  .option('--output <file>', 'the supergraph', SUPERGRAPH)
  .action((options: { check: boolean; subgraphs: string; output: string }) => {
    try {
      run(options);
    } catch (error) {
      if (!(error instanceof CompositionRefused)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    }
  });
command.parse();
