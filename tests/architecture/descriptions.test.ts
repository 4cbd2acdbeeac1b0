import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, visit } from 'graphql';
import { departmentNames } from '../support/departments.js';

const root = path.resolve(import.meta.dirname, '..', '..');

/** Every argument of a schema, with the words of its description. */
function describedArguments(sdl: string): [string, string[]][] {
  const found: [string, string[]][] = [];
  visit(parse(sdl), {
    FieldDefinition: ({ name, arguments: list = [] }) => {
      for (const one of list)
        found.push([`${name.value}(${one.name.value}:)`, (one.description?.value ?? '').split(/\s+/)]);
    },
  });
  return found;
}

describe.each(departmentNames)('the schema of %s', (name) => {
  it('says of each argument what is to be given, in more than "Which case."', () => {
    const sdl = readFileSync(path.join(root, 'subgraphs', name, 'schema.graphql'), 'utf8');
    const empty = describedArguments(sdl).filter(
      ([, words]) => words.length < 4 || /^(Which|Why|How|To whom)\b/.test(words.join(' ')),
    );
    expect(empty.map(([argument, words]) => `${argument} ${words.join(' ')}`)).toEqual([]);
  });
});
