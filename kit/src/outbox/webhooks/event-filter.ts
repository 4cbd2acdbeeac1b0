/**
 * True when an event type is wanted. Each filter names a type or the beginning of one up to a dot: `cn.example.thing`
 * covers `cn.example.thing.changed` and not `cn.example.thingamy.changed`. No filter at all wants everything.
 */
export function wantsEvent(filters: readonly string[], type: string): boolean {
  return filters.length === 0 || filters.some((filter) => type === filter || type.startsWith(`${filter}.`));
}
