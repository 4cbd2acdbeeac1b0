import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureKeyFiles, publishKeys } from '@zhitong/gateway';
import { prepareDataFolder, reasonOf } from '@zhitong/kit';
import { hubConfig } from './config.js';

/**
 * Starts one department alone, in this process and over the project's data folder, with the keys that it needs to know
 * who asks.
 * @returns its program, which runs from the moment that it is loaded.
 * @throws Error in one line that says what to do.
 */
function departmentProgram(name: string | undefined): string {
  const { departments, kit, keyFiles, root } = hubConfig();
  const names = departments.map((department) => department.name);
  if (name === undefined || !names.includes(name))
    throw new Error(
      `${name === undefined ? 'No department is named' : `There is no department "${name}" here`}; there are ${names.join(', ')}.`,
    );
  const program = path.join(root, 'subgraphs', name, 'dist', 'main.js');
  if (!existsSync(program)) throw new Error(`${path.relative(root, program)} is not built. Run npm run build.`);
  prepareDataFolder(kit.dataDir);
  if (keyFiles?.areOurs === true) ensureKeyFiles(keyFiles);
  else if (keyFiles !== undefined) publishKeys(keyFiles);
  return program;
}

try {
  await import(pathToFileURL(departmentProgram(process.argv[2])).href);
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
