import type { ClientSession } from 'mongoose';
import { withYears } from '../../domain/facts/facts-in-years.js';
import type { FactColumns } from '../../domain/facts/fact-columns.js';
import type { Facts } from '../../domain/facts/fact-values.js';
import { slotOf } from '../../domain/facts/facts.js';
import type { KnownFacts } from '../../domain/facts/versioned-facts.js';
import type { MatchablePolicy } from '../../domain/matching/match.js';
import { policiesHad, POLICIES_HAD, withPoliciesHad, type Had } from '../../domain/policy/had-before.js';
import { factsIn } from '../../models/enterprise-facts.js';
import type { Stores } from '../../stores.js';

/** What policies ask beside the newest known facts: figures of single years, and what was had before. */
type Asking = Pick<MatchablePolicy, 'asksHadOf' | 'asksYears'>;

/** Facts of an enterprise with what policies ask beside them. */
export type WithAsked = (uscc: string, facts: Facts) => Facts;

/** Names with the year of the figures that some of the policies ask for, each once. */
export const yearsAskedBy = (policies: readonly Pick<Asking, 'asksYears'>[]): string[] => [
  ...new Set(policies.flatMap(({ asksYears }) => asksYears)),
];

/**
 * Known facts with what is asked beside them: many policies are decided on slots, so that only those change.
 * @param years names with the year of the figures that are asked for.
 */
export function knownWithAsked(
  { facts, slots }: KnownFacts,
  years: readonly string[],
  had: readonly string[],
): KnownFacts {
  const told = withYears(facts, years);
  const asked = [...slots];
  for (const name of years) asked[slotOf(name)] = told.values[name];
  asked[slotOf(POLICIES_HAD)] = had;
  return { facts: withPoliciesHad(told, had), slots: asked };
}

/** Whether policies ask what was had under some policy. */
export const askHad = (policies: readonly Asking[]): boolean => policies.some(({ asksHadOf }) => asksHadOf.length > 0);

/**
 * Reads what policies ask beside the newest known facts; null where they ask for nothing of it, which is nearly always.
 * @param before of a grant of which something is paid: of what was had only what was found before it counts.
 */
export async function askedFacts(
  { grants }: Pick<Stores, 'grants'>,
  {
    usccs,
    policies,
    before,
  }: { readonly usccs: readonly string[]; readonly policies: readonly Asking[]; readonly before?: Date | undefined },
  session: ClientSession | null,
): Promise<WithAsked | null> {
  const held = askHad(policies) ? await grants.heldIn(usccs, session) : null;
  return adding(policies, held === null ? null : (uscc) => policiesHad(held.get(uscc) ?? [], before));
}

/** The same of one enterprise, of which it is known what it holds, or held on an earlier day. */
export const askedOf = (policies: readonly Asking[], held: readonly Had[]): WithAsked | null =>
  adding(policies, askHad(policies) ? () => policiesHad(held) : null);

function adding(policies: readonly Asking[], hadBy: ((uscc: string) => readonly string[]) | null): WithAsked | null {
  const years = yearsAskedBy(policies);
  if (years.length === 0 && hadBy === null) return null;
  return (uscc, facts) => {
    const known = withYears(facts, years);
    return hadBy === null ? known : withPoliciesHad(known, hadBy(uscc));
  };
}

/** Whether policies ask anything beside the newest known facts; nearly all do not. */
export const askBeside = (policies: readonly Asking[]): boolean =>
  yearsAskedBy(policies).length > 0 || askHad(policies);

/** Enterprises that are read at a time. */
const AT_ONCE = 1_000;
const NOTHING_HAD: readonly string[] = [];

/** What policies ask beside the newest known facts, to be put into columns. */
export interface AskedColumns {
  readonly names: readonly string[];
  /** Puts it into the rows of a table, whose enterprises are those that were read, in their order. */
  putInto(columns: FactColumns): void;
}

/**
 * Reads for many enterprises what policies ask beside the newest known facts; null where they ask nothing of it.
 * @param held what they hold, of those who hold something.
 */
export async function askedColumns(
  { facts }: Pick<Stores, 'facts'>,
  {
    usccs,
    policies,
    held,
  }: {
    readonly usccs: readonly string[];
    readonly policies: readonly Asking[];
    readonly held: ReadonlyMap<string, readonly Had[]>;
  },
  session: ClientSession | null,
): Promise<AskedColumns | null> {
  if (!askBeside(policies)) return null;
  const years = yearsAskedBy(policies);
  const asksHad = askHad(policies);
  const inYears = new Map<string, Facts['values']>();
  for (let at = 0; years.length > 0 && at < usccs.length; at += AT_ONCE)
    for (const record of await facts.byUscc(usccs.slice(at, at + AT_ONCE), session))
      inYears.set(record.uscc, withYears(factsIn(record), years).values);
  return {
    names: asksHad ? [...years, POLICIES_HAD] : years,
    putInto: (columns) => {
      // Nearly nobody had anything, which is known all the same.
      if (asksHad) columns.fill(POLICIES_HAD, NOTHING_HAD);
      if (years.length === 0 && held.size === 0) return;
      for (const [row, uscc] of usccs.entries()) {
        const had = asksHad ? held.get(uscc) : undefined;
        if (had !== undefined) columns.put(row, POLICIES_HAD, policiesHad(had));
        const values = inYears.get(uscc);
        for (const name of years) if (values?.[name] !== undefined) columns.put(row, name, values[name]);
      }
    },
  };
}
