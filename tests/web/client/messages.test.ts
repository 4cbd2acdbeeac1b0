import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { isEnumType } from 'graphql';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const SOURCES = path.join(root, 'web', 'src');
const PLURAL = /_(one|other)$/;

type Messages = { readonly [key: string]: string | Messages };

const messages = (language: string): Messages =>
  JSON.parse(readFileSync(path.join(SOURCES, 'i18n', `${language}.json`), 'utf8')) as Messages;

/** The texts by their whole keys; plural forms count as one. */
function texts(tree: Messages, before = ''): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${before}${key}`.replace(PLURAL, ''), value]] : texts(value, `${before}${key}.`),
  );
}

const [chinese, english] = [texts(messages('zh-CN')), texts(messages('en'))];
const keys = (of: readonly (readonly [string, string])[]): string[] => [...new Set(of.map(([key]) => key))].sort();
const sources = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
  .map((file) => [file, readFileSync(path.join(SOURCES, file), 'utf8')] as const);

describe('the words of the pages', () => {
  it('are the same in both languages, with the same parameters', () => {
    expect(keys(english)).toEqual(keys(chinese));
    const parameters = (text: string | undefined): string[] =>
      [...(text ?? '').matchAll(/{{(\w+)}}/g)].map(String).sort();
    const other = new Map(english);
    expect(chinese.filter(([key, text]) => String(parameters(text)) !== String(parameters(other.get(key))))).toEqual(
      [],
    );
  });

  it('have every text that a page names', () => {
    const known = new Set(keys(chinese));
    const named = sources.flatMap(([file, text]) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g)].map(([, key = '']) => [file, key] as const),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter(([, key]) => !known.has(key))).toEqual([]);
  });

  it('have every value of the lists of the graph that are shown', () => {
    const supergraph = readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8');
    const schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
    const known = new Set(keys(chinese));
    const shown = new Set(
      sources.flatMap(([, text]) =>
        [...text.matchAll(/`enum\.(\w+)\.|choices: \['(\w+)'|all\('(\w+)'\)/g)].map(
          ([, shownType, chosenType, listedType]) => shownType ?? chosenType ?? listedType ?? '',
        ),
      ),
    );
    shown.delete('Role');
    expect(shown.size).toBeGreaterThan(15);
    const missing = [...shown].flatMap((name) => {
      const type = schema.getType(name);
      return isEnumType(type)
        ? type
            .getValues()
            .flatMap((value) => (known.has(`enum.${name}.${value.name}`) ? [] : [`${name}.${value.name}`]))
        : [`${name} is no list of the graph`];
    });
    expect(missing).toEqual([]);
  });

  it('stand in the message files alone: no page has Chinese of its own', () => {
    const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(sources.filter(([, text]) => /\p{Script=Han}/u.test(withoutComments(text))).map(([file]) => file)).toEqual(
      [],
    );
  });

  it('name no department', () => {
    const { departments } = JSON.parse(readFileSync(path.join(root, 'demo', 'data', 'departments.json'), 'utf8')) as {
      departments: { name: string }[];
    };
    expect(departments.length).toBeGreaterThan(10);
    const all = [...chinese, ...english].map(([, text]) => text).join('\n');
    expect(departments.filter(({ name }) => all.includes(name))).toEqual([]);
  });
});
