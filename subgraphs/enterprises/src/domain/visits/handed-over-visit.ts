/** Who goes on a planned visit, and which department's visit it is. */
export interface PlannedParty {
  readonly departmentCode: string;
  readonly officialIds: readonly string[];
}

/** An official with the department that he or she belongs to. */
export interface Heir {
  readonly id: string;
  readonly departmentCode: string;
}

/**
 * Who makes a planned visit when one of the party leaves. The heir goes in the leaver's place, and it becomes a visit
 * of the heir's department when nobody else of the former one goes; without an heir the others go alone. Null when
 * nobody would be left.
 * @param departmentOf the department of each other member of the party.
 */
export function partyWithout(
  { departmentCode, officialIds }: PlannedParty,
  { leaver, heir, departmentOf }: { leaver: string; heir: Heir | null; departmentOf: ReadonlyMap<string, string> },
): PlannedParty | null {
  const others = officialIds.filter((id) => id !== leaver);
  const party = heir === null || others.includes(heir.id) ? others : [...others, heir.id];
  const [first] = party;
  if (first === undefined) return null;
  const belongs = party.map((id) => (id === heir?.id ? heir.departmentCode : departmentOf.get(id)));
  if (belongs.includes(departmentCode)) return { departmentCode, officialIds: party };
  return { departmentCode: heir?.departmentCode ?? departmentOf.get(first) ?? departmentCode, officialIds: party };
}
