// What the checks of documents know of the project: its files and folders, its npm scripts.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Slashes as in a path of the repository, whatever the platform. */
const git = (root, args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });

/** Every folder on the way to a file. */
const foldersOf = (file) =>
  file
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'));

/** A name with placeholders (`<name>`, `*`, `**`, `{a,b}`) as a regular expression over paths. */
function asPattern(name) {
  const escaped = name.replaceAll(/[.+?^$()|[\]\\]/g, String.raw`\$&`);
  const source = escaped
    .replaceAll(
      /\{([^}]*)\}/g,
      (_, names) =>
        `(?:${names
          .split(',')
          .map((one) => one.trim())
          .join('|')})`,
    )
    .replaceAll(/<[^>]*>|…/g, '[^/]+')
    .replaceAll('**/', '(?:.+/)?')
    .replaceAll('**', '.+')
    .replaceAll(/(?<![.\]])\*/g, '[^/]*');
  return new RegExp(`(?:^|/)${source}$`);
}

/**
 * Reads what lies in a project: every file that git knows or would add.
 * @param {string} root a folder with a git repository and a package.json.
 */
export function readProject(root) {
  const files = git(root, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(root, file)));
  const known = new Set(files);
  const folders = new Set(files.flatMap(foldersOf));
  const contents = new Map();
  const read = (file) => {
    if (!contents.has(file)) contents.set(file, readFileSync(path.join(root, file), 'utf8'));
    return contents.get(file);
  };
  const scriptsOf = (workspace) => {
    const file = path.posix.join(workspace, 'package.json');
    return known.has(file) ? (JSON.parse(read(file)).scripts ?? {}) : undefined;
  };
  const sources = () => files.filter((file) => /\.(ts|mjs)$/.test(file));

  return {
    files,
    read,
    /** The npm scripts of a workspace ('.' is the root); undefined when there is no such workspace. */
    scriptsOf,
    /** The sources within folders, as one text; '' is the whole project. */
    textOf: (within) =>
      sources()
        .filter((file) => within.some((folder) => file.startsWith(folder)))
        .map(read)
        .join('\n'),
    isFile: (file) => known.has(file),
    isFolder: (folder) => folder === '.' || folders.has(folder),
    /** Files and folders that a name with placeholders stands for, wherever they lie. */
    isSomewhere(name) {
      const wanted = asPattern(name.replace(/\/$/, ''));
      return [...(name.endsWith('/') ? [] : files), ...folders].some((one) => wanted.test(one));
    },
    /** Whether git ignores it, as it does what is built, generated or written at run time. */
    isIgnored(file) {
      try {
        execFileSync('git', ['check-ignore', '--quiet', '--no-index', file], { cwd: root, stdio: 'ignore' });
        return true;
      } catch {
        return false;
      }
    },
    /** Whether a program names such a file in its text: one that it writes or reads at run time. */
    isNamedByProgram: (name) =>
      sources().some((file) => new RegExp(`['"\`/]${name.replaceAll('.', String.raw`\.`)}['"\`]`).test(read(file))),
  };
}
