/** Something that is not as it was written: an entry of the ledger, a record, a seal, or the sums kept for audits. */
export type Finding =
  | { readonly kind: 'ENTRY'; readonly commitmentId: string; readonly seq: number; readonly message: string }
  | { readonly kind: 'RECORD'; readonly record: string; readonly message: string }
  | { readonly kind: 'SEAL'; readonly seal: number; readonly message: string }
  | { readonly kind: 'CHECKPOINT'; readonly of: string; readonly message: string };

/** A finding in words, with the place that it names. */
export function findingText(finding: Finding): string {
  switch (finding.kind) {
    case 'ENTRY':
      return `commitment ${finding.commitmentId}, entry ${finding.seq}: ${finding.message}`;
    case 'RECORD':
      return `record ${finding.record}: ${finding.message}`;
    case 'SEAL':
      return `seal ${finding.seal}: ${finding.message}`;
    case 'CHECKPOINT':
      return `${finding.of}: ${finding.message}`;
  }
}

/** The thing that a finding is about. */
const thingOf = (finding: Finding): string =>
  'commitmentId' in finding ? finding.commitmentId : 'record' in finding ? finding.record : '';

/**
 * Looks at many things, and again at those of which something was found: what is written meanwhile is read here before
 * and there after, and is no finding. Answers what both looks found.
 */
export async function confirmed<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
  look: (things: readonly Thing[]) => Promise<Finding[]>,
): Promise<Finding[]> {
  const found = new Set((await look(things)).map(thingOf));
  return found.size === 0 ? [] : look(things.filter((thing) => found.has(nameOf(thing))));
}
