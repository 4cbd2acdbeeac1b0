/** Not the process's work: it waits. */
const WAITING = new Set(['(idle)', '(program)']);

/**
 * The share of a process's CPU time that was spent in functions, and in whatever they called.
 * @param isOf tells a frame of the functions, `{ functionName, url }`
 */
export function shareOf({ nodes, samples, timeDeltas }, isOf) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const known = new Map();
  const isWithin = (id) => {
    if (id === undefined) return false;
    if (!known.has(id)) known.set(id, isOf(byId.get(id).callFrame) || isWithin(parents.get(id)));
    return known.get(id);
  };
  let busy = 0;
  let within = 0;
  samples.forEach((id, at) => {
    if (WAITING.has(byId.get(id).callFrame.functionName)) return;
    busy += timeDeltas[at];
    if (isWithin(id)) within += timeDeltas[at];
  });
  return within / busy;
}
