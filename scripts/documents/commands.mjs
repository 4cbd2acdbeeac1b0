// Commands in a document that cannot be run: npm scripts, subcommands, options and programs that are not there.
import path from 'node:path';

const PLACEHOLDER = /[<…]/;
/** Everybody's options. */
const COMMON = ['help', 'version'];
/** npm's own commands, which are no scripts. */
const NPM = ['ci', 'install', 'outdated', 'view', 'ls'];

/** Single commands of a piece of shell, each as words; quotes are kept together, comments and assignments left out. */
function commandsIn(text) {
  return text
    .replaceAll(/\\\n/g, ' ')
    .replaceAll(/(^|\s)#.*$/gm, '$1')
    .split(/&&|\|\||[;|\n]|\$\(|\)"?(?=\s|$)/)
    .map((command) =>
      (command.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/g) ?? []).filter(
        (word, index, words) =>
          !/^[A-Z_][A-Z0-9_]*=/.test(word) || words.slice(0, index).some((before) => !before.includes('=')),
      ),
    )
    .map((words) => (words[0] === 'exec' ? words.slice(1) : words))
    .filter((words) => words.length > 0);
}

/** An npm command taken apart. */
function readNpm(words) {
  const end = words.indexOf('--');
  const own = end === -1 ? words.slice(1) : words.slice(1, end);
  const given = end === -1 ? [] : words.slice(end + 1);
  const at = own.findIndex((word) => word === '-w' || word === '--workspace');
  const workspace = at === -1 ? '.' : own[at + 1];
  const plain = own.filter((word, index) => !word.startsWith('-') && (at === -1 || index !== at + 1));
  return { verb: plain[0], name: plain[0] === 'run' ? plain[1] : plain[0], workspace, given };
}

/** Folder whose sources say what a script understands, and the program that it runs. */
function programOf(script) {
  const [target] = script.match(/[\w./-]+\.m?js(?=\s|$)/g)?.filter((file) => file !== 'scripts/run.mjs') ?? [];
  if (target === undefined || target.startsWith('node_modules/')) return undefined;
  const [workspace] = target.split(/(?<=^|\/)dist\//);
  return {
    folder: target.includes('dist/') ? `${workspace}src/` : `${path.posix.dirname(target)}/`,
    file: target.replace('dist/', 'src/').replace(/\.js$/, '.ts'),
  };
}

/** What is wrong with what a script is given: a subcommand or an option that its program does not have. */
function unknownArguments(name, script, given, project) {
  const program = programOf(script);
  if (program === undefined || !project.isFile(program.file)) return [];
  // What lies in scripts/ hands its arguments on; a department has commands of the kit.
  const folders =
    program.folder === 'scripts/'
      ? ['']
      : [program.folder, ...(program.folder.startsWith('subgraphs/') ? ['kit/src/'] : [])];
  const text = project.textOf(folders);
  const options = given.filter((word) => /^--[a-z]/.test(word)).map((word) => word.slice(2).split('=')[0]);
  const unknown = options.filter(
    (option) =>
      !COMMON.includes(option) &&
      !text.includes(`--${option}`) &&
      !new RegExp(`['"]?\\b${option}['"]?: \\{`).test(text),
  );
  const [first] = given;
  const hasSubcommands = /\.command\(\s*['"`]/.test(project.read(program.file));
  const isMissing =
    hasSubcommands &&
    first !== undefined &&
    /^[a-z]/.test(first) &&
    !new RegExp(`\\bcommand\\(\\s*['"\`]${first}\\b`).test(text);
  return [
    ...unknown.map((option) => `npm run ${name} has no option --${option}`),
    ...(isMissing ? [`npm run ${name} has no command ${first}`] : []),
  ];
}

/** Names of the files that a script of tests runs. */
const TEST_FILES = { test: /\.test\.ts$/, 'test:long': /\.long-test\.ts$/, 'test:browser': /\.browser-test\.ts$/ };

/** Arguments of a script of tests are parts of test files' paths. */
function unknownTests(name, given, project, made) {
  const named = given.filter(
    (word, index) =>
      !word.startsWith('-') &&
      !['-t', '--testNamePattern', '--maxWorkers'].includes(given[index - 1]) &&
      !PLACEHOLDER.test(word),
  );
  const tests = project.files.filter((file) => TEST_FILES[name].test(file));
  return named
    .filter((part) => !made.includes(part) && !tests.some((file) => new RegExp(part).test(file)))
    .map((part) => `npm ${name === 'test' ? '' : 'run '}${name} -- ${part} finds no test`);
}

function wrongNpm(words, project, made) {
  const { verb, name, workspace, given } = readNpm(words);
  if (
    verb === undefined ||
    name === undefined ||
    NPM.includes(verb) ||
    PLACEHOLDER.test(name) ||
    PLACEHOLDER.test(workspace)
  )
    return [];
  if (made.includes(workspace)) return [];
  const scripts = project.scriptsOf(workspace);
  if (scripts === undefined) return [`there is no workspace ${workspace}`];
  const script = scripts[name];
  if (script === undefined) return [`there is no npm script ${name}${workspace === '.' ? '' : ` in ${workspace}`}`];
  return name in TEST_FILES ? unknownTests(name, given, project, made) : unknownArguments(name, script, given, project);
}

function wrongNode(words, project) {
  const program = words.slice(1).find((word) => !word.startsWith('-'));
  if (program === undefined || words.includes('-e') || PLACEHOLDER.test(program) || program.startsWith('node_modules/'))
    return [];
  return project.isFile(program) || project.isFile(program.replace('dist/', 'src/').replace(/\.js$/, '.ts'))
    ? []
    : [`node ${program}: there is no such program`];
}

/** Folders of departments that a document makes as an example. */
export const madeDepartments = ({ inline, shell }) =>
  [...inline, ...shell].flatMap(({ text }) =>
    [...text.matchAll(/new-department -- ([a-z][a-z0-9]*)/g)].map(([, name]) => `subgraphs/${name}`),
  );

/** @returns {{ line: number, message: string }[]} */
export function deadCommands({ inline, shell }, project, made) {
  return [...inline, ...shell].flatMap(({ text, line }) =>
    commandsIn(text).flatMap((words) => {
      const wrong =
        words[0] === 'npm' ? wrongNpm(words, project, made) : words[0] === 'node' ? wrongNode(words, project) : [];
      return wrong.map((message) => ({ line, message }));
    }),
  );
}
