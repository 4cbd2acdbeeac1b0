// A document taken apart: its links, the anchors that it offers, its code.
import GithubSlugger from 'github-slugger';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';

const SHELL = ['sh', 'bash', 'shell', 'console'];

/** @typedef {{ text: string, line: number }} Piece */

/**
 * @param {string} text Markdown as GitHub reads it.
 * @returns {{ links: Piece[], anchors: Set<string>, inline: Piece[], shell: Piece[] }} addresses of links and images,
 *   anchors of
 *   headings and HTML, code within lines, and blocks of shell commands.
 */
export function readMarkdown(text) {
  const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const slugger = new GithubSlugger();
  const found = { links: [], anchors: new Set(), inline: [], shell: [] };
  visit(tree, (node) => {
    const line = node.position?.start.line ?? 0;
    if (node.type === 'heading') found.anchors.add(slugger.slug(toString(node)));
    else if (node.type === 'html')
      for (const [, name] of node.value.matchAll(/\b(?:id|name)="([^"]+)"/g)) found.anchors.add(name);
    else if (['link', 'image', 'definition'].includes(node.type)) found.links.push({ text: node.url, line });
    else if (node.type === 'inlineCode') found.inline.push({ text: node.value, line });
    else if (node.type === 'code' && SHELL.includes(node.lang)) found.shell.push({ text: node.value, line: line + 1 });
  });
  return found;
}
