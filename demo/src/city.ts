import { isLegalDay } from '@zhitong/values';
import { CITY, DEPARTMENTS, DISTRICTS } from './departments.js';
import { makeEnterprises, type EnterprisesRequest } from './enterprises.js';
import { makeLeaders, makeOfficials } from './officials.js';
import { makeProjects } from './projects.js';
import type { DemoCity, DemoCityOptions, DemoEnterprise } from './types.js';

/** Figures that Xianning published; a smaller or larger city keeps their proportions, see README. */
const FULL_CITY = { enterprises: 27_851, aboveSize: 196, officials: 4_997, projects: 109 };
const SMALLEST_CITY = 200;

const inProportion = (size: number, figure: number, least: number): number =>
  Math.max(least, Math.round((size * figure) / FULL_CITY.enterprises));

/** Who stands behind a city of a size, and how its enterprises are made. */
function peopleAndRequest({
  seed = 'zhitong-1',
  enterprises: size = FULL_CITY.enterprises,
  referenceDate,
  withFacts = true,
}: DemoCityOptions): EnterprisesRequest {
  if (!isLegalDay(referenceDate))
    throw new RangeError(`Expected referenceDate as YYYY-MM-DD, but got "${referenceDate}".`);
  if (!Number.isSafeInteger(size) || size < SMALLEST_CITY) {
    throw new RangeError(
      `Expected a whole number of at least ${SMALLEST_CITY} enterprises, so that every kind occurs, but got ${size}.`,
    );
  }
  return {
    seed,
    size,
    aboveSize: inProportion(size, FULL_CITY.aboveSize, 28),
    referenceDate,
    officials: makeOfficials(seed, inProportion(size, FULL_CITY.officials, 3 * DEPARTMENTS.length)),
    leaders: makeLeaders(seed),
    withFacts,
  };
}

/**
 * The enterprises of a demo city, one after the other: those of `demoCity` with the same options.
 * @throws RangeError as `demoCity`
 */
export const demoEnterprises = (options: DemoCityOptions): Iterable<DemoEnterprise> =>
  makeEnterprises(peopleAndRequest(options));

/**
 * Builds the demo city in memory. The same seed, size and reference date give the same city, byte for byte.
 * @throws RangeError when the reference date is no calendar day or the size is below 200
 */
export function demoCity(options: DemoCityOptions): DemoCity {
  const request = peopleAndRequest(options);
  const { seed, size, referenceDate, leaders, officials } = request;
  const enterprises = [...makeEnterprises(request)];
  const projects = makeProjects({
    seed,
    count: inProportion(size, FULL_CITY.projects, 14),
    referenceDate,
    enterprises,
    officials,
  });
  return {
    referenceDate,
    city: CITY,
    districts: DISTRICTS,
    departments: DEPARTMENTS,
    leaders,
    officials,
    enterprises,
    projects,
  };
}
