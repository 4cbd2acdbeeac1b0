// File names and paths in a document's code that name nothing.
import path from 'node:path';

const FILE = /\.(ts|mts|cts|js|mjs|cjs|json|jsonl|graphql|md|csv|yaml|yml|pem)$/;
const PATH = /^[\w.<>*{},…-][\w./<>*{},…-]*$/;

/** What is built lies in dist/ and is named after its source. */
const asSource = (name) => name.replace(/(^|\/)dist\//, '$1src/').replace(/(?<=(^|\/)src\/.*)\.js$/, '.ts');

/** Whether code within a line stands for a path: it ends as a file does, or begins with a folder that is there. */
function isPath(text, document, project) {
  if (!PATH.test(text) || /^\.+$/.test(text) || text.startsWith('.data/')) return false;
  if (FILE.test(text)) return true;
  if (!text.includes('/')) return false;
  const [first] = text.split('/');
  return (
    text.endsWith('/') ||
    project.isFolder(first) ||
    project.isFolder(path.posix.join(path.posix.dirname(document), first))
  );
}

/** @returns {{ line: number, message: string }[]} */
export function deadPaths(document, { inline }, project, made) {
  return inline.flatMap(({ text, line }) => {
    const given = text.replace(/:\d+(-\d+)?$/, ''); // file.ts:10-20
    if (!isPath(given, document, project)) return [];
    const name = path.posix.normalize(asSource(given.replace(/^(\.\.?\/)+/, '')));
    const isThere =
      project.isSomewhere(name) || // from the root, from the document's folder, or as the end of a path
      made.some((folder) => given.startsWith(`${folder}/`) || given === folder) ||
      project.isIgnored(path.posix.join(path.posix.dirname(document), given)) ||
      project.isIgnored(given) ||
      project.isNamedByProgram(path.posix.basename(given));
    return isThere ? [] : [{ line, message: `\`${text}\` is no file or folder of the project` }];
  });
}
