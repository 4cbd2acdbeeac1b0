// What a browser loads before it can show its first page: the entry, the page, and all that these import at once.

/**
 * @param metafile esbuild's account of a build whose pages lie in `src/pages/<room>/<name>-page.tsx` and are imported
 *   on demand.
 * @param sizes compressed bytes by name of the file.
 * @returns for each page its source and the bytes, the largest first.
 */
export function firstPages({ outputs }, sizes) {
  const nameOf = (file) => file.split('/').at(-1);
  const entry = Object.keys(outputs).find((file) => outputs[file].entryPoint === 'src/main.tsx');
  const atOnce = (file, seen = new Set()) => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const { path, kind } of outputs[file].imports) if (kind === 'import-statement') atOnce(path, seen);
    return seen;
  };
  const bytes = (files) => [...files].reduce((sum, file) => sum + sizes.get(nameOf(file)), 0);
  const pages = Object.entries(outputs)
    .filter(([, { entryPoint }]) => /^src\/pages\/.*-page\.tsx$/.test(entryPoint ?? ''))
    .map(([file, { entryPoint }]) => ({
      page: entryPoint,
      bytes: bytes(new Set([...atOnce(entry), ...atOnce(file)])),
    }));
  if (pages.length === 0) throw new Error('The build has no page that is loaded on demand.');
  return pages.sort((a, b) => b.bytes - a.bytes);
}
