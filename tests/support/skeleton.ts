/** A source file of the project: its path from the root, with `/`, and how many lines it has. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
}

/** Lines that a file may have; a longer one has more than one purpose. */
export const MOST_LINES = 400;
/** Source files that a folder may hold; a fuller one is a pile. */
export const MOST_FILES = 20;

/** What may lie in the root of a department's `src/`, with its job in docs/architecture.md. */
const ROOT_FILES = [
  'main',
  'server',
  'cli',
  'config',
  'service',
  'stores',
  'context',
  'loaders',
  'records',
  'list-orders',
  'events-inbox',
];
/** The rooms that a department may have. */
const ROOMS = ['domain', 'usecases', 'models', 'graph', 'memory', 'resolvers', 'demo', 'generated'];
/** What no department does without. */
const NEEDED = ['main.ts', 'server.ts', 'cli.ts', 'config.ts', 'service.ts', 'context.ts', 'resolvers/index.ts'];

const SOURCE = /\.(?:ts|mts|mjs|cjs|js)$/;
const OF_DEPARTMENT = /^(subgraphs\/[^/]+)\/src\/(.+)$/;
/** The folders of a department's tests, and of the rig that they share. */
const TESTS_OF_DEPARTMENT = /^(tests\/[^/]+)\/([^/]+)$/;

/** Files that are too long. */
export const longFiles = (files: readonly SourceFile[]): string[] =>
  files.filter(({ path, lines }) => SOURCE.test(path) && lines > MOST_LINES).map(({ path }) => path);

/** Folders that hold too many source files, but for those that have a reason. */
export function fullFolders(files: readonly SourceFile[], reasons: Readonly<Record<string, string>>): string[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    if (SOURCE.test(path)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > MOST_FILES && reasons[folder] === undefined)
    .map(([folder]) => folder)
    .sort();
}

/** Reasons for folders that are not full any more. */
export const idleReasons = (files: readonly SourceFile[], reasons: Readonly<Record<string, string>>): string[] => {
  const full = new Set(fullFolders(files, {}));
  return Object.keys(reasons).filter((folder) => !full.has(folder));
};

/** Where a department departs from the skeleton that all have. */
export function skeletonFaults(files: readonly SourceFile[]): string[] {
  const departments = new Map<string, string[]>();
  for (const { path } of files) {
    const [, department, inside] = OF_DEPARTMENT.exec(path) ?? [];
    if (department !== undefined && inside !== undefined)
      departments.set(department, [...(departments.get(department) ?? []), inside]);
  }
  return [...departments].flatMap(([department, inside]) => [
    ...NEEDED.filter((file) => !inside.includes(file)).map((file) => `${department}/src/${file} is missing`),
    ...inside.flatMap((file) => strangerIn(file).map((why) => `${department}/src/${file} ${why}`)),
  ]);
}

function strangerIn(file: string): string[] {
  const [first = '', ...rest] = file.split('/');
  if (rest.length === 0)
    return ROOT_FILES.includes(first.replace(/\.ts$/, '')) ? [] : ['lies loose in the root: it belongs to a room'];
  if (!ROOMS.includes(first)) return [`lies in a room that no department has`];
  const isMutation = /-mutations\.ts$|(?:^|\/)mutation-input\.ts$/.test(file);
  return first === 'resolvers' && isMutation && rest[0] !== 'mutations'
    ? ['is a mutation outside resolvers/mutations/']
    : [];
}

/** Helpers of a department's tests that lie beside its tests rather than in `support/`. */
export const looseRigs = (files: readonly SourceFile[], departments: readonly string[]): string[] =>
  files
    .map(({ path }) => path)
    .filter((path) => {
      const [, folder, file] = TESTS_OF_DEPARTMENT.exec(path) ?? [];
      return folder !== undefined && file !== undefined && departments.some((name) => folder === `tests/${name}`);
    });

/**
 * Departments of which the person who asks has another name than `Caller`. `sourceOf` reads their `domain/access.ts`.
 */
export const namedOtherwise = (departments: readonly string[], sourceOf: (department: string) => string): string[] =>
  departments.filter((name) => {
    const source = sourceOf(name);
    return !/^export interface Caller\b/m.test(source) || /\b(?:visitor|viewer)s?\b/i.test(source);
  });
