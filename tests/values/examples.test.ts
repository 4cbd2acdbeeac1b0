import { readdirSync, readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import * as values from '@zhitong/values';

const folder = new URL('../../values/src/', import.meta.url);
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'index.ts')
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

interface Documented {
  readonly name: string;
  /** Texts of its `@example` tags: a call, `//=>`, and what it returns. */
  readonly examples: readonly string[];
}

/** Functions that a file exports, constants that hold functions included. */
function exportedFunctions({ name, text }: { name: string; text: string }): Documented[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, true);
  return file.statements.flatMap((statement): Documented[] => {
    if (
      !ts.canHaveModifiers(statement) ||
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true
    )
      return [];
    const examples = ts
      .getJSDocTags(statement)
      .filter(({ tagName }) => tagName.text === 'example')
      .map(({ comment }) => ts.getTextOfJSDocComment(comment)?.trim() ?? '');
    if (ts.isFunctionDeclaration(statement)) return [{ name: statement.name?.text ?? '', examples }];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap((one) =>
      one.initializer && ts.isArrowFunction(one.initializer) ? [{ name: one.name.getText(), examples }] : [],
    );
  });
}

const functions = sources.flatMap(exportedFunctions);
/** By name: the first of several signatures carries the comment. */
const published = new Map<string, string[]>();
for (const { name, examples } of functions)
  if (name in values) published.set(name, [...(published.get(name) ?? []), ...examples]);
const lines = [...published.values()].flat();

describe('the values that every department may use', () => {
  it('are documented with an example each', () => {
    const exported = Object.entries(values)
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name);
    expect([...published.keys()].sort()).toEqual(exported.sort());
    expect([...published].filter(([, examples]) => examples.length === 0)).toEqual([]);
    expect(lines.filter((line) => !line.includes(' //=> '))).toEqual([]);
  });

  it.each(lines)('%s', (line) => {
    const [call = '', expected = ''] = line.split(' //=> ');
    const names = Object.keys(values);
    const run = (text: string): unknown =>
      (compileFunction(`return (${text});`, names) as (...given: unknown[]) => unknown)(...Object.values(values));
    expect(run(call)).toEqual(run(expected));
  });
});
