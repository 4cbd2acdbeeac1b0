import type { DemoCity, DemoEnterprise } from '@zhitong/demo';
import { figuresOf } from '../domain/figures.js';
import type { RegisteredEnterprise } from '../models/enterprise.js';
import type { FactYearRecord } from '../models/fact-year.js';
import type { Stores } from '../stores.js';
import { loadProgrammes } from './load-programmes.js';
import { leadersOf, loadNetwork } from './load-network.js';

const BATCH = 1000;
/** Of fewer enterprises than these, making the search's indexes anew takes longer than keeping them up. */
const FEW = 5_000;
/** Whose figures the demo city's yearly facts are said to be: the statistics bureau's. */
const RECORDED_BY = 'TJJ';

/**
 * Loads the demo city's register: departments, officials, enterprises with their facts, projects. What is there already
 * stays as it is, so a load that was killed half-way can be run again, also after users have changed what it had
 * loaded.
 * @param enterprises those of the city, with their facts; they are stored as they come, so nobody has to hold them all.
 * @param advance called after each batch with the number of enterprises in it.
 */
export async function loadDemoCity({
  city,
  enterprises = city.enterprises,
  stores,
  advance,
}: {
  city: DemoCity;
  enterprises?: Iterable<DemoEnterprise>;
  stores: Stores;
  advance: (count: number) => void;
}): Promise<void> {
  const regions = new Map(
    [city.city, ...city.districts].map((region) => [region.code, { code: region.code, name: region.name }]),
  );
  const region = (code: string): { code: string; name: string } => regions.get(code) ?? { code, name: code };
  await stores.departments.addMissing(
    city.departments.map(({ code, name, shortName, level, regionCode, isCoordinator }) => ({
      code,
      name,
      shortName,
      level,
      isCoordinator,
      region: region(regionCode),
    })),
  );
  await stores.officials.addMissing(
    city.officials.map(({ id, name, post, telephone, departmentCode }) => ({
      id,
      name,
      post,
      telephone,
      departmentCode,
    })),
  );
  await loadNetwork(city, stores);
  await stores.projects.addMissing(
    city.projects.map(
      ({ id, name, uscc, regionCode, leadDepartmentCode, investmentFen, signedOn, stage, track, stewardId }) => ({
        id,
        name,
        uscc,
        leadDepartmentCode,
        investmentFen,
        signedOn,
        stage,
        track,
        stewardId,
        region: region(regionCode),
      }),
    ),
  );
  await loadProgrammes({ city, today: city.referenceDate, stores });
  const fill = async (): Promise<void> => {
    for (const batch of batches(enterprises)) {
      await stores.enterprises.addMissing(
        batch.map((enterprise) => storedEnterprise(enterprise, region(enterprise.regionCode))),
      );
      await stores.factYears.addMissing(batch.flatMap(factYears));
      await stores.links.addMissing(batch.flatMap(leadersOf));
      advance(batch.length);
    }
  };
  await (city.enterprises.length < FEW ? fill() : stores.enterprises.filledAtOnce(fill));
  await stores.links.recordStewards();
}

function* batches(enterprises: Iterable<DemoEnterprise>): Generator<DemoEnterprise[]> {
  let batch: DemoEnterprise[] = [];
  for (const enterprise of enterprises) {
    batch.push(enterprise);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function storedEnterprise(enterprise: DemoEnterprise, region: { code: string; name: string }): RegisteredEnterprise {
  const {
    uscc,
    name,
    legalForm,
    scale,
    registeredOn,
    status,
    registeredCapitalFen,
    statCategory,
    honours,
    contact,
    stewardship,
    officialId,
    industry,
  } = enterprise;
  return {
    uscc,
    name,
    region,
    legalForm,
    scale,
    registeredOn,
    status,
    registeredCapitalFen,
    industry: { code: industry.code, name: industry.name },
    statisticalCategory: statCategory,
    honours: honours.map((honour) => ({ ...honour })),
    contact: { ...contact },
    stewardId: stewardship?.stewardId ?? officialId,
    servedRoles: stewardship === null ? ['STEWARD'] : ['STEWARD', 'LEADER', 'SUPPORTING_UNIT'],
    latestFacts: figuresOf(factYears(enterprise)),
    version: 1,
  };
}

function factYears({ uscc, factYears: years }: DemoEnterprise): FactYearRecord[] {
  return years.map(({ year, asOf, values }) => ({
    uscc,
    year,
    revision: 1,
    asOf,
    values: { ...values },
    recordedAt: new Date(`${year + 1}-03-31T08:00:00Z`),
    recordedBy: RECORDED_BY,
    origin: { department: RECORDED_BY, on: `${year + 1}-03-31`, run: null },
  }));
}
