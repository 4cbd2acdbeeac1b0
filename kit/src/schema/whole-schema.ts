import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse, print, visit, type ConstDirectiveNode, type DefinitionNode, type DocumentNode } from 'graphql';

/**
 * What departments share, said once: the directive of rights, scalars, pages, refusals, records of who read personal
 * data.
 */
const SHARED_FILE = new URL('../../shared.graphql', import.meta.url);
const FEDERATION = 'https://specs.apollo.dev/federation/';
const BUILT_IN = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

const nameOf = (definition: DefinitionNode): string | undefined =>
  'name' in definition ? definition.name?.value : undefined;
const isSchemaExtension = ({ kind }: DefinitionNode): boolean => kind === Kind.SCHEMA_EXTENSION;

/** Names of types, and of directives with their `@`, that a definition refers to. */
function referred(node: DefinitionNode | DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(node, {
    NamedType: ({ name }) => void names.add(name.value),
    Directive: ({ name }) => void names.add(`@${name.value}`),
  });
  return names;
}

const keyOf = (definition: DefinitionNode): string =>
  definition.kind === Kind.DIRECTIVE_DEFINITION ? `@${definition.name.value}` : (nameOf(definition) ?? '');

/**
 * The definitions of `shared` that `own` refers to and does not have, and those that they refer to in turn; in the
 * order of `shared`.
 */
function missing(own: DocumentNode, shared: readonly DefinitionNode[]): DefinitionNode[] {
  const there = new Set(own.definitions.map(keyOf));
  const byKey = new Map(shared.map((definition) => [keyOf(definition), definition]));
  const wanted = new Set<DefinitionNode>();
  const waiting = [...referred(own)];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const definition = there.has(name) || BUILT_IN.has(name) ? undefined : byKey.get(name);
    if (definition === undefined || wanted.has(definition)) continue;
    wanted.add(definition);
    waiting.push(...referred(definition));
  }
  return shared.filter((definition) => wanted.has(definition));
}

/** The `@link` to federation, importing no more than is used; a link that imports nothing that is used is left out. */
function importsOf(
  used: ReadonlySet<string>,
  { directives = [] }: { readonly directives?: readonly ConstDirectiveNode[] },
): ConstDirectiveNode[] {
  const textOf = (directive: ConstDirectiveNode, name: string): string => {
    const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
    return value?.kind === Kind.STRING ? value.value : '';
  };
  const isComposed = used.has('@access');
  return directives.flatMap((directive) => {
    const url = textOf(directive, 'url');
    if (!url.startsWith(FEDERATION)) return isComposed ? [directive] : [];
    const isUsed = (imported: string): boolean =>
      used.has(imported) || (isComposed && imported === '@composeDirective');
    const args = directive.arguments?.map((argument) =>
      argument.value.kind === Kind.LIST
        ? {
            ...argument,
            value: {
              ...argument.value,
              values: argument.value.values.filter((item) => item.kind === Kind.STRING && isUsed(item.value)),
            },
          }
        : argument,
    );
    const importsNothing = args?.every(({ value }) => value.kind !== Kind.LIST || value.values.length === 0) ?? true;
    return importsNothing ? [] : [{ ...directive, arguments: args }];
  });
}

/**
 * The schema that a department publishes: its own file with the shared definitions that it uses before it. What the
 * file defines itself stays its own; without a `schema` extension of its own it gets the links to federation and to
 * `@access`.
 * @param own SDL of a department's `schema.graphql`.
 * @param shared SDL of the shared definitions; left out: those of this hub.
 */
export function wholeSchema(own: string, shared: string = readFileSync(SHARED_FILE, 'utf8')): string {
  const document = parse(own);
  const definitions = parse(shared).definitions;
  const added = missing(document, definitions);
  const links = definitions.find((definition) => definition.kind === Kind.SCHEMA_EXTENSION);
  if (links !== undefined && !document.definitions.some(isSchemaExtension)) {
    const used = new Set([document, ...added].flatMap((node) => [...referred(node)]));
    const directives = importsOf(used, links);
    if (directives.length > 0) added.unshift({ ...links, directives });
  }
  return added.length === 0 ? own : `${added.map((definition) => print(definition)).join('\n\n')}\n\n${own}`;
}

/**
 * The schema of the department that a program belongs to, whole.
 * @param programFolder `src/` or `dist/` of the department, as `import.meta.dirname` of a file directly in it.
 */
export const departmentTypeDefs = (programFolder: string): string =>
  wholeSchema(readFileSync(path.join(programFolder, '..', 'schema.graphql'), 'utf8'));
