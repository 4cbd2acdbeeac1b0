import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readDepartments } from '@zhitong/kit/departments';
import { wholeSchema } from '@zhitong/kit/schema';
import { composeThreads } from '../../../registry/src/composition/compose-apart.js';
import type { SchemaPart } from '../../../registry/src/composition/composed-graph.js';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const threads = composeThreads();
const composeApart = threads.compose;
afterAll(() => threads.stop());
const settings = { enumAdditionsBreak: false };
const checkedIn = readFileSync(path.join(root, 'gateway', 'supergraph.graphql'), 'utf8');

/** The departments of this repository, one of them with a schema that was changed. */
function city(name = '', change: (sdl: string) => string = (sdl) => sdl): SchemaPart[] {
  return readDepartments(path.join(root, 'subgraphs'))
    .map((department) => {
      const sdl = wholeSchema(readFileSync(path.join(root, 'subgraphs', department.name, 'schema.graphql'), 'utf8'));
      return {
        name: department.name,
        url: department.url ?? `http://127.0.0.1:${String(department.port)}/graphql`,
        sdl: department.name === name ? change(sdl) : sdl,
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

describe('the schemas of the city, composed in a thread of their own', () => {
  it('make the graph that is checked in, with no change', async () => {
    const composed = await composeApart({ before: checkedIn, parts: city(), releases: [], settings });
    expect(composed).toMatchObject({ composes: true, supergraphSdl: checkedIn, changes: [] });
  });

  it('tell what a department changes, and what the others need of it', async () => {
    const composed = await composeApart({
      before: checkedIn,
      parts: city('cases', (sdl) =>
        sdl.replace(/(^type Case @key[\s\S]*?^ {2}dueOn: Date)$/m, '$1! @deprecated(reason: "Old.")'),
      ),
      releases: [],
      settings,
    });
    if (!composed.composes) throw new Error(JSON.stringify(composed.faults));
    expect(composed.changes.map(({ severity, message }) => `${severity} ${message}`)).toContain(
      'SAFE deprecates `Case.dueOn`: Old.',
    );
    expect(composed.required.map(({ coordinate }) => coordinate)).toContain('CreditStanding.hasUnfulfilledJudgment');
    // The thread keeps the graph that counts, and not longer than it counts.
    const back = await composeApart({ before: composed.supergraphSdl, parts: city(), releases: [], settings });
    if (!back.composes) throw new Error(JSON.stringify(back.faults));
    expect(back.changes.map(({ message }) => message)).toContain('takes the deprecation of `Case.dueOn` back');
  });

  it('name department, definition and line of a fault between departments', async () => {
    const without = (sdl: string): string => sdl.replace('\n  factsVersion: String', '\n  factsIssue: String');
    const composed = await composeApart({
      before: checkedIn,
      parts: city('enterprises', without),
      releases: [],
      settings,
    });
    if (composed.composes) throw new Error('it composes');
    const { sdl = '' } = city().find(({ name }) => name === 'policies') ?? {};
    const lines = sdl.split('\n');
    const places = composed.faults.flatMap((fault) => fault.places).filter(({ line }) => line !== null);
    expect(places).not.toEqual([]);
    for (const { department, coordinate, line } of places) {
      expect(department).toBe('policies');
      expect(lines[(line ?? 0) - 1]).toContain(coordinate?.split('.').at(-1));
    }
  });

  it('compose a chain of types that exhausts the usual stack', async () => {
    const types = 2_500;
    const chain = Array.from({ length: types }, (_one, at) => `"It." type T${at} { "It." n: T${at + 1} }`).join(' ');
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") "It." type Query { "It." t: T0 } ${chain} "It." type T${types} { "It." a: Int }`;
    const composed = await composeApart({
      before: null,
      parts: [{ name: 'deep', url: 'http://deep.example', sdl }],
      releases: [],
      settings,
    });
    expect(composed).toMatchObject({ composes: true });
  });

  it('are given up when they take too long, and the next ones are composed', async () => {
    expect(
      await composeThreads({ timeoutMs: 1 }).compose({ before: null, parts: city(), releases: [], settings }),
    ).toEqual({
      composes: false,
      faults: [{ message: 'The composition took longer than 1 ms and was given up.', places: [] }],
    });
    expect(await composeApart({ before: null, parts: city(), releases: [], settings })).toMatchObject({
      composes: true,
    });
  });
});
