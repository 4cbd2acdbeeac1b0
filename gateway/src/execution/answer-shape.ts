import { isCompositeType, isCustomScalarType, isInputObjectType, isListType, isNonNullType, isSubtype, isValidLeafValue, isVariable, typenameFieldName, type CompositeType, type FieldSelection, type Operation, type OperationElement, type Schema, type SelectionSet, type Type, type Variable } from '@apollo/federation-internals';

/** Names that every plain object answers to without owning them; a response key may be one of them. */
const inherited = (key: string): boolean => key in Object.prototype;

/** Whether a selection counts, by the values of the operation's variables; undefined: it always does. */
export type Condition = ((variables: Readonly<Record<string, unknown>>) => boolean) | undefined;

/** What one selection set of the operation makes of a value, in the order in which it was asked. */
export interface ObjectShape {
  readonly selections: readonly SelectionShape[];
}

export interface AnswerShape extends ObjectShape {
  readonly rootType: CompositeType;
  /** No response key is a name that objects inherit: plain objects can hold the answer. */
  readonly isPlain: boolean;
}

export type SelectionShape =
  | { readonly kind: 'typename'; readonly key: string; readonly counts: Condition }
  | { readonly kind: 'introspection'; readonly key: string; readonly counts: Condition; readonly selection: FieldSelection }
  | { readonly kind: 'field'; readonly key: string; readonly isInherited: boolean; readonly counts: Condition; readonly value: ValueShape }
  | { readonly kind: 'fragment'; readonly counts: Condition; readonly condition: CompositeType | undefined; readonly applies: (typename: unknown, parent: CompositeType) => boolean; readonly shape: ObjectShape };

export type ValueShape =
  | { readonly kind: 'nonNull'; readonly of: ValueShape; readonly typeName: string }
  | { readonly kind: 'list'; readonly of: ValueShape; readonly typeName: string }
  | { readonly kind: 'object'; readonly type: CompositeType; readonly typeName: string; readonly shape: ObjectShape }
  | { readonly kind: 'leaf'; readonly typeName: string; readonly isValid: (value: unknown) => boolean };

/** Reads an operation on the graph's schema once, so that its answers are shaped without asking the schema again. */
export function answerShape({ selectionSet, rootKind }: Operation, schema: Schema): AnswerShape {
  const rootType = schema.schemaDefinition.rootType(rootKind);
  if (rootType === undefined) throw new Error(`The graph has no ${rootKind}.`);
  const shape = objectShape(selectionSet, schema);
  return { ...shape, rootType, isPlain: isPlain(shape) };
}

function isPlain({ selections }: ObjectShape): boolean {
  return selections.every((selection) => {
    if (selection.kind === 'fragment') return isPlain(selection.shape);
    const inner = selection.kind === 'field' ? objectWithin(selection.value) : undefined;
    return !inherited(selection.key) && (inner === undefined || isPlain(inner));
  });
}

/** What is asked for of the objects that a value is or holds; undefined for leaves and lists of leaves. */
export function objectWithin(value: ValueShape): ObjectShape | undefined {
  if (value.kind === 'object') return value.shape;
  return value.kind === 'leaf' ? undefined : objectWithin(value.of);
}

function objectShape(selectionSet: SelectionSet, schema: Schema): ObjectShape {
  const selections = selectionSet.selections().map((selection): SelectionShape => {
    const counts = conditionOf(selection.element, schema);
    if (selection.kind !== 'FieldSelection') {
      const condition = selection.element.typeCondition;
      return { kind: 'fragment', counts, condition, applies: typeTest(condition, schema), shape: objectShape(selection.selectionSet, schema) };
    }
    const { element } = selection;
    const key = element.responseName();
    if (element.definition.isSchemaIntrospectionField()) return { kind: 'introspection', key, counts, selection };
    if (element.name === typenameFieldName) return { kind: 'typename', key, counts };
    // A field's type is an output type of the API schema.
    return { kind: 'field', key, isInherited: inherited(key), counts, value: valueShape(element.definition.type as Type, selection.selectionSet, schema) };
  });
  return { selections };
}

function valueShape(type: Type, selectionSet: SelectionSet | undefined, schema: Schema): ValueShape {
  const typeName = type.toString();
  if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(type.ofType as Type, selectionSet, schema), typeName };
  if (isListType(type)) return { kind: 'list', of: valueShape(type.ofType as Type, selectionSet, schema), typeName };
  if (isCompositeType(type)) {
    if (selectionSet === undefined) throw new Error(`${typeName} has no leaf value: the operation was not validated.`);
    return { kind: 'object', type, typeName, shape: objectShape(selectionSet, schema) };
  }
  if (isInputObjectType(type)) throw new Error(`${typeName} is no output type.`);
  return { kind: 'leaf', typeName, isValid: isCustomScalarType(type) ? () => true : (value) => isValidLeafValue(schema, value, type) };
}

/** `@skip` and `@include` of a selection. Both may stand there; then both must let it pass. */
function conditionOf(element: OperationElement, schema: Schema): Condition {
  const [skip] = element.appliedDirectivesOf(schema.skipDirective());
  const [include] = element.appliedDirectivesOf(schema.includeDirective());
  if (skip === undefined && include === undefined) return undefined;
  const skips = testOf(skip?.arguments().if ?? false);
  const includes = testOf(include?.arguments().if ?? true);
  return (variables) => !skips(variables) && includes(variables);
}

function testOf(value: boolean | Variable): NonNullable<Condition> {
  return isVariable(value) ? (variables) => variables[value.name] === true : () => value;
}

/**
 * Whether a fragment on `condition` applies to an object: by its `__typename` where it has one, else by the type that the
 * place has in the schema. What was found for a type is kept; a name that is no type of the graph never applies.
 */
function typeTest(condition: CompositeType | undefined, schema: Schema): (typename: unknown, parent: CompositeType) => boolean {
  if (condition === undefined) return () => true;
  const known = new Map<string, boolean>();
  return (typename, parent) => {
    const type = typeof typename === 'string' && typename !== '' ? schema.type(typename) : parent;
    if (type === undefined) return false;
    const found = known.get(type.name) ?? isSubtype(condition, type);
    known.set(type.name, found);
    return found;
  };
}
