/**
 * A world of invented departments: what each of them publishes, and who answers what. It is drawn by chance
 * (`draw-world`), printed as one schema for each department (`world-sdl`), and its values follow from it
 * (`world-data`).
 */
export interface World {
  readonly departments: readonly string[];
  readonly objects: Map<string, ObjectType>;
  readonly interfaces: Map<string, InterfaceType>;
  readonly unions: Map<string, UnionType>;
  /** Root types by name; they have fields, but no keys. */
  readonly roots: Map<RootName, ObjectType>;
}

export type RootName = 'Query' | 'Mutation';

/** The type of a field or argument: a name, or a list of something. */
export type Shape =
  { readonly name: string; readonly nonNull: boolean } | { readonly of: Shape; readonly nonNull: boolean };

export interface Argument {
  readonly name: string;
  readonly type: Shape;
  /** In the language of schemas. */
  readonly defaultValue?: string;
}

export interface Field {
  readonly name: string;
  readonly type: Shape;
  readonly args: readonly Argument[];
  /** Concrete object types that its objects may have; none for leaves. */
  readonly possible: readonly string[];
  isInaccessible: boolean;
  /** What the field is in each department that has it. */
  readonly held: Map<string, Holding>;
}

/** A field as one department has it. Without anything set the department answers it. */
export interface Holding {
  isExternal?: boolean;
  requires?: string;
  provides?: string;
  /** Taken over from this department. */
  override?: string;
  /** Another department took it over: whoever still asks here gets a wrong value. */
  isOverridden?: boolean;
}

export interface Key {
  /** A selection, for example `id owner { code }`. */
  readonly fields: string;
  readonly isResolvable: boolean;
}

export interface ObjectType {
  readonly name: string;
  /** The keys by which each department knows it; departments without an entry have it as a plain type. */
  readonly keys: Map<string, Key[]>;
  readonly departments: Set<string>;
  readonly fields: Map<string, Field>;
  readonly interfaces: Set<string>;
}

export interface InterfaceType {
  readonly name: string;
  /** Departments that publish it as an interface. */
  readonly departments: Set<string>;
  /** Names of the fields that its types have in common; in each of its departments the types hold all of them. */
  readonly fields: string[];
  readonly implementations: string[];
  readonly parent?: string;
  /** For an interface with a key: departments that have it as an @interfaceObject, and the fields that these add. */
  readonly key?: string;
  readonly objectIn: Set<string>;
  readonly added: Map<string, Field>;
}

export interface UnionType {
  readonly name: string;
  readonly members: readonly string[];
  readonly departments: Set<string>;
}

/** How many things of each type there are. */
export const POPULATION = 4;

export const LEAVES = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Mood', 'Json', 'Digits'] as const;

export const nullable = (name: string): Shape => ({ name, nonNull: false });
export const required = (name: string): Shape => ({ name, nonNull: true });

export const nameOf = (shape: Shape): string => ('of' in shape ? nameOf(shape.of) : shape.name);
export const isLeaf = (shape: Shape): boolean => (LEAVES as readonly string[]).includes(nameOf(shape));

export function printShape(shape: Shape): string {
  return `${'of' in shape ? `[${printShape(shape.of)}]` : shape.name}${shape.nonNull ? '!' : ''}`;
}

/** The field of an object type as the whole graph has it: its own, or one that an @interfaceObject adds. */
export function fieldOf(world: World, typeName: string, fieldName: string): Field | undefined {
  const type = world.objects.get(typeName) ?? world.roots.get(typeName as RootName);
  const own = type?.fields.get(fieldName);
  if (own !== undefined) return own;
  const interfaces = type === undefined ? [typeName] : [...type.interfaces];
  return interfaces
    .map((name) => world.interfaces.get(name)?.added.get(fieldName))
    .find((field) => field !== undefined);
}

/** The interface that stands for a concrete type in a department which has it as an @interfaceObject. */
export function stoodFor(world: World, typeName: string, department: string): string | undefined {
  return [...(world.objects.get(typeName)?.interfaces ?? [])].find((name) =>
    world.interfaces.get(name)?.objectIn.has(department),
  );
}

/** Departments that answer a field on their own account. */
export function resolversOf(field: Field): string[] {
  return [...field.held]
    .filter(([, { isExternal, isOverridden }]) => isExternal !== true && isOverridden !== true)
    .map(([department]) => department);
}

/** The keys by which a department knows a concrete type, also one for which an interface stands there. */
export function keysIn(world: World, typeName: string, department: string): readonly Key[] {
  const standing = stoodFor(world, typeName, department);
  const key = standing === undefined ? undefined : world.interfaces.get(standing)?.key;
  return key === undefined
    ? (world.objects.get(typeName)?.keys.get(department) ?? [])
    : [{ fields: key, isResolvable: true }];
}
