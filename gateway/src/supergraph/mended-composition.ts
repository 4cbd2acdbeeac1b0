import { GraphPath } from '@apollo/query-graphs';

/** What the composition keeps of each step of a path beside the step, as far as it is mended here. */
interface OfSteps {
  readonly edgeConditions: readonly unknown[];
  readonly contextToSelection: readonly unknown[];
  readonly parameterToContext: readonly unknown[];
}

interface Path {
  readonly props: OfSteps;
  mergeEdgeConditionsWithResolution(resolution: Resolution): OfSteps;
}

/** How the conditions of a further step are met: with nothing, for most. */
interface Resolution {
  readonly pathTree?: unknown;
  readonly contextMap?: ReadonlyMap<unknown, unknown>;
}

const ANOTHER_VERSION =
  'This version of the composition walks through a graph in another way: see mended-composition.ts.';

let isMended = false;

/**
 * Spares the composition most of its memory, once for the process. It walks through the graph from type to type, and
 * copies for each step five lists that are as long as the way to it, three of which hold nothing on a way without
 * conditions and contexts: where a way leads through thousands of types, as it does in a graph of ten thousand, that
 * took most of the time. Ways of one length have one list of nothing. Nothing else is changed.
 */
export function mendComposition(): void {
  if (isMended) return;
  isMended = true;
  const prototype = GraphPath.prototype as unknown as Path;
  const found: unknown = Object.getOwnPropertyDescriptor(prototype, 'mergeEdgeConditionsWithResolution')?.value;
  if (typeof found !== 'function') throw new Error(ANOTHER_VERSION);
  prototype.mergeEdgeConditionsWithResolution = function mended(this: Path, resolution: Resolution): OfSteps {
    const { edgeConditions, contextToSelection, parameterToContext } = this.props;
    const isPlain = resolution.pathTree == null && (resolution.contextMap?.size ?? 0) === 0;
    if (!isPlain || ![edgeConditions, contextToSelection, parameterToContext].every(holdsNothing))
      return found.call(this, resolution) as OfSteps;
    const nothing = nothingFor(edgeConditions.length + 1);
    return { edgeConditions: nothing, contextToSelection: nothing, parameterToContext: nothing };
  };
}

const lists = new WeakSet<readonly unknown[]>();
let last: readonly null[] = [];

const holdsNothing = (list: readonly unknown[]): boolean => list.length === 0 || lists.has(list);

/** A list of nothing, never changed: that of the last length, which the next way has as well most often. */
function nothingFor(length: number): readonly null[] {
  if (last.length !== length) {
    last = new Array<null>(length).fill(null);
    lists.add(last);
  }
  return last;
}
