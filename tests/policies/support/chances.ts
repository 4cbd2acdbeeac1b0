/** Numbers that look random and are the same each time, by a seed; and one of some items by them. */
export function chances(seed: number) {
  let state = seed;
  const chance = (below: number): number => {
    // mulberry32; a product beyond 2^53 would lose its low digits and soon go in circles.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
  const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[chance(items.length)];
  return { chance, oneOf };
}
