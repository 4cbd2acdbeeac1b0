// npm run lint:documents: refuses conflict markers in any file and, in documents, links, headings, paths and commands
// that are not there.
// `--root <folder>` checks another project than this one.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { deadCommands, madeDepartments } from './commands.mjs';
import { deadLinks } from './links.mjs';
import { readMarkdown } from './markdown.mjs';
import { deadPaths } from './paths.mjs';
import { readProject } from './project.mjs';

const { values } = parseArgs({
  options: { root: { type: 'string', default: path.resolve(import.meta.dirname, '..', '..') } },
});
const project = readProject(values.root);

/** Lines that a merge leaves behind. */
function conflictMarkers(text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      /^(<{7} |>{7} |\|{7} |={7}$)/.test(line) ? [{ line: index + 1, message: 'a conflict marker' }] : [],
    );
}

function wrongIn(document) {
  const parts = readMarkdown(project.read(document));
  const made = madeDepartments(parts);
  return [
    ...deadLinks(document, parts, project),
    ...deadPaths(document, parts, project, made),
    ...deadCommands(parts, project, made),
  ];
}

const wrong = project.files.flatMap((file) => {
  const found = [...conflictMarkers(project.read(file)), ...(file.endsWith('.md') ? wrongIn(file) : [])];
  return found.sort((a, b) => a.line - b.line).map(({ line, message }) => `${file}:${line}: ${message}`);
});
for (const line of wrong) process.stderr.write(`${line}\n`);
if (wrong.length > 0) {
  process.stderr.write(`\n${wrong.length} places to mend.\n`);
  process.exitCode = 1;
}
