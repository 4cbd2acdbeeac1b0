import { Dice, hashOf } from './dice.js';
import type { Thing } from './world-data.js';
import type { Shape } from './world.js';

/** How departments fail while one operation is answered. */
export interface Faults {
  readonly seed: string;
  /** Departments that give no answer at all. */
  readonly out: ReadonlySet<string>;
  /** Departments that answer `data: null` and one error without a path. */
  readonly refusing: ReadonlySet<string>;
  /** Departments that break their word: they leave out what was asked, or answer another form. */
  readonly breaking: ReadonlySet<string>;
  /**
   * In hundredths: fields of single things that end in an error (or null where null is forbidden, or one item in an
   * error).
   */
  readonly fields: number;
  /** In hundredths: things that a department cannot look up. */
  readonly references: number;
}

export const NO_FAULTS: Faults = {
  seed: '',
  out: new Set(),
  refusing: new Set(),
  breaking: new Set(),
  fields: 0,
  references: 0,
};

export function drawFaults(departments: readonly string[], seed: string): Faults {
  const dice = new Dice('faults', seed);
  const one = new Set([dice.pick(departments)]);
  switch (dice.below(5)) {
    case 0:
      return { ...NO_FAULTS, seed, out: one };
    case 1:
      return { ...NO_FAULTS, seed, refusing: one };
    case 2:
      return { ...NO_FAULTS, seed, breaking: one };
    case 3:
      return { ...NO_FAULTS, seed, fields: 15, references: 10 };
    default:
      return { ...NO_FAULTS, seed, out: one, fields: 6, references: 6 };
  }
}

export const failsWhole = (faults: Faults, department: string): boolean =>
  faults.out.has(department) || faults.refusing.has(department) || faults.breaking.has(department);

export type FieldFault = 'error' | 'null' | 'item';

/** How a department fails at one field of one thing; `null` only where its schema forbids null. */
export function fieldFault(
  { seed, fields }: Faults,
  { department, thing, field, type }: { department: string; thing: Thing; field: string; type: Shape },
): FieldFault | undefined {
  if (fields === 0 || hashOf(seed, 'field', department, thing.type, thing.index, field) % 100 >= fields)
    return undefined;
  const kinds: FieldFault[] = [
    'error',
    ...(type.nonNull ? (['null'] as const) : []),
    ...('of' in type ? (['item'] as const) : []),
  ];
  return kinds[hashOf(seed, 'kind', department, thing.type, thing.index, field) % kinds.length];
}

export function referenceFails({ seed, references }: Faults, department: string, thing: Thing): boolean {
  return references > 0 && hashOf(seed, 'reference', department, thing.type, thing.index) % 100 < references;
}

export function describeFaults({ out, refusing, breaking, fields, references }: Faults): string {
  const named = [
    ['out', out],
    ['refusing', refusing],
    ['breaking their word', breaking],
  ] as const;
  return (
    [
      ...named.flatMap(([what, which]) => (which.size === 0 ? [] : [`${what}: ${[...which].join(', ')}`])),
      ...(fields === 0 ? [] : [`${fields} % of fields`]),
      ...(references === 0 ? [] : [`${references} % of things`]),
    ].join('; ') || 'none'
  );
}
