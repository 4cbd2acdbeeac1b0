import { Kind, type SelectionSetNode } from 'graphql';
import { failsWhole, fieldFault, referenceFails, type Faults } from './faults.js';
import { fieldSet, requirementOf, Thing, truth } from './world-data.js';
import { fieldOf, isLeaf, keysIn, resolversOf, type Field, type World } from './world.js';

export type Path = readonly (string | number)[];

/** A place in the answer: where it is, who may have delivered the thing there, and what it stands in. */
export interface Place {
  readonly path: Path;
  readonly from: readonly string[];
  readonly isNonNull: boolean;
  readonly above: Place | undefined;
  /** What the departments provide of the thing beside their own fields. */
  readonly provided: ReadonlyMap<string, SelectionSetNode>;
}

export const rootPlace = (world: World): Place => ({
  path: [],
  from: world.departments,
  isNonNull: false,
  above: undefined,
  provided: new Map(),
});

const textOf = (path: Path): string => path.join('\u0001');

/**
 * The places at which an answer may be null with an error, because something failed on which they rest. It errs on the
 * side of weakness where the planner has a choice (two departments that answer one field, several ways to a
 * department); whatever rests on living departments alone, by the direct way, is not weak and must be answered.
 */
export class Weakness {
  readonly #world: World;
  readonly #seed: string;
  readonly #faults: Faults;
  readonly #weak = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #isWhole: boolean;

  constructor(world: World, { seed, faults }: { seed: string; faults: Faults }) {
    this.#world = world;
    this.#seed = seed;
    this.#faults = faults;
    this.#isWhole =
      faults.fields === 0 &&
      faults.references === 0 &&
      faults.out.size + faults.refusing.size + faults.breaking.size === 0;
  }

  /** Whether the answer may have null, with an error there or below, at a place. */
  allows(path: Path): boolean {
    if (this.#lost.has(textOf(path))) return true;
    return path.some((_step, index) => this.#weak.has(textOf(path.slice(0, index + 1))));
  }

  /** Notes a field that is asked of a thing; answers the place of its value. */
  step({ thing, field, place, path }: { thing: Thing; field: Field; place: Place; path: Path }): Place {
    const provided = [...place.provided]
      .filter(([, selection]) => selects(selection, field.name))
      .map(([department]) => department);
    const from = [...new Set([...resolversOf(field), ...provided])];
    const made: Place = { path, from, isNonNull: field.type.nonNull, above: place, provided: providedBy(field, from) };
    if (this.#isWhole) return made;
    if (this.#mayFail({ thing, field, place, from })) this.#note(made);
    return made;
  }

  #note(place: Place): void {
    this.#weak.add(textOf(place.path));
    for (let here: Place | undefined = place; here !== undefined; here = here.above) {
      this.#lost.add(textOf(here.path));
      if (!here.isNonNull) return;
    }
  }

  #mayFail({
    thing,
    field,
    place,
    from,
  }: {
    thing: Thing;
    field: Field;
    place: Place;
    from: readonly string[];
  }): boolean {
    if (from.some((department) => failsWhole(this.#faults, department))) return true;
    if (from.some((department) => this.#failsAt(department, thing, field))) return true;
    if (this.#needsMayFail(thing, field)) return true;
    if (this.#valueMayFail(field, from)) return true;
    return (
      place.above !== undefined &&
      !place.from.every((department) => from.includes(department)) &&
      this.#wayMayFail({ thing, place, from })
    );
  }

  #failsAt(department: string, thing: Thing, field: Field): boolean {
    return fieldFault(this.#faults, { department, thing, field: field.name, type: field.type }) !== undefined;
  }

  /** Whether the way from the departments that delivered a thing to those that answer one of its fields may fail. */
  #wayMayFail({ thing, place, from }: { thing: Thing; place: Place; from: readonly string[] }): boolean {
    if (from.some((department) => referenceFails(this.#faults, department, thing))) return true;
    const starts = place.from.filter((department) => !from.includes(department));
    const isDirect = starts.every((start) =>
      from.every((end) => {
        const known = keysIn(this.#world, thing.type, start).map(({ fields }) => fields);
        return keysIn(this.#world, thing.type, end).some(
          ({ fields, isResolvable }) => isResolvable && known.includes(fields),
        );
      }),
    );
    if (!isDirect) return true;
    return this.#world.departments.some((department) => this.#keyFails(department, thing));
  }

  #keyFails(department: string, thing: Thing): boolean {
    const names = keysIn(this.#world, thing.type, department)
      .flatMap(({ fields }) => fields.split(/\W+/))
      .filter((name) => name !== '');
    const seal = new Thing('Seal', thing.index);
    return names.some((name) =>
      [thing, seal].some((one) => {
        const field = fieldOf(this.#world, one.type, name);
        return field !== undefined && this.#failsAt(department, one, field);
      }),
    );
  }

  /** Whether something that the field needs of others may fail. */
  #needsMayFail(thing: Thing, field: Field): boolean {
    const found = requirementOf(field);
    return found !== undefined && this.#selectionMayFail(thing, fieldSet(found.requires), found.department);
  }

  #selectionMayFail(thing: Thing, selection: SelectionSetNode, asker: string): boolean {
    if (this.#world.departments.some((department) => failsWhole(this.#faults, department))) {
      const departments = this.#departmentsNamed(thing, selection);
      if (departments.some((department) => failsWhole(this.#faults, department))) return true;
    }
    if (this.#faults.fields === 0 && this.#faults.references === 0) return false;
    // Which way the planner takes to what is needed is not known: any fault at the thing, or at one that it names,
    // counts.
    return this.#anyFaultAt(thing, 3, asker);
  }

  /** Departments of whatever a selection names, of every type that it may be of. */
  #departmentsNamed(thing: Thing, selection: SelectionSetNode): string[] {
    const names = new Set<string>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const node of selections) {
        if (node.kind === Kind.FIELD) names.add(node.name.value);
        if (node.kind !== Kind.FRAGMENT_SPREAD && node.selectionSet !== undefined) collect(node.selectionSet);
      }
    };
    collect(selection);
    const types = [this.#world.objects.get(thing.type), ...this.#world.objects.values()];
    const found = types.flatMap((type) =>
      [...names].flatMap((name) => {
        const field = type === undefined ? undefined : fieldOf(this.#world, type.name, name);
        if (field === undefined) return [];
        const needs = requirementOf(field);
        return [...resolversOf(field), ...(needs === undefined ? [] : this.#world.departments)];
      }),
    );
    const ways = [...(this.#world.objects.get(thing.type)?.keys.keys() ?? [])];
    const known = new Set(
      ways.flatMap((department) => keysIn(this.#world, thing.type, department).map(({ fields }) => fields)),
    );
    return [...found, ...(known.size > 1 ? ways : [])];
  }

  #anyFaultAt(thing: Thing, depth: number, asker: string): boolean {
    const type = this.#world.objects.get(thing.type);
    if (type === undefined) return false;
    for (const department of this.#world.departments) {
      if (referenceFails(this.#faults, department, thing)) return true;
      for (const field of type.fields.values())
        if (field.held.has(department) && this.#failsAt(department, thing, field)) return true;
    }
    if (depth === 0) return false;
    return [...type.fields.values()].some((field) => {
      if (isLeaf(field.type)) return false;
      // With arguments it may be any thing of the type: as the fault is a matter of chance, count it.
      if (field.args.length > 0) return true;
      return thingsIn(truth(this.#world, { seed: this.#seed, thing, name: field.name, args: {} })).some((inner) =>
        this.#anyFaultAt(inner, depth - 1, asker),
      );
    });
  }

  /**
   * Whether an object in the value may be lost for what is asked of it unbidden: keys, needed fields, its concrete
   * type.
   */
  #valueMayFail(field: Field, from: readonly string[]): boolean {
    if (field.possible.length === 0) return false;
    const standsIn = field.possible.some((type) =>
      from.some((department) =>
        [...(this.#world.objects.get(type)?.interfaces ?? [])].some((name) =>
          this.#world.interfaces.get(name)?.objectIn.has(department),
        ),
      ),
    );
    // A department that says something else of a thing than the others contradicts them, and then nobody is believed.
    if (
      field.possible.some((type) =>
        [...this.#faults.breaking].some(
          (department) => this.#world.objects.get(type)?.departments.has(department) === true,
        ),
      )
    )
      return true;
    if (standsIn && this.#world.departments.some((department) => failsWhole(this.#faults, department))) return true;
    if (this.#faults.fields === 0 && this.#faults.references === 0) return false;
    if (standsIn) return true;
    return this.#strictFieldFails(field, 3);
  }

  /** Whether a field that must not be null fails at any thing that the value may hold; then the object is lost. */
  #strictFieldFails(field: Field, depth: number): boolean {
    return field.possible.some((name) => {
      const type = this.#world.objects.get(name);
      if (type === undefined) return false;
      return [0, 1, 2, 3].some((index) =>
        [...type.fields.values()].some((inner) => {
          if (!inner.type.nonNull) return false;
          const thing = new Thing(name, index);
          return (
            this.#world.departments.some(
              (department) => inner.held.has(department) && this.#failsAt(department, thing, inner),
            ) ||
            (depth > 0 && this.#strictFieldFails(inner, depth - 1))
          );
        }),
      );
    });
  }
}

function selects({ selections }: SelectionSetNode, name: string): boolean {
  return selections.some((node) => node.kind === Kind.FIELD && node.name.value === name);
}

function providedBy(field: Field, from: readonly string[]): Map<string, SelectionSetNode> {
  return new Map(
    from.flatMap((department) => {
      const provides = field.held.get(department)?.provides;
      return provides === undefined ? [] : [[department, fieldSet(provides)] as const];
    }),
  );
}

function thingsIn(value: unknown): Thing[] {
  if (Array.isArray(value)) return value.flatMap(thingsIn);
  return value instanceof Thing ? [value] : [];
}
