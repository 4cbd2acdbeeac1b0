import { readFileSync } from 'node:fs';
import path from 'node:path';
import { wholeSchema } from '@zhitong/kit/schema';
import { lookalikes, SDL_BOUNDS, sdlFaults } from '../../../registry/src/domain/sdl-guard.js';
import { departmentNames } from '../../support/departments.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const messages = (sdl: string): string[] =>
  sdlFaults(sdl).map(({ line, message }) => `${String(line ?? '-')}: ${message}`);

describe('a schema that somebody hands in', () => {
  it.each(departmentNames)('is accepted as %s has it', (name) => {
    const sdl = wholeSchema(readFileSync(path.join(root, 'subgraphs', name, 'schema.graphql'), 'utf8'));
    expect(sdlFaults(sdl)).toEqual([]);
    expect(lookalikes(sdl)).toEqual([]);
  });

  it.each([
    ['an embedding that turns text round', '"Due \u202Eno eud\u202C." type A { a: Int }', 'U+202E'],
    ['the same, written as an escape', '"Due \\u202E." type A { a: Int }', 'U+202E'],
    ['the same, in braces', '"Due \\u{202E}." type A { a: Int }', 'U+202E'],
    ['a space without width', '"Du\u200Be." type A { a: Int }', 'U+200B'],
    [
      'two names that only a sign without width tells apart',
      'type Case { a: Int } type Ca\u200Dse { a: Int }',
      'U+200D',
    ],
    ['a mark of the order of bytes', '\uFEFFtype A { a: Int }', 'U+FEFF'],
    ['a filler of Hangul', '"\u3164" type A { a: Int }', 'U+3164'],
    ['a control character', '"A\u0007" type A { a: Int }', 'U+0007'],
    ['a comment with a tag character', '# \u{E0041}\ntype A { a: Int }', 'U+E0041'],
  ])('is refused for %s', (_what, sdl, code) => {
    expect(messages(sdl)).toEqual([expect.stringContaining(code)]);
  });

  it('says on which line', () => {
    expect(messages('type A {\n  a: Int\n  "x\u200B"\n  b: Int\n}')).toEqual([expect.stringMatching(/^3: /)]);
  });

  it.each([
    ['too many bytes', `# ${'x'.repeat(SDL_BOUNDS.bytes)}`, 'bytes'],
    [
      'a bomb of brackets',
      `type A { a: ${'['.repeat(100_000)}Int${']'.repeat(100_000)} }`,
      'Brackets stand in brackets',
    ],
    ['a bomb of directives', `type A { a: Int ${'@x '.repeat(1_000)} }`, '1000 directives'],
    [
      'a bomb of a key',
      `type A @key(fields: "${'a {'.repeat(50)} b ${'}'.repeat(50)}") { a: A b: ID }`,
      '@key selects more than 12 deep',
    ],
    [
      'the same behind a shallow part, by a directive under a name of its own',
      `type A @mine(fields: "x { y } ${'a {'.repeat(50)} b ${'}'.repeat(50)}") { a: A b: ID }`,
      '@mine selects more than 12 deep',
    ],
    ['a name that is no name', 'type Cas\u0435 { a: Int }', 'Syntax Error'],
    ['an operation', '{ a }', 'no operations'],
    [
      'a later federation',
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key"]) type A { a: Int }',
      'federation/v2.10',
    ],
    [
      'another federation',
      'extend schema @link(url: "https://specs.apollo.dev/federation/v3.0") type A { a: Int }',
      'not known here',
    ],
    [
      'a foreign specification',
      'extend schema @link(url: "https://bad.example/join/v0.3") type A { a: Int }',
      'bad.example',
    ],
    [
      'rights under another name',
      'extend schema @link(url: "https://zhitong.example/access/v1.0", import: [{ name: "@access", as: "@seen" }]) type A { a: Int }',
      'under its own name',
    ],
    [
      'rights under another prefix',
      'extend schema @link(url: "https://zhitong.example/access/v1.0", as: "rights") type A { a: Int }',
      'under its own name',
    ],
  ])('is refused for %s', (_what, sdl, part) => {
    expect(messages(sdl)).toEqual([expect.stringContaining(part)]);
  });

  it('is accepted with a later patch of what is known, and with Chinese, French and emoji in descriptions', () => {
    expect(
      messages(
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"]) "诉求 é 🏛" type A { a: Int }',
      ),
    ).toEqual([]);
  });

  it('tells names that can be mistaken for one another', () => {
    expect(lookalikes('type Case { dueOn: Int due0n: Int } type CaseI { a: Int } type Casel { a: Int }')).toEqual([
      'In Case, `due0n` can be mistaken for `dueOn`.',
      '`Casel` can be mistaken for `CaseI`.',
    ]);
  });
});
