import path from 'node:path';
import { buildSchema } from 'graphql';
import ts from 'typescript';
import { plugin } from '../../scripts/demanded-resolvers.mjs';

const root = path.resolve(import.meta.dirname, '..', '..');
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  customConditions: ['source'],
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};
const host = ts.createCompilerHost(options);
let before: ts.Program | undefined;

/** What the compiler says of a snippet that stands beside this file; the files around it are read once. */
function compiled(snippet: string): string[] {
  const file = path.join(root, 'tests/architecture/snippet.ts');
  const withSnippet: ts.CompilerHost = {
    ...host,
    fileExists: (name) => name === file || host.fileExists(name),
    getSourceFile: (name, version) =>
      name === file
        ? ts.createSourceFile(name, snippet, version)
        : (before?.getSourceFile(name) ?? host.getSourceFile(name, version)),
  };
  before = ts.createProgram([file], options, withSnippet, before);
  const source = before.getSourceFile(file);
  return [...before.getSyntacticDiagnostics(source), ...before.getSemanticDiagnostics(source)].map(({ messageText }) =>
    ts.flattenDiagnosticMessageText(messageText, '\n'),
  );
}

/** Resolver types as the code generation makes them, and the record behind the type. */
const HARBOUR = `
  type Resolver<Result, Parent> = ((parent: Parent, args: {}, context: {}) => Promise<Result> | Result) | { resolve: (parent: Parent) => Result };
  interface StoredBerth { code: string; lengthCm: number; isFree: boolean; notes: string[]; freeSince: string | null }
  type BerthRecord = Pick<StoredBerth, 'code'> & Partial<Omit<StoredBerth, 'code'>>;
  interface BerthFields {
    __resolveReference?: (reference: { code: string }) => Promise<BerthRecord | null>;
    code?: Resolver<string, BerthRecord>;
    length?: Resolver<string, BerthRecord>;
    isFree?: Resolver<boolean, BerthRecord>;
    notes?: Resolver<Array<string>, BerthRecord>;
    freeSince?: Resolver<string | null | undefined, BerthRecord>;
  }
  type BerthResolvers = DemandedResolvers<BerthFields, BerthRecord>;
`;
const IMPORTS = `import type { CompleteResolvers, DemandedResolvers } from '../../kit/src/graph/demanded-resolvers.js';
  import { fieldTable } from '../../kit/src/graph/field-table.js';
  import { ALWAYS_STORED, type StatedDefaults } from '../../kit/src/mongo/stated-defaults.js';
`;
const TABLE = "fieldTable<BerthResolvers, Omit<StoredBerth, 'code'>>()";
const READS = "code: [], length: ['lengthCm'], isFree: ['isFree'], notes: ['notes']";
const said = (code: string, declarations = HARBOUR): string =>
  compiled(`${IMPORTS}${declarations}\n${code}`).join('\n');

describe('the compiler', () => {
  it('accepts resolvers of what the record does not hold, and a table with every field', () => {
    expect(
      said(`
      export const Berth: BerthResolvers = { length: ({ lengthCm }) => String(lengthCm) };
      export const { storedFields } = ${TABLE}({ ${READS}, freeSince: ['freeSince'] });
      export const before: StatedDefaults<Omit<StoredBerth, 'code'>> = { lengthCm: ALWAYS_STORED, isFree: ALWAYS_STORED, notes: [], freeSince: null };
      export const resolvers: CompleteResolvers<{ Berth: BerthResolvers; Edge: { node?: Resolver<string, {}> } }> = { Berth };`),
    ).toBe('');
  });

  it.each<[string, string, RegExp]>([
    [
      'a resolver that is missing, of a field that the record does not hold',
      'export const Berth: BerthResolvers = {};',
      /'length' is missing/,
    ],
    ['a field without an entry', `export const table = ${TABLE}({ ${READS} });`, /'freeSince' is missing/],
    [
      'an entry of no field',
      `export const table = ${TABLE}({ ${READS}, freeSince: ['freeSince'], depth: [] });`,
      /'depth' does not exist/,
    ],
    [
      'an entry that names no stored field',
      `export const table = ${TABLE}({ ${READS}, freeSince: ['since'] });`,
      /"since"' is not assignable/,
    ],
    [
      'a stored field of which nobody says what it was before',
      "export const before: StatedDefaults<Pick<StoredBerth, 'notes' | 'freeSince'>> = { notes: [] };",
      /'freeSince' is missing/,
    ],
    [
      'a default of another kind',
      "export const before: StatedDefaults<Pick<StoredBerth, 'notes'>> = { notes: null };",
      /'null' is not assignable/,
    ],
    [
      'a type without its resolvers',
      'export const resolvers: CompleteResolvers<{ Berth: BerthResolvers }> = {};',
      /'Berth' is missing/,
    ],
  ])('refuses %s', (_what, code, message) => {
    expect(said(code)).toMatch(message);
  });

  it('refuses a resolver that is missing where the record holds the field otherwise than it is shown', () => {
    const changed = HARBOUR.replace(
      'isFree?: Resolver<boolean, BerthRecord>',
      "isFree?: Resolver<'YES' | 'NO', BerthRecord>",
    );
    expect(
      said('export const Berth: BerthResolvers = { length: ({ lengthCm }) => String(lengthCm) };', changed),
    ).toMatch(/'isFree' is missing/);
  });
});

describe('the generated types of a schema', () => {
  const schema = buildSchema(`
    directive @external on FIELD_DEFINITION
    type Query { berth(code: ID!): Berth }
    type Mutation { bookBerth: BookBerthPayload }
    type Berth { code: ID! length: String! }
    type BookBerthPayload { berth: Berth refusal: String }
    type BerthConnection { nodes: [Berth!]! pageInfo: String! totalCount: Int! }
    type Ship { name: String! @external }
  `);
  const { content } = plugin(schema);

  it.each([
    ['every query', 'QueryResolvers<ContextType = Context> = Required<QueryFields<ContextType>>'],
    ['every mutation', 'MutationResolvers<ContextType = Context> = Required<MutationFields<ContextType>>'],
    [
      'what a record does not hold',
      "BerthResolvers<ContextType = Context> = DemandedResolvers<BerthFields<ContextType>, ResolversParentTypes['Berth']>",
    ],
    [
      'of a connection all but the count, which the kit resolves',
      "DemandedResolvers<BerthConnectionFields<ContextType>, ResolversParentTypes['BerthConnection'] & { totalCount: number }>",
    ],
    [
      'nothing of a payload, whose record is whole or a refusal',
      'BookBerthPayloadResolvers<ContextType = Context> = BookBerthPayloadFields<ContextType>',
    ],
  ])('demand %s', (_what, type) => expect(content).toContain(type));

  it('demand nothing of what another department shows', () => expect(content).not.toContain('Ship'));
});
