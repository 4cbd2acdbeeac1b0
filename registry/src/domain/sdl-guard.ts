import {
  GraphQLError,
  Kind,
  Lexer,
  parse,
  Source,
  TokenKind,
  visit,
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  type NameNode,
} from 'graphql';

/** What one department's schema may be at most; a city's largest has a thousandth of it. */
export interface SdlBounds {
  readonly bytes: number;
  readonly tokens: number;
  readonly types: number;
  /** Directives on one definition. */
  readonly directives: number;
  /** Lists in lists, of a type or a value, and braces in a selection of fields. */
  readonly depth: number;
}

export const SDL_BOUNDS: SdlBounds = { bytes: 8_388_608, tokens: 3_000_000, types: 20_000, directives: 30, depth: 12 };

/** Why a schema is not even composed, at its line. */
export interface SdlFault {
  readonly message: string;
  readonly line: number | null;
}

/** The links that a schema may have: these specifications, no newer than the libraries that compose here. */
const KNOWN_LINKS: readonly { readonly url: RegExp; readonly minor: number }[] = [
  { url: /^https:\/\/specs\.apollo\.dev\/federation\/v2\.(\d+)$/, minor: 9 },
  { url: /^https:\/\/specs\.apollo\.dev\/link\/v1\.(\d+)$/, minor: 0 },
  { url: /^https:\/\/zhitong\.example\/access\/v1\.(\d+)$/, minor: 0 },
];

/**
 * Characters that a reader does not see, or that change the order in which he sees the others: controls, the marks and
 * embeddings of Unicode's bidirectional algorithm (UAX 9), joiners and spaces without width, variation selectors, tags.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\ufe00-\ufe0f]/u;
const LAYOUT = /[\n\r\t]/g;

/**
 * Looks at a schema before anything of it is trusted: its size, its depth, its directives, characters that cannot be
 * seen, and the specifications that it links to. No fault: it can be handed to the composition.
 */
export function sdlFaults(sdl: string, bounds: SdlBounds = SDL_BOUNDS): SdlFault[] {
  const bytes = Buffer.byteLength(sdl);
  if (bytes > bounds.bytes) return [over('bytes', bytes, bounds.bytes)];
  const unseen = unseenFaults(sdl);
  if (unseen.length > 0) return unseen;
  const nested = nestingFault(sdl, bounds.depth);
  if (nested !== null) return [nested];
  let document: DocumentNode;
  try {
    document = parse(sdl, { maxTokens: bounds.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [{ message: error.message, line: error.locations?.[0]?.line ?? null }];
  }
  if (document.definitions.length > bounds.types)
    return [over('definitions', document.definitions.length, bounds.types)];
  return [...notOfSchemas(document), ...directiveFaults(document, bounds), ...linkFaults(document)];
}

/** Pairs of names of one schema that differ only in characters that look alike: I and l and 1, O and 0, and case. */
export function lookalikes(sdl: string): string[] {
  const types = new Map<string, string>();
  const found: string[] = [];
  const compare = (seen: Map<string, string>, { value }: NameNode, within: string): void => {
    const shape = shapeOf(value);
    const other = seen.get(shape);
    if (other === undefined) seen.set(shape, value);
    else if (other !== value) found.push(`${within}\`${value}\` can be mistaken for \`${other}\`.`);
  };
  for (const definition of parse(sdl, { noLocation: true }).definitions) {
    if (!('name' in definition) || definition.name === undefined) continue;
    if (definition.kind !== Kind.DIRECTIVE_DEFINITION) compare(types, definition.name, '');
    const members = 'fields' in definition ? definition.fields : 'values' in definition ? definition.values : [];
    const seen = new Map<string, string>();
    for (const member of members ?? []) compare(seen, member.name, `In ${definition.name.value}, `);
  }
  return found;
}

const shapeOf = (name: string): string =>
  name
    .replaceAll(/[Il1i]/g, 'l')
    .replaceAll(/[O0o]/g, 'o')
    .toLowerCase();

const over = (what: string, actual: number, limit: number): SdlFault => ({
  message: `The schema has ${actual} ${what}, and at most ${limit} are accepted.`,
  line: null,
});

/** Also what is written as an escape (`\u202E`) counts, which only the parsed text shows. */
function unseenFaults(sdl: string): SdlFault[] {
  const faults = sdl.split('\n').flatMap((text, at) => {
    const sign = UNSEEN.exec(text.replaceAll(LAYOUT, ''))?.[0];
    return sign === undefined ? [] : [unseenFault(sign, at + 1)];
  });
  const escaped = [...sdl.matchAll(/\\u(?:\{([0-9a-fA-F]{1,8})\}|([0-9a-fA-F]{4}))/g)].flatMap((match) => {
    const code = parseInt(match[1] ?? match[2] ?? '', 16);
    const sign = code <= 0x10_ff_ff ? String.fromCodePoint(code).replaceAll(LAYOUT, '') : '';
    return UNSEEN.test(sign) ? [unseenFault(sign, sdl.slice(0, match.index).split('\n').length)] : [];
  });
  return [...faults, ...escaped];
}

function unseenFault(sign: string, line: number): SdlFault {
  const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { message: `The character U+${code} cannot be seen, or moves others; it has no place in a schema.`, line };
}

/** Before parsing, which goes as deep as the text does. */
function nestingFault(sdl: string, most: number): SdlFault | null {
  const lexer = new Lexer(new Source(sdl));
  let depth = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (token.kind === TokenKind.BRACE_L || token.kind === TokenKind.BRACKET_L || token.kind === TokenKind.PAREN_L)
        depth += 1;
      else if (
        token.kind === TokenKind.BRACE_R ||
        token.kind === TokenKind.BRACKET_R ||
        token.kind === TokenKind.PAREN_R
      )
        depth -= 1;
      if (depth > most) return { message: `Brackets stand in brackets more than ${most} deep.`, line: token.line };
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { message: error.message, line: error.locations?.[0]?.line ?? null };
  }
  return null;
}

function notOfSchemas({ definitions }: DocumentNode): SdlFault[] {
  return definitions
    .filter(({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION)
    .map((node) => ({ message: 'A schema holds definitions of types, and no operations.', line: lineOf(node) }));
}

function directiveFaults(document: DocumentNode, { directives: most, depth }: SdlBounds): SdlFault[] {
  const faults: SdlFault[] = [];
  visit(document, {
    enter: (node) => {
      const directives = 'directives' in node ? (node.directives ?? []) : [];
      if (directives.length > most)
        faults.push({
          message: `${directives.length} directives stand on one definition, and at most ${most} are accepted.`,
          line: lineOf(node),
        });
    },
    // Whatever the directive is called: a link may give it another name.
    Directive: (node) => {
      for (const argument of node.arguments ?? [])
        if (argument.value.kind === Kind.STRING && deepest(argument.value.value) > depth)
          faults.push({ message: `@${node.name.value} selects more than ${depth} deep.`, line: lineOf(node) });
    },
  });
  return faults;
}

/** How many braces stand in braces at most. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (const sign of text) {
    if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    most = Math.max(most, depth);
  }
  return most;
}

function linkFaults({ definitions }: DocumentNode): SdlFault[] {
  return definitions
    .filter((node) => node.kind === Kind.SCHEMA_EXTENSION || node.kind === Kind.SCHEMA_DEFINITION)
    .flatMap(({ directives = [] }) => directives.filter(({ name }) => name.value === 'link'))
    .flatMap((link) => {
      const url = textOf(link, 'url') ?? '';
      const isKnown = KNOWN_LINKS.some((one) => Number(one.url.exec(url)?.[1] ?? Infinity) <= one.minor);
      if (!isKnown) return [{ message: `The schema links to "${url}", which is not known here.`, line: lineOf(link) }];
      // Under another name the roles of a field would be read by nobody.
      return url.includes('/access/') && /\bas:/.test(importsOf(link))
        ? [{ message: '@access is imported under its own name only.', line: lineOf(link) }]
        : [];
    });
}

function importsOf(link: ConstDirectiveNode): string {
  return (link.arguments ?? [])
    .map(({ name, value }) =>
      name.value === 'as' ? 'as:' : value.kind === Kind.LIST ? value.values.map(textWithin).join(' ') : '',
    )
    .join(' ');
}

const textWithin = (node: ASTNode): string =>
  node.kind === Kind.OBJECT ? node.fields.map(({ name }) => `${name.value}:`).join(' ') : '';

function textOf(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((argument) => argument.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

const lineOf = (node: ASTNode): number | null => node.loc?.startToken.line ?? null;
