import { dayInShanghai } from '@zhitong/values';
import type { Clock } from '@zhitong/kit';
import type { ClientRelease } from '@zhitong/gateway/operations';
import type { ComposeGraph, SchemaPart } from '../composition/composed-graph.js';
import { judge, type Evidence } from '../domain/judgement.js';
import { checkReport, type CheckReport, type Fault } from '../domain/report.js';
import type { DiffSettings } from '../domain/schema-diff.js';
import type { SchemaChange } from '../domain/schema-change.js';
import { lookalikes, sdlFaults } from '../domain/sdl-guard.js';
import type { Declared } from '../models/decisions.js';
import type { Head } from '../models/head.js';
import type { Stores } from '../stores.js';

/** What checks go by. */
export interface CheckSettings extends DiffSettings {
  /** Days of use, up to today, against which a change is held. */
  readonly usageDays: number;
}

export interface Examination {
  readonly stores: Stores;
  readonly compose: ComposeGraph;
  readonly clock: Clock;
  readonly settings: CheckSettings;
  /** The documents that front ends have registered. @throws Error that names the record that cannot be read */
  readonly releases: () => Promise<readonly ClientRelease[]>;
  /** By client, whom its documents name as the one to speak to. */
  readonly contacts: () => Promise<ReadonlyMap<string, string>>;
}

/** A proposal as it would stand: the whole graph with one department's part put in, replaced or taken away. */
export interface ExaminedGraph {
  readonly head: Head;
  readonly report: CheckReport;
  /** Null where it does not compose. */
  readonly supergraphSdl: string | null;
  readonly changes: readonly SchemaChange[];
}

const DAY_MS = 86_400_000;
/** Declarations are a snapshot that an operator makes anew each night, see docs/registry.md. */
const DECLARED_DAYS = 7;
/** One document of MongoDB holds 16 MiB. */
const MOST_SUPERGRAPH_BYTES = 15_000_000;

/**
 * Composes what would come of a proposal and holds its changes against who uses the graph.
 * @param parts the parts to put in, by department; null takes one away.
 */
export async function examine(
  examination: Examination,
  head: Head,
  department: string,
  parts: ReadonlyMap<string, SchemaPart | null>,
): Promise<ExaminedGraph> {
  const { stores, compose, settings } = examination;
  const before = await stores.supergraphs.at(head.number);
  const [current, declared, approvals, counted, releases] = await Promise.all([
    currentParts(stores, head),
    stores.decisions.declared(),
    stores.decisions.approvals(),
    countedUses(examination),
    examination.releases(),
  ]);
  const evidence: Evidence = {
    ...counted,
    registered: [],
    dependants: declared.flatMap(({ dependants }) => dependants),
  };
  const report = (
    faults: readonly Fault[],
    changes: readonly SchemaChange[],
    known: Evidence = evidence,
  ): CheckReport =>
    checkReport({
      department,
      faults,
      changes: judge(changes, known, approvals),
      warnings: [
        ...given.flatMap(({ sdl }) => (faults.length === 0 ? lookalikes(sdl) : [])),
        ...(changes.some(({ severity }) => severity === 'BREAKING')
          ? oldDeclarations(declared, examination.clock.now())
          : []),
      ],
      evidence: known,
    });
  const refused = (faults: readonly Fault[]): ExaminedGraph => ({
    head,
    report: report(faults, []),
    supergraphSdl: null,
    changes: [],
  });
  const given = [...parts.values()].filter((part) => part !== null);
  const guarded = given.flatMap(({ name, sdl }) =>
    sdlFaults(sdl).map(({ message, line }) => ({ message, places: [{ department: name, coordinate: null, line }] })),
  );
  if (guarded.length > 0) return refused(guarded);
  const proposed = [...current.filter(({ name }) => !parts.has(name)), ...given].sort((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  if (proposed.length === 0) return refused([{ message: 'No department would be left in the graph.', places: [] }]);
  const composed = await compose({ before, parts: proposed, releases, settings });
  if (!composed.composes) return refused(composed.faults);
  const bytes = Buffer.byteLength(composed.supergraphSdl);
  if (bytes > MOST_SUPERGRAPH_BYTES)
    return refused([
      { message: `The graph would have ${bytes} bytes, and at most ${MOST_SUPERGRAPH_BYTES} are stored.`, places: [] },
    ]);
  // What one's own fields need goes with them.
  const others = composed.required.filter(({ name }) => !given.some((part) => name.endsWith(` of ${part.name}`)));
  const known = {
    ...evidence,
    registered: composed.registered,
    dependants: [...evidence.dependants, ...others],
  };
  return {
    head,
    report: report([], composed.changes, known),
    supergraphSdl: composed.supergraphSdl,
    changes: composed.changes,
  };
}

/** The departments' schemas that make the graph that counts. */
export async function currentParts(stores: Stores, head: Head): Promise<SchemaPart[]> {
  const publications = await stores.publications.byNumber(head.parts.map(({ publication }) => publication));
  return publications.map(({ department, url, sdl }) => ({ name: department, url: url ?? '', sdl: sdl ?? '' }));
}

/** The first of the days that are looked at: today is the last of them. */
export const firstDayOf = (clock: Clock, days: number): string =>
  dayInShanghai(new Date(clock.now().getTime() - (days - 1) * DAY_MS));

async function countedUses({
  stores,
  clock,
  settings,
}: Examination): Promise<Pick<Evidence, 'days' | 'counted' | 'countedSince'>> {
  const [countedSince, counted] = await Promise.all([
    stores.uses.firstDay(),
    stores.uses.since(firstDayOf(clock, settings.usageDays)),
  ]);
  // Where nothing was ever counted nothing is known.
  return { days: settings.usageDays, counted: countedSince === null ? null : counted, countedSince };
}

/** What departments have declared long ago may have changed since. */
const oldDeclarations = (declared: readonly Declared[], now: Date): string[] =>
  declared
    .filter(({ at }) => now.getTime() - at.getTime() > DECLARED_DAYS * DAY_MS)
    .map(({ department, at }) => `What ${department} needs it declared on ${dayInShanghai(at)}, and not since.`);
