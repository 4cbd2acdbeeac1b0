import { createHash } from 'node:crypto';
import type { ServiceClass, ServiceTeam } from './service-class.js';

/** What is given to somebody: an enterprise, or a project of one. */
export interface Entity {
  /** Unique; decides between equals, so that a plan can be made again. */
  readonly key: string;
  /** District, six digits; null when it is not known. */
  readonly region: string | null;
  readonly serviceClass: ServiceClass;
  /** Null when the industry is not known: then only an official of no particular team takes it. */
  readonly team: ServiceTeam | null;
  /** The department that the holder must be of; null: any. */
  readonly department: string | null;
}

/** An official who takes enterprises. Empty lists mean all of the kind. */
export interface Officer {
  readonly officialId: string;
  readonly departmentCode: string;
  readonly regions: readonly string[];
  readonly classes: readonly ServiceClass[];
  readonly teams: readonly ServiceTeam[];
  /** Most that the official takes; null: no bound. */
  readonly capacity: number | null;
  /** What the official holds already. */
  readonly load: number;
}

/** Who takes an entity, and why this one. */
export interface Assigned {
  readonly key: string;
  readonly officialId: string;
  /** How many officials could have taken it. */
  readonly qualified: number;
  /** What the official holds with it. */
  readonly loadAfter: number;
}

/** Why nobody takes an entity: nobody serves its district, class and team, or all who do are full. */
export type UnplacedReason = 'NOBODY_QUALIFIES' | 'ALL_ARE_FULL';

export interface Plan {
  /** By key. */
  readonly assigned: readonly Assigned[];
  /** By key. */
  readonly unplaced: readonly { readonly key: string; readonly reason: UnplacedReason }[];
}

interface Seat {
  readonly officer: Officer;
  load: number;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const serves = <Value>(list: readonly Value[], value: Value | null): boolean =>
  list.length === 0 || (value !== null && list.includes(value));

/** Whether an official takes entities of this district, class and team, and is of the department that is asked for. */
export const qualifies = (
  { regions, classes, teams, departmentCode }: Omit<Officer, 'load' | 'capacity' | 'officialId'>,
  { region, serviceClass, team, department }: Omit<Entity, 'key'>,
): boolean =>
  serves(regions, region) &&
  serves(classes, serviceClass) &&
  serves(teams, team) &&
  (department === null || department === departmentCode);

/**
 * Gives each entity to the qualified official who holds least, the smaller staff number between equals; entities whom
 * few can take come first, so that those few are not filled up by what others could have taken. Nothing but the input
 * decides, in whatever order that comes: the same plan twice.
 */
export function planAssignment(entities: readonly Entity[], officers: readonly Officer[]): Plan {
  const seats: Seat[] = officers.map((officer) => ({ officer, load: officer.load }));
  const groups = new Map<string, Entity[]>();
  for (const entity of entities) {
    const kind = [entity.region, entity.serviceClass, entity.team, entity.department].join(' ');
    const group = groups.get(kind);
    if (group === undefined) groups.set(kind, [entity]);
    else group.push(entity);
  }
  const queues = [...groups.entries()]
    .flatMap(([kind, members]) => {
      const [first] = members;
      return first === undefined
        ? []
        : [{ kind, members, able: seats.filter(({ officer }) => qualifies(officer, first)) }];
    })
    .sort((a, b) => a.able.length - b.able.length || compare(a.kind, b.kind));
  const assigned: Assigned[] = [];
  const unplaced: Plan['unplaced'][number][] = [];
  for (const { members, able } of queues) {
    const heap = new LeastLoaded(able);
    for (const { key } of members.sort((a, b) => compare(a.key, b.key))) {
      const seat = heap.take();
      if (seat === null) unplaced.push({ key, reason: able.length === 0 ? 'NOBODY_QUALIFIES' : 'ALL_ARE_FULL' });
      else assigned.push({ key, officialId: seat.officer.officialId, qualified: able.length, loadAfter: seat.load });
    }
  }
  return {
    assigned: assigned.sort((a, b) => compare(a.key, b.key)),
    unplaced: unplaced.sort((a, b) => compare(a.key, b.key)),
  };
}

/** Seats with the least loaded first (a binary heap); nobody else changes their loads while it is used. */
class LeastLoaded {
  private readonly heap: Seat[];

  constructor(seats: readonly Seat[]) {
    // A sorted list is a heap.
    this.heap = seats.filter(hasRoom).sort((a, b) => a.load - b.load || compare(idOf(a), idOf(b)));
  }

  /** The least loaded seat, with one more on it; null when all are full. */
  take(): Seat | null {
    const [first] = this.heap;
    if (first === undefined) return null;
    first.load += 1;
    if (!hasRoom(first)) {
      const last = this.heap.pop();
      if (last !== undefined && this.heap.length > 0) this.heap[0] = last;
    }
    this.sink();
    return first;
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const least = [left, left + 1].reduce((best, child) => (this.isBefore(child, best) ? child : best), at);
      if (least === at) return;
      const [upper, lower] = [this.heap[at], this.heap[least]];
      if (upper === undefined || lower === undefined) return;
      [this.heap[at], this.heap[least]] = [lower, upper];
      at = least;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    return (
      a !== undefined && b !== undefined && (a.load < b.load || (a.load === b.load && compare(idOf(a), idOf(b)) < 0))
    );
  }
}

const idOf = ({ officer }: Seat): string => officer.officialId;
const hasRoom = ({ officer: { capacity }, load }: Seat): boolean => capacity === null || load < capacity;

/** A short name of a plan: equal digests mean that the same entities go to the same officials. */
export function planDigest({ assigned, unplaced }: Plan): string {
  const lines = [
    ...assigned.map(({ key, officialId }) => `${key} ${officialId}`),
    '',
    ...unplaced.map(({ key }) => key),
  ];
  return createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 22);
}

/** Why this official, in words that the link keeps: officials read them. */
export const assignmentReason = ({ qualified, loadAfter }: Pick<Assigned, 'qualified' | 'loadAfter'>): string =>
  `区划、类别和行业组相符的人员共 ${qualified} 名，由其中负担最轻者联系，现为 ${loadAfter} 户`;
