import {
  BREAK,
  visit,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
} from 'graphql';
import { parseResolveInfo, type FieldsByTypeName, type ResolveTree } from 'graphql-parse-resolve-info';

/** The fields that an operation asks for below the present one, fragments and conditions applied. */
export type RequestedFields = ReadonlyMap<string, RequestedFields>;

const NOTHING: RequestedFields = new Map();

/** What was read of a field of a document; documents are kept between requests, and so is this. */
const kept = new WeakMap<FieldNode, { readonly type: GraphQLOutputType; readonly fields: RequestedFields }>();
const conditional = new WeakMap<OperationDefinitionNode, boolean>();

/** Reads the field names requested below `info`'s field, by schema name (aliases fold together). */
export function requestedFields(info: GraphQLResolveInfo): RequestedFields {
  const [node, ...others] = info.fieldNodes;
  if (node === undefined || others.length > 0 || hasConditions(info)) return readFields(info);
  const known = kept.get(node);
  if (known?.type === info.returnType) return known.fields;
  const fields = readFields(info);
  kept.set(node, { type: info.returnType, fields });
  return fields;
}

/** Whether what is requested depends on variables: on `@skip` or `@include` somewhere in the operation. */
function hasConditions({ operation, fragments }: GraphQLResolveInfo): boolean {
  let known = conditional.get(operation);
  if (known === undefined) {
    known = [operation, ...Object.values(fragments)].some((definition) => {
      let found = false;
      visit(definition, {
        Directive: ({ name }) => {
          found ||= name.value === 'skip' || name.value === 'include';
          return found ? BREAK : undefined;
        },
      });
      return found;
    });
    conditional.set(operation, known);
  }
  return known;
}

function readFields(info: GraphQLResolveInfo): RequestedFields {
  const tree = parseResolveInfo(info);
  return tree && 'fieldsByTypeName' in tree ? fieldsOf((tree as ResolveTree).fieldsByTypeName) : NOTHING;
}

/**
 * What is requested of a connection's nodes, through `nodes` or `edges { node }`; undefined when no node is asked for.
 */
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
