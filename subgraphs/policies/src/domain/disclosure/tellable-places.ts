import { SMALLEST_CELL } from '@zhitong/values';

/** Where an enterprise is: section letter of its industry (GB/T 4754) and code of its district (GB/T 2260). */
export interface Whereabouts {
  readonly section: string;
  readonly district: string;
}

/** How many enterprises share a place. */
export interface PlaceCount extends Whereabouts {
  readonly enterprises: number;
}

/**
 * What of a place may be told of one of these enterprises to who may not know which one it is: as much as five or more
 * share, where what is withheld is shared by five or more as well. Of one district alone that has fewer, not naming it
 * would name it. Where a district may not be told, the section is; where that may not be either, nothing.
 */
export function tellablePlaces(counts: readonly PlaceCount[]): (place: Whereabouts) => Whereabouts {
  const sections = new Map<string, Map<string, number>>();
  for (const { section, district, enterprises } of counts) {
    const districts = sections.get(section) ?? new Map<string, number>();
    sections.set(section, districts.set(district, (districts.get(district) ?? 0) + enterprises));
  }
  const named = tellable(new Map([...sections].map(([section, districts]) => [section, sumOf(districts)])));
  const districtsOf = new Map([...sections].map(([section, districts]) => [section, tellable(districts)]));
  return ({ section, district }) => {
    if (section === '' || !named.has(section)) return { section: '', district: '' };
    return { section, district: districtsOf.get(section)?.has(district) === true ? district : '' };
  };
}

/** The cells that may be named: the smallest are withheld, as many as it takes for those to stand for enough. */
function tellable(cells: ReadonlyMap<string, number>): ReadonlySet<string> {
  const told = new Set<string>();
  let withheld = 0;
  for (const [name, count] of [...cells].sort(([one, few], [other, more]) => few - more || (one < other ? -1 : 1))) {
    if (count < SMALLEST_CELL || (withheld > 0 && withheld < SMALLEST_CELL)) withheld += count;
    else told.add(name);
  }
  return told;
}

const sumOf = (cells: ReadonlyMap<string, number>): number =>
  [...cells.values()].reduce((sum, count) => sum + count, 0);
