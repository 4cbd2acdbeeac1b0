import { isMap, isPair, isScalar, type Document, type LineCounter, type Node } from 'yaml';

/** A fault of a mapping file, for the engineer who writes it: where it stands, from one, and what to do. */
export interface MappingFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Finds where the parts of a mapping stand in its text. */
export class MappingPlaces {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** A fault of the value at a path; where that is missing, of what should hold it. */
  atValue(path: readonly (string | number)[], message: string): MappingFault {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range != null) return this.atOffset(node.range[0], message);
    }
    return this.atOffset(this.#document.contents?.range?.[0] ?? 0, message);
  }

  /** A fault of a key: where the key stands, not its value. */
  atKey(path: readonly (string | number)[], key: string, message: string): MappingFault {
    const holder = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isMap(holder)) {
      const pair = holder.items.find((one) => isPair(one) && isScalar(one.key) && String(one.key.value) === key);
      const range = isScalar(pair?.key) ? pair.key.range : null;
      if (range != null) return this.atOffset(range[0], message);
    }
    return this.atValue(path, message);
  }

  atOffset(offset: number, message: string): MappingFault {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), message };
  }
}

/** In the order of the file, each once. */
export function inOrder(faults: readonly MappingFault[]): MappingFault[] {
  const seen = new Set<string>();
  return faults
    .filter((fault) => {
      const key = JSON.stringify(fault);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The known word that is nearest to one that nobody knows; null where none is near. */
export function nearest(word: string, known: Iterable<string>): string | null {
  let best: { readonly word: string; readonly distance: number } | null = null;
  for (const one of known) {
    const distance = editDistance(word.toLowerCase(), one.toLowerCase());
    if (distance <= Math.max(1, Math.floor(one.length / 3)) && distance < (best?.distance ?? Infinity))
      best = { word: one, distance };
  }
  return best?.word ?? null;
}

/** Characters that must be put in, left out or changed to make one text of the other (Levenshtein). */
export function editDistance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [row, left] of a.entries()) {
    const current = [row + 1];
    for (const [column, right] of b.entries())
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (left === right ? 0 : 1),
        ),
      );
    previous = current;
  }
  return previous[b.length] ?? 0;
}
