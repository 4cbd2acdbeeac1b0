/** A region of GB/T 2260 with its name. */
export interface NamedRegion {
  readonly code: string;
  readonly name: string;
}

/** The city's regions in the order of their codes: those that a department of the city or of a district serves. */
export function regionsOf(departments: readonly { readonly region: NamedRegion }[]): NamedRegion[] {
  const byCode = new Map(departments.map(({ region }) => [region.code, { code: region.code, name: region.name }]));
  return [...byCode.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}
