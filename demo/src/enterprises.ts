import { addDays, daysBetween, USCC_ALPHABET, yearOf } from '@zhitong/values';
import { assignByIndustry, makeStewardships } from './assignment.js';
import { DEPARTMENTS, DISTRICT_SHARES, DISTRICTS } from './departments.js';
import { designatedSizeListOf } from './designated-size.js';
import type { Traits } from './facts/fact-subject.js';
import { drawFactYears } from './facts/facts.js';
import { drawFigures } from './facts/figures.js';
import type { YearFigures } from './facts/figures.js';
import { drawHonours } from './honours.js';
import { industryOf } from './industries.js';
import type { IndustryUse } from './industries.js';
import { address, entityName, personName, telephone } from './names.js';
import { planEntities } from './plan.js';
import type { EntityPlan } from './plan.js';
import { randomStream } from './random.js';
import type { RandomStream } from './random.js';
import { scaleOf } from './scale.js';
import { hasEnded, type DemoEnterprise, type DemoLeader, type DemoOfficial } from './types.js';
import { makeUscc } from './uscc.js';

const REGION_NAMES = new Map(DISTRICTS.map(({ code, name }) => [code, name]));
const YEARS_OF_FACTS = 3;
const DAYS_OF_A_YEAR = 365.25;

export interface EnterprisesRequest {
  readonly seed: string;
  readonly size: number;
  /** How many of them are above designated size. */
  readonly aboveSize: number;
  readonly referenceDate: string;
  readonly officials: readonly DemoOfficial[];
  readonly leaders: readonly DemoLeader[];
  /** False leaves `factYears` empty: they are most of what a city weighs, and the rest is the same without them. */
  readonly withFacts: boolean;
}

/**
 * Generates the market entities with their facts, honours, contacts and the people who look after them, one after the
 * other: who stores them as they come never holds all of them.
 */
export function* makeEnterprises({
  seed,
  size,
  aboveSize,
  referenceDate,
  officials,
  leaders,
  withFacts,
}: EnterprisesRequest): Generator<DemoEnterprise, void> {
  const plans = planEntities(randomStream(seed, 'plan'), size, aboveSize);
  const placing = randomStream(seed, 'places');
  const placed = plans.map((plan) => ({
    plan,
    regionCode: placing.weighted(DISTRICT_SHARES),
    industryCode: plan.industry.code,
  }));

  const listed = placed.filter(({ plan }) => plan.list !== null);
  const stewardships = makeStewardships(randomStream(seed, 'stewards'), listed, officials, DEPARTMENTS, leaders);
  const stewardshipOf = new Map(listed.map((place, i) => [place, stewardships[i] ?? null]));
  const others = placed.filter(({ plan }) => plan.list === null);
  const assigned = assignByIndustry(randomStream(seed, 'assignment'), others, officials, DEPARTMENTS);
  const officialOf = new Map(others.map((place, i) => [place, assigned[i] ?? '']));

  const streams: Streams = {
    register: randomStream(seed, 'register'),
    people: randomStream(seed, 'people'),
    figures: randomStream(seed, 'figures'),
    honours: randomStream(seed, 'honours'),
    facts: randomStream(seed, 'facts'),
  };
  const names = new Set<string>();
  const codes = new Set<string>();
  for (const place of placed) {
    const { plan, regionCode } = place;
    const stewardship = stewardshipOf.get(place) ?? null;
    const base = register(streams, { plan, regionCode, names, codes, referenceDate });
    yield {
      ...base,
      ...operate(streams, plan, base, { referenceDate, withFacts }),
      officialId: stewardship?.stewardId ?? officialOf.get(place) ?? '',
      stewardship,
    };
  }
}

/** One stream for each aspect, so that a change in one leaves the others as they were. */
type Streams = Readonly<Record<'register' | 'people' | 'figures' | 'honours' | 'facts', RandomStream>>;

interface Registration {
  readonly plan: EntityPlan;
  readonly regionCode: string;
  /** Names and organisation codes that are taken. */
  readonly names: Set<string>;
  readonly codes: Set<string>;
  readonly referenceDate: string;
}

type RegisteredPart = Pick<
  DemoEnterprise,
  | 'uscc'
  | 'name'
  | 'legalForm'
  | 'industry'
  | 'regionCode'
  | 'registeredOn'
  | 'status'
  | 'statusChangedOn'
  | 'registeredCapitalFen'
  | 'legalRepresentative'
  | 'contact'
>;

function register(
  { register: random, people }: Streams,
  { plan, regionCode, names, codes, referenceDate }: Registration,
): RegisteredPart {
  const { legalForm, industry, status } = plan;
  const regionName = REGION_NAMES.get(regionCode) ?? '';
  const owner = personName(people);
  const registeredOn = drawRegistration(random, plan, referenceDate);
  const entity = { legalForm, industry, regionCode, regionName, owner };
  return {
    uscc: makeUscc(
      legalForm === 'INDIVIDUAL_BUSINESS' ? '2' : legalForm === 'FARMERS_COOPERATIVE' ? '3' : '1',
      regionCode,
      unique(
        codes,
        () => organisationBody(random),
        () => '',
      ),
    ),
    name: unique(
      names,
      () => entityName(random, entity),
      () => personName(random),
    ),
    legalForm,
    industry: industryOf(industry.code),
    regionCode,
    registeredOn,
    status,
    statusChangedOn:
      status === 'IN_OPERATION'
        ? null
        : addDays(referenceDate, -random.int(1, Math.min(700, daysBetween(registeredOn, referenceDate) - 30))),
    registeredCapitalFen: drawCapital(random, plan),
    legalRepresentative: owner,
    contact: {
      name: random.bool(0.6) ? owner : personName(people),
      telephone: telephone(people),
      address: address(random, regionCode, regionName),
    },
  };
}

function operate(
  { figures: figuresRandom, honours: honoursRandom, facts }: Streams,
  plan: EntityPlan,
  base: RegisteredPart,
  { referenceDate, withFacts }: Pick<EnterprisesRequest, 'referenceDate' | 'withFacts'>,
): Pick<DemoEnterprise, 'scale' | 'statCategory' | 'honours' | 'factYears'> {
  const industryCode = plan.industry.code;
  const newestYear =
    yearOf(hasEnded(base.status) && base.statusChangedOn !== null ? base.statusChangedOn : referenceDate) - 1;
  const age = newestYear - yearOf(base.registeredOn) + 1;
  // Figures of a firm too young for a full year still decide its class.
  const years = Array.from({ length: Math.max(1, Math.min(YEARS_OF_FACTS, age)) }, (_, back) => newestYear - back);
  const yearsOnList = plan.list === null ? 0 : drawYearsOnList(figuresRandom, plan, age);
  const drawn = drawFigures(figuresRandom, {
    industryCode,
    use: plan.use,
    list: plan.list ?? listToStayBelow(plan, industryCode),
    aim: plan.aim,
    years,
    yearsOnList,
  });
  const newest = drawn[0] ?? { employees: 1, revenueYuan: 0, assetsYuan: 0 };
  const figures: readonly YearFigures[] = age < 1 ? [] : drawn;
  const honours = drawHonours(honoursRandom, {
    industryCode,
    use: plan.use,
    registeredOn: base.registeredOn,
    referenceDate,
  });
  const statCategory = plan.list?.category ?? null;
  const traits = drawTraits(figuresRandom, plan);
  return {
    scale: scaleOf(industryCode, newest),
    statCategory,
    honours,
    factYears: !withFacts
      ? []
      : drawFactYears(facts, {
          use: plan.use,
          legalForm: plan.legalForm,
          industryCode,
          regionCode: base.regionCode,
          registeredOn: base.registeredOn,
          status: base.status,
          honours,
          statCategory,
          yearsOnList,
          figures,
          traits,
        }),
  };
}

/**
 * Large individual businesses are on no list of enterprises, so only enterprises and cooperatives stay below the bound.
 */
function listToStayBelow({ use }: EntityPlan, industryCode: string): ReturnType<typeof designatedSizeListOf> {
  return use === 'individuals' ? null : designatedSizeListOf(industryCode);
}

/** Small enterprises join their list from time to time, larger ones have been on it for long. */
function drawYearsOnList(random: RandomStream, { aim }: EntityPlan, age: number): number {
  if (aim === 'SMALL' && random.bool(0.22)) return 1;
  return Math.min(Math.max(1, age), random.int(aim === 'SMALL' ? 2 : YEARS_OF_FACTS, 18));
}

function drawRegistration(random: RandomStream, { use }: EntityPlan, referenceDate: string): string {
  const years =
    use === 'aboveSize'
      ? random.weighted([
          [2 + 3 * random.fraction(), 18],
          [5 + 8 * random.fraction(), 46],
          [13 + 14 * random.fraction(), 36],
        ])
      : use === 'individuals'
        ? random.weighted([
            [3 * random.fraction(), 42],
            [3 + 6 * random.fraction(), 40],
            [9 + 18 * random.fraction(), 18],
          ])
        : random.weighted([
            [3 * random.fraction(), 34],
            [3 + 7 * random.fraction(), 42],
            [10 + 20 * random.fraction(), 24],
          ]);
  return addDays(referenceDate, -Math.max(60, Math.round(years * DAYS_OF_A_YEAR)));
}

/** Fen. Round sums, as founders write them; individual businesses register none. */
function drawCapital(random: RandomStream, { use }: EntityPlan): number {
  const inTenThousandYuan =
    use === 'individuals'
      ? 0
      : use === 'aboveSize'
        ? random.pick([1000, 1200, 2000, 3000, 5000, 6800, 8000, 10_000, 20_000, 36_000])
        : use === 'cooperatives'
          ? random.pick([20, 30, 50, 60, 100, 150, 200, 300, 500])
          : random.weighted([
              [10, 8],
              [50, 16],
              [100, 26],
              [200, 16],
              [300, 8],
              [500, 14],
              [1000, 10],
              [2000, 2],
            ]);
  return inTenThousandYuan * 1_000_000;
}

function drawTraits(random: RandomStream, { use, industry }: EntityPlan): Traits {
  const above = use === 'aboveSize';
  const section = industry.code.charAt(0);
  const company = above || use === 'companies';
  const researches = company && random.bool('CIM'.includes(section) ? (above ? 0.65 : 0.1) : above ? 0.08 : 0.005);
  const research = Math.max(0.003, random.normal(section === 'C' ? 0.032 : 0.06, 0.015));
  const trades =
    company && random.bool(section === 'C' ? (above ? 0.38 : 0.05) : industry.code.startsWith('F51') ? 0.06 : 0.004);
  return {
    researchShare: researches ? research : 0,
    tradeShare: trades ? 0.04 + 0.55 * random.fraction() : 0,
    insuredShare: drawInsuredShare(random, use),
    rents: random.bool(above ? 0.3 : use === 'individuals' ? 0.8 : 0.6),
  };
}

function drawInsuredShare(random: RandomStream, use: IndustryUse): number {
  switch (use) {
    case 'aboveSize':
      return 0.72 + 0.28 * random.fraction();
    case 'companies':
      return Math.min(1, Math.max(0, random.normal(0.62, 0.25)));
    case 'cooperatives':
      return 0.2 * random.fraction();
    case 'individuals':
      return random.bool(0.25) ? 0.6 : 0;
  }
}

/** `MX` and six characters: a range that no registration authority hands out, so that no real code is met. */
function organisationBody(random: RandomStream): string {
  let number = random.int(0, USCC_ALPHABET.length ** 6 - 1);
  let body = '';
  while (body.length < 6) {
    body += USCC_ALPHABET.charAt(number % USCC_ALPHABET.length);
    number = Math.floor(number / USCC_ALPHABET.length);
  }
  return `MX${body}`;
}

/** Draws until the result is not taken yet; when a range is nearly used up, makes the result longer instead. */
function unique(taken: Set<string>, draw: () => string, lengthen: () => string): string {
  let result = draw();
  for (let tries = 1; taken.has(result); tries += 1) result = tries % 20 === 0 ? lengthen() + draw() : draw();
  taken.add(result);
  return result;
}
