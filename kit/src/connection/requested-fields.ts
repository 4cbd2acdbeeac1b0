import type { GraphQLResolveInfo } from 'graphql';
import { parseResolveInfo, type FieldsByTypeName, type ResolveTree } from 'graphql-parse-resolve-info';

/** The fields that an operation asks for below the present one, fragments and conditions applied. */
export type RequestedFields = ReadonlyMap<string, RequestedFields>;

const NOTHING: RequestedFields = new Map();

/** Reads the field names requested below `info`'s field, by schema name (aliases fold together). */
export function requestedFields(info: GraphQLResolveInfo): RequestedFields {
  const tree = parseResolveInfo(info);
  return tree && 'fieldsByTypeName' in tree ? fieldsOf((tree as ResolveTree).fieldsByTypeName) : NOTHING;
}

/** What is requested of a connection's nodes, through `nodes` or `edges { node }`; undefined when no node is asked for. */
export function requestedNodeFields(fields: RequestedFields): RequestedFields | undefined {
  const direct = fields.get('nodes');
  const throughEdges = fields.get('edges')?.get('node');
  if (direct && throughEdges) return new Map([...throughEdges, ...direct]);
  return direct ?? throughEdges ?? (fields.has('edges') || fields.has('pageInfo') ? NOTHING : undefined);
}

function fieldsOf(byType: FieldsByTypeName): RequestedFields {
  const merged = new Map<string, RequestedFields>();
  for (const fields of Object.values(byType)) {
    for (const tree of Object.values(fields)) {
      const below = fieldsOf(tree.fieldsByTypeName);
      const known = merged.get(tree.name);
      merged.set(tree.name, known ? new Map([...known, ...below]) : below);
    }
  }
  return merged;
}
