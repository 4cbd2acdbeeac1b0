import { print } from 'graphql';
import { CompositionRefused, composeSupergraph } from '../../../../gateway/src/supergraph/compose.js';
import { complaints, type Complaint, type GatewayAnswer } from './compare.js';
import { InventedDepartment, type Circumstances } from './subgraph.js';
import { drawOperation, type Operation } from './draw-operation.js';
import { drawWorld } from './draw-world.js';
import { describeFaults, drawFaults, NO_FAULTS, type Faults } from './faults.js';
import { apiSchemaOf, GatewayUnderTest } from './gateway-under-test.js';
import { hashOf } from './dice.js';
import { Oracle, type Truth } from './oracle.js';
import { knowSchemas } from './world-data.js';
import { sdlOf } from './world-sdl.js';
import type { World } from './world.js';

/** A world that composed, with its departments, its gateway and its oracle. */
export interface LivingWorld {
  readonly seed: number;
  readonly world: World;
  readonly sdls: ReadonlyMap<string, string>;
  readonly departments: ReadonlyMap<string, InventedDepartment>;
  readonly gateway: GatewayUnderTest;
  readonly oracle: Oracle;
  /** Why the worlds that were drawn before it did not compose. */
  readonly refused: readonly string[];
}

const MOST_DRAWS = 200;

/** The first world of a seed that composes. */
export async function worldOf(seed: number): Promise<LivingWorld> {
  const refused: string[] = [];
  for (let draw = 0; draw < MOST_DRAWS; draw += 1) {
    const world = drawWorld(`${seed}/${draw}`);
    const sdls = new Map(world.departments.map((name) => [name, sdlOf(world, name)]));
    let supergraphSdl: string;
    try {
      supergraphSdl = composeSupergraph([...sdls].map(([name, sdl]) => ({ name, url: `http://${name}.example`, sdl })));
    } catch (error) {
      if (!(error instanceof CompositionRefused)) throw error;
      refused.push(error.problems.join('\n'));
      continue;
    }
    const departments = new Map([...sdls].map(([name, sdl]) => [name, new InventedDepartment(world, name, sdl)]));
    knowSchemas(world, new Map([...departments].map(([name, { schema }]) => [name, schema])));
    return {
      seed,
      world,
      sdls,
      departments,
      refused,
      gateway: await GatewayUnderTest.over(supergraphSdl, departments),
      oracle: new Oracle(world, apiSchemaOf(supergraphSdl)),
    };
  }
  throw new Error(`No world of seed ${seed} composes: ${refused.at(-1) ?? ''}`);
}

export interface Trial {
  readonly operation: Operation;
  readonly faults: Faults;
  readonly complaints: readonly Complaint[];
  readonly truth: Truth;
  readonly answer: GatewayAnswer;
}

/** One operation, answered by the gateway and by the oracle, and what there is to complain of. */
export async function tryOperation(living: LivingWorld, operation: Operation, faults: Faults): Promise<Trial> {
  const seed = String(living.seed);
  const truth = await living.oracle.answer({ ...operation, seed, faults });
  const circumstances: Circumstances = { seed, faults, done: [], improper: [] };
  const answer = await living.gateway.answer(operation, circumstances);
  const found = [...circumstances.improper, ...complaints({ truth, answer }), ...orderComplaints(truth, circumstances)];
  return { operation, faults, complaints: found, truth, answer };
}

/** Mutations must be carried out once each, in the order written; a department that is out carries out none. */
function orderComplaints({ done }: Truth, { done: carriedOut, faults }: Circumstances): Complaint[] {
  const expected = done
    .filter(({ by }) => !by.some((department) => faults.out.has(department) || faults.refusing.has(department)))
    .map(({ what }) => what);
  const actual = carriedOut.map((what) => what.slice(what.indexOf(' ') + 1));
  return JSON.stringify(expected) === JSON.stringify(actual)
    ? []
    : [`Mutations were carried out as ${JSON.stringify(actual)}; ${JSON.stringify(expected)} is right.`];
}

/** The operation and the faults of a number in a world; every second operation meets faults too. */
export function drawTrial(
  living: LivingWorld,
  number: number,
): { operation: Operation | undefined; faults: readonly Faults[] } {
  const { operation } = drawOperation(living.world, living.oracle.schema, `${living.seed}/${number}`);
  const isTried = hashOf('tried', living.seed, number) % 2 === 0;
  return {
    operation,
    faults: [NO_FAULTS, ...(isTried ? [drawFaults(living.world.departments, `${living.seed}/${number}`)] : [])],
  };
}

/** Everything that is needed to understand a failure and to see it again. */
export function report(
  living: LivingWorld,
  number: number,
  { operation, faults, complaints: found, truth, answer }: Trial,
): string {
  return [
    ...found.map((complaint) => `- ${complaint}`),
    `Again: npm run oracle -- --world ${living.seed} --operation ${number}`,
    `Faults: ${describeFaults(faults)}`,
    ...[...living.sdls].map(([name, sdl]) => `--- ${name}\n${sdl.replaceAll('"It." ', '')}`),
    `--- operation, with ${JSON.stringify(operation.variables)}\n${print(operation.document)}`,
    `--- right\n${JSON.stringify(truth.result)}`,
    `--- answered\n${JSON.stringify(answer)}`,
  ].join('\n');
}
