import { SaxesParser } from 'saxes';

/** An element of XML as it was written. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML strictly. @throws Error where it is not well formed. */
export function readXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = { name, attributes: attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  });
  parser.write(text).close();
  const [feed] = root.children;
  if (feed === undefined) throw new Error('There is no element.');
  return feed;
}

/** Text of the first element of that name directly below. */
export const textOf = ({ children }: Element, name: string): string | undefined =>
  children.find((child) => child.name === name)?.text;
