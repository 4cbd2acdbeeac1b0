// Links that lead nowhere: to a file or a heading that is not there.
import path from 'node:path';
import { readMarkdown } from './markdown.mjs';

/**
 * @param {string} document its path in the repository.
 * @returns {{ line: number, message: string }[]}
 */
export function deadLinks(document, { links }, project) {
  return links.flatMap(({ text: url, line }) => {
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(url)) return []; // Elsewhere: nothing is fetched.
    const [address, anchor] = url.split('#');
    const base = address.startsWith('/') ? '.' : path.posix.dirname(document);
    const target = address === '' ? document : path.posix.join(base, decodeURI(address)).replace(/(?<=.)\/$/, '');
    if (!project.isFile(target) && !project.isFolder(target))
      return [{ line, message: `the link ${url} leads to ${target}, which is not there` }];
    if (anchor === undefined || !target.endsWith('.md')) return [];
    const { anchors } = readMarkdown(project.read(target));
    return anchors.has(decodeURIComponent(anchor))
      ? []
      : [{ line, message: `the link ${url} leads to a heading that ${target} does not have` }];
  });
}
