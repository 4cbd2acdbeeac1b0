import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  fullFolders,
  idleReasons,
  longFiles,
  looseRigs,
  MOST_FILES,
  MOST_LINES,
  namedOtherwise,
  skeletonFaults,
  type SourceFile,
} from '../support/skeleton.js';

const root = path.resolve(import.meta.dirname, '..', '..');
const file = (at: string, lines = 10): SourceFile => ({ path: at, lines });

/** Folders that are fuller than others, and why. */
const REASONS: Readonly<Record<string, string>> = {
  'bench/workloads': 'One file for each thing that is measured.',
  'gateway/src/execution':
    'The executor: steps of one algorithm, each a file, that call one another; it is replaced or kept as a whole.',
  'connect/src/runs': 'The run of a source: steps of one algorithm, each a file, of which none is used elsewhere.',
  'subgraphs/cases/src/domain':
    'The case itself; what can stand alone has folders of its own (figures, moves, imports).',
  'subgraphs/cases/src/resolvers': 'One file for each type of the department; mutations have a folder of their own.',
  'subgraphs/credit/src/models': 'One file for each register of the book; debts and audits have folders of their own.',
  'subgraphs/credit/src/usecases': 'One file for each command; debts and connectors have folders of their own.',
  'tests/cases/schema': 'One file for each feature of the graph, as in the department.',
  'tests/credit/schema': 'One file for each feature of the graph, as in the department.',
  'tests/gateway/execution/oracle':
    'The oracle of the executor: a generator of worlds and a second engine, which nothing else uses.',
};

/** What Git knows or would add, so that what was built or generated does not count. */
const FILES: readonly SourceFile[] = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .trimEnd()
  .split('\n')
  .filter((name) => existsSync(path.join(root, name)))
  .map((name) => ({ path: name, lines: readFileSync(path.join(root, name), 'utf8').split('\n').length - 1 }));
const DEPARTMENTS = [
  ...new Set(FILES.flatMap(({ path: at }) => /^subgraphs\/([^/]+)\/department\.json$/.exec(at)?.[1] ?? [])),
];

describe('the shape of the project', () => {
  it('has departments to look at', () => {
    expect(DEPARTMENTS).toEqual(expect.arrayContaining(['cases', 'credit', 'enterprises', 'policies']));
  });

  it(`has no source file of more than ${String(MOST_LINES)} lines`, () => {
    expect(longFiles(FILES)).toEqual([]);
  });

  it(`has no folder of more than ${String(MOST_FILES)} source files without a reason, and no reason that is not needed`, () => {
    expect(fullFolders(FILES, REASONS)).toEqual([]);
    expect(idleReasons(FILES, REASONS)).toEqual([]);
  });

  it('has one skeleton for all departments: the same file and folder for the same job', () => {
    expect(skeletonFaults(FILES)).toEqual([]);
  });

  it("has the rigs of a department's tests at one place", () => {
    expect(looseRigs(FILES, DEPARTMENTS)).toEqual([]);
  });

  it('has one name for the person who asks', () => {
    expect(
      namedOtherwise(DEPARTMENTS, (name) =>
        readFileSync(path.join(root, 'subgraphs', name, 'src/domain/access.ts'), 'utf8'),
      ),
    ).toEqual([]);
  });
});

describe('the check of the shape', () => {
  const DEPARTMENT = [
    'main.ts',
    'server.ts',
    'cli.ts',
    'config.ts',
    'service.ts',
    'context.ts',
    'resolvers/index.ts',
    'resolvers/mutations/berth-mutations.ts',
    'domain/access.ts',
    'models/berth.ts',
    'models/dues/dues.ts',
  ];
  const harbour = (...more: string[]): SourceFile[] =>
    [...DEPARTMENT, ...more].map((inside) => file(`subgraphs/harbour/src/${inside}`));

  it('accepts a department that keeps the skeleton', () => {
    expect(skeletonFaults(harbour())).toEqual([]);
  });

  it.each([
    [
      'a helper in the root',
      'berths.ts',
      'subgraphs/harbour/src/berths.ts lies loose in the root: it belongs to a room',
    ],
    [
      'a room of its own',
      'services/berth.ts',
      'subgraphs/harbour/src/services/berth.ts lies in a room that no department has',
    ],
    [
      'mutations among the other resolvers',
      'resolvers/berth-mutations.ts',
      'subgraphs/harbour/src/resolvers/berth-mutations.ts is a mutation outside resolvers/mutations/',
    ],
    [
      'the input of mutations among the other resolvers',
      'resolvers/mutation-input.ts',
      'subgraphs/harbour/src/resolvers/mutation-input.ts is a mutation outside resolvers/mutations/',
    ],
  ])('finds %s', (_what, inside, fault) => {
    expect(skeletonFaults(harbour(inside))).toEqual([fault]);
  });

  it('finds what every department has and one does without', () => {
    expect(skeletonFaults(harbour().filter(({ path: at }) => !at.endsWith('/server.ts')))).toEqual([
      'subgraphs/harbour/src/server.ts is missing',
    ]);
  });

  it('finds files that are too long and folders that are too full, of sources alone', () => {
    expect(
      longFiles([
        file('kit/src/a.ts', MOST_LINES),
        file('kit/src/b.ts', MOST_LINES + 1),
        file('bench/c.mjs', MOST_LINES + 1),
        file('docs/d.md', MOST_LINES + 1),
      ]),
    ).toEqual(['kit/src/b.ts', 'bench/c.mjs']);
    const many = (count: number, end = 'ts') =>
      Array.from({ length: count }, (_, at) => file(`kit/src/pile/${String(at)}.${end}`));
    expect(fullFolders([...many(MOST_FILES), ...many(5, 'json')], {})).toEqual([]);
    expect(fullFolders(many(MOST_FILES + 1), {})).toEqual(['kit/src/pile']);
    expect(fullFolders(many(MOST_FILES + 1), { 'kit/src/pile': 'one algorithm' })).toEqual([]);
    expect(idleReasons(many(MOST_FILES), { 'kit/src/pile': 'one algorithm' })).toEqual(['kit/src/pile']);
  });

  it('finds a rig beside the tests', () => {
    expect(
      looseRigs(
        [
          file('tests/harbour/service.ts'),
          file('tests/harbour/support/harbour-under-test.ts'),
          file('tests/support/register.ts'),
        ],
        ['harbour'],
      ),
    ).toEqual(['tests/harbour/service.ts']);
  });

  it('finds another word for the caller', () => {
    const sources: Readonly<Record<string, string>> = {
      harbour: 'export interface Caller {}\n',
      ferry: 'export interface Viewer {}\n',
      pier: 'export interface Caller {}\nexport const mayRead = (visitor: Caller) => true;\n',
    };
    expect(namedOtherwise(Object.keys(sources), (name) => sources[name] ?? '')).toEqual(['ferry', 'pier']);
  });
});
