import { schemaChange, type SchemaChange } from './schema-change.js';

const safe = (coordinate: string, message: string): SchemaChange => schemaChange('SAFE', { coordinate, message });

/** That something became deprecated, or is no longer: nobody's operation is affected. */
export function deprecationChanges(
  coordinate: string,
  old: { readonly deprecationReason?: string | null | undefined },
  fresh: { readonly deprecationReason?: string | null | undefined },
): SchemaChange[] {
  const [was, is] = [old.deprecationReason ?? null, fresh.deprecationReason ?? null];
  if (was === is) return [];
  if (is === null) return [safe(coordinate, `takes the deprecation of \`${coordinate}\` back`)];
  return [
    safe(
      coordinate,
      was === null
        ? `deprecates \`${coordinate}\`: ${is}`
        : `gives the deprecation of \`${coordinate}\` another reason: ${is}`,
    ),
  ];
}
