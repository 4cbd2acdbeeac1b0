import { CITY, DEPARTMENTS, DISTRICTS } from './departments.js';
import { makeEnterprises } from './enterprises.js';
import { makeLeaders, makeOfficials } from './officials.js';
import { makeProjects } from './projects.js';
import type { DemoCity, DemoCityOptions } from './types.js';

/** Figures that Xianning published; a smaller city keeps their proportions, see README. */
const FULL_CITY = { enterprises: 27_851, officials: 4_997, projects: 109 };
const SMALLEST_CITY = 200;

/**
 * Builds the demo city in memory. The same seed, size and reference date give the same city, byte for byte.
 * @throws RangeError when the reference date is no calendar day or the size is below 200
 */
export function demoCity({ seed = 'zhitong-1', enterprises: size = FULL_CITY.enterprises, referenceDate }: DemoCityOptions): DemoCity {
  if (!isCalendarDay(referenceDate)) throw new RangeError(`Expected referenceDate as YYYY-MM-DD, but got "${referenceDate}".`);
  if (!Number.isSafeInteger(size) || size < SMALLEST_CITY) {
    throw new RangeError(`Expected at least ${SMALLEST_CITY} enterprises, so that every kind occurs, but got ${size}.`);
  }
  const inProportion = (figure: number, least: number): number => Math.max(least, Math.round((size * figure) / FULL_CITY.enterprises));

  const officials = makeOfficials(seed, inProportion(FULL_CITY.officials, 2 * DEPARTMENTS.length));
  const enterprises = makeEnterprises(seed, size, referenceDate, officials);
  const projects = makeProjects(seed, inProportion(FULL_CITY.projects, 12), referenceDate, enterprises, officials);
  return { referenceDate, city: CITY, districts: DISTRICTS, departments: DEPARTMENTS, leaders: makeLeaders(seed), officials, enterprises, projects };
}

function isCalendarDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
