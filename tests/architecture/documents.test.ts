import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');
const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-documents-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A small project in which every reference of a document can be right. */
const PROJECT: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    scripts: {
      start: 'node tool/main.mjs',
      tool: 'node tool/main.mjs',
      harbour: 'node scripts/run.mjs subgraphs/harbour/dist/cli.js',
      test: 'jest',
      'test:long': 'jest',
    },
  }),
  'subgraphs/harbour/package.json': JSON.stringify({ scripts: { start: 'node dist/main.js' } }),
  'subgraphs/harbour/src/cli.ts': "program.command('load <file>').option('--dry-run');",
  'subgraphs/harbour/src/domain/berth.ts': '',
  'tool/main.mjs': "parseArgs({ options: { size: { type: 'string' } } }); writeFileSync('report.json');",
  'tests/harbour/berth.test.ts': '',
  'tests/harbour/years.long-test.ts': '',
  'docs/guide.md': '# Guide\n\n## Berths & fees\n\n<a id="by-hand"></a>\n',
  '.gitignore': 'dist/\n.data/\n',
};

let made = 0;
/** Runs the check over the small project with one more document, or other files. */
function checked(files: Readonly<Record<string, string>>): { status: number | null; said: string } {
  made += 1;
  const project = path.join(folder, String(made));
  for (const [file, text] of Object.entries({ ...PROJECT, ...files })) {
    mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    writeFileSync(path.join(project, file), text);
  }
  execFileSync('git', ['init', '--quiet'], { cwd: project });
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(root, 'scripts/documents/main.mjs'), '--root', project],
    { encoding: 'utf8' },
  );
  return { status, said: stderr };
}

describe('the check of documents', () => {
  it('accepts what is there: links, headings, paths with placeholders, what is built or written at run time, commands', () => {
    const document = [
      '[guide](docs/guide.md), [fees](docs/guide.md#berths--fees), [hand](docs/guide.md#by-hand), [tests](tests), [web](https://zhitong.example/none.md), [here](#top)',
      '# Top',
      '`subgraphs/<name>/src/domain/`, `domain/berth.ts`, `berth.ts:1-3`, `tests/*/berth.test.ts`, `subgraphs/harbour/dist/cli.js`, `.data/keys.json`, `report.json`',
      '`text/plain`, `/graphql`, `Enterprise.cases`, `npm ci && npm start`, `npm test -- tests/<folder>`',
      '```sh',
      'npm run --silent tool -- --size 3 > out.txt   # a comment; npm run nothing',
      'SIZE=2 npm start -w subgraphs/harbour',
      'npm run harbour -- load berths.csv \\',
      '  --dry-run',
      'npm test -- tests/harbour -t "a title"',
      'npm run test:long -- years',
      'node tool/main.mjs',
      '```',
      '`npm run tool -- new-department -- permits`: then `npm test -- subgraphs/permits` and `subgraphs/permits/schema.graphql`',
    ].join('\n');
    expect(checked({ 'README.md': document })).toEqual({ status: 0, said: '' });
  });

  it.each<[string, string, RegExp]>([
    [
      'a link to no file',
      '[x](docs/none.md)',
      /^README\.md:1: the link docs\/none\.md leads to docs\/none\.md, which is not there$/m,
    ],
    ['a link to no heading', '[x](docs/guide.md#fees)', /leads to a heading that docs\/guide\.md does not have/],
    ['a link to no heading of its own', '# Top\n\n[x](#bottom)', /^README\.md:3: the link #bottom/m],
    ['a link defined below', '[x][y]\n\n[y]: docs/none.md', /docs\/none\.md, which is not there/],
    [
      'a path to no file',
      '`subgraphs/harbour/src/domain/pier.ts`',
      /`subgraphs\/harbour\/src\/domain\/pier\.ts` is no file or folder/,
    ],
    ['a path to no folder', '`tests/pier`', /`tests\/pier` is no file or folder/],
    ['a folder that is not there', '`piers/`', /`piers\/` is no file or folder/],
    ['a file name', 'see `pier.ts`', /`pier\.ts` is no file or folder/],
    ['a pattern without a match', '`subgraphs/*/src/piers/<name>.ts`', /is no file or folder/],
    ['an npm script', '`npm run moor`', /there is no npm script moor/],
    [
      'an npm script after another command',
      '```sh\nnpm ci && npm run moor\n```',
      /^README\.md:2: there is no npm script moor$/m,
    ],
    [
      'an npm script within another command',
      '```sh\ncurl -H "x: $(npm run --silent moor -- a)"\n```',
      /there is no npm script moor/,
    ],
    [
      'a script of a workspace',
      '`npm run tool -w subgraphs/harbour`',
      /there is no npm script tool in subgraphs\/harbour/,
    ],
    ['a workspace', '`npm start -w subgraphs/pier`', /there is no workspace subgraphs\/pier/],
    ["a department's command", '`npm run harbour -- moor`', /npm run harbour has no command moor/],
    ['an option', '`npm run tool -- --length 3`', /npm run tool has no option --length/],
    ['tests', '`npm test -- tests/pier`', /npm test -- tests\/pier finds no test/],
    ['long tests', '`npm run test:long -- berth`', /npm run test:long -- berth finds no test/],
    ['a program', '```sh\nnode tool/other.mjs\n```', /node tool\/other\.mjs: there is no such program/],
  ])('refuses %s', (_what, document, message) => {
    const { status, said } = checked({ 'README.md': document });
    expect({ status, said }).toEqual({ status: 1, said: expect.stringMatching(message) as unknown });
  });

  it.each(['<<<<<<< ours', '=======', '>>>>>>> theirs', '||||||| base'])(
    'refuses the conflict marker %s in any file',
    (marker) => {
      expect(checked({ 'tool/other.mjs': `const one = 1;\n${marker}\n` })).toEqual({
        status: 1,
        said: expect.stringContaining('tool/other.mjs:2: a conflict marker') as unknown,
      });
    },
  );

  it('is part of lint', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    expect(scripts['lint']).toContain('lint:documents');
    expect(scripts['lint']).toContain('codeowners -- --check');
  });
});

describe('CODEOWNERS', () => {
  const owners = (before: string): { status: number | null; text: string } => {
    made += 1;
    const project = path.join(folder, String(made));
    const write = (file: string, text: string): void => {
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), text);
    };
    write('.github/CODEOWNERS', before);
    write('subgraphs/harbour/department.json', JSON.stringify({ name: 'harbour', port: 4001, owner: '@city/harbour' }));
    write(
      'subgraphs/permits/department.json',
      JSON.stringify({ name: 'permits', url: 'https://permits.example/graphql', owner: '@city/permits' }),
    );
    write('tests/harbour/one.test.ts', '');
    const run = (...args: string[]): number | null =>
      spawnSync(process.execPath, [path.join(root, 'scripts/codeowners.mjs'), `--root=${project}`, ...args]).status;
    const status = run('--check');
    run();
    return { status, text: readFileSync(path.join(project, '.github/CODEOWNERS'), 'utf8') };
  };
  const CURRENT = [
    '/kit/                      @city/hub',
    '/subgraphs/harbour/        @city/harbour',
    '/tests/harbour/            @city/harbour',
    '/subgraphs/permits/        @city/permits',
    '/gateway/supergraph.graphql',
    '',
  ].join('\n');

  it('is accepted when it names the owner of each department.json', () => {
    expect(owners(CURRENT)).toEqual({ status: 0, text: CURRENT });
  });

  it.each([
    ['another owner', CURRENT.replace('@city/permits', '@city/harbour')],
    ['no line for a department', CURRENT.replace(/\/subgraphs\/permits.*\n/, '')],
    ["no line for a department's tests", CURRENT.replace(/\/tests\/harbour.*\n/, '')],
    ['a department that is gone', CURRENT.replace('/gateway', '/subgraphs/pier/           @city/pier\n/gateway')],
  ])('is refused with %s, and corrected', (_what, before) => {
    expect(owners(before)).toEqual({ status: 1, text: CURRENT });
  });
});
