import type { DemoCity, RandomStream } from '@zhitong/demo';
import { addDays, daysBetween } from '@zhitong/values';
import type { CommitmentTerms } from '../domain/commitments/commitment.js';
import { sha256 } from '../domain/ledger/hash-chain.js';
import type { Beneficiary, Course } from './demo-beneficiaries.js';
import { pickOfficial, type Officials } from './demo-officials.js';
import { FEN_OF_TEN_THOUSAND_YUAN, makeInstalments } from './promise-instalments.js';
import { makeSteps, type Step } from './promise-steps.js';
import { CONDITIONS, documentNumber, KIND_WEIGHTS, TEMPLATES } from './promise-texts.js';

const OLDEST_DAYS = 1_095;

/** Everything was recorded before the day on which the city stands, so that today's entries come after it. */
const LAST_RECORDED_DAYS_BEFORE = 1;

/** A promise with what happened to it, before it is written as a ledger. */
export interface PromiseDraft {
  readonly promisedOn: string;
  readonly recordedOn: string;
  readonly terms: CommitmentTerms;
  readonly steps: readonly Step[];
}

/** Makes up one promise: its terms, and what has become of it until the day before the city stands. */
export function makePromise({
  city,
  officials,
  beneficiary: { enterprise, project },
  ordinal,
  random,
  forced,
}: {
  city: DemoCity;
  officials: Officials;
  beneficiary: Beneficiary;
  ordinal: number;
  random: RandomStream;
  forced: Course;
}): PromiseDraft {
  const lastDay = addDays(city.referenceDate, -LAST_RECORDED_DAYS_BEFORE);
  const kind = forced ? 'CASH' : random.weighted(KIND_WEIGHTS);
  const template = random.pick(TEMPLATES[kind]);
  const government =
    city.departments.find(
      ({ kind: departmentKind, regionCode }) =>
        departmentKind === 'DISTRICT_GOVERNMENT' && regionCode === enterprise.regionCode,
    )?.code ?? 'SZFB';
  const promisor = random.pick(template.promisors) || government;
  const earliest =
    [addDays(city.referenceDate, -OLDEST_DAYS), enterprise.registeredOn, project?.signedOn ?? ''].sort().at(-1) ??
    city.referenceDate;
  const span = Math.max(21, daysBetween(earliest, city.referenceDate));
  // Promises of a project are made around its signing; a course that must be overdue needs time behind it.
  const age =
    forced === 'OVERDUE'
      ? Math.min(400, span)
      : project
        ? span - random.int(0, Math.min(90, span - 20))
        : random.int(20, span);
  const promisedOn = addDays(city.referenceDate, -Math.max(15, age));
  const recordedOn = addDays(promisedOn, random.int(1, 10));
  const amount = template.money
    ? FEN_OF_TEN_THOUSAND_YUAN *
      random.weighted([
        [random.int(5, 50), 55],
        [random.int(50, 300), 33],
        [random.int(300, 3_000), 12],
      ])
    : random.weighted([
        [1, 70],
        [2, 20],
        [3, 10],
      ]);
  const instalments = makeInstalments({
    random,
    amount,
    promisedOn,
    isMoney: template.money,
    forced,
    referenceDate: city.referenceDate,
  });
  const year = promisedOn.slice(0, 4);
  const document =
    forced || random.bool(0.88)
      ? {
          number: documentNumber(promisor, year, random.int(1, 260)),
          date: addDays(promisedOn, -random.int(0, 20)),
          digest: random.bool(0.9) ? sha256(`${enterprise.uscc}${promisedOn}${amount}`) : null,
        }
      : null;
  const text = template.text(random);
  const subject = project?.name ?? enterprise.name.replace(/(股份有限公司|有限责任公司|有限公司)$/, '');
  const terms: CommitmentTerms = {
    title: `${subject}：${text}`,
    kind,
    measure: template.money ? 'MONEY' : 'DELIVERABLE',
    promisor,
    uscc: enterprise.uscc,
    projectId: project?.id ?? null,
    districtCode: enterprise.regionCode,
    document,
    deliverable: template.money ? null : text,
    amount,
    instalments,
    conditions: random.bool(0.4)
      ? random
          .shuffle(CONDITIONS)
          .slice(0, random.int(1, 2))
          .map((condition, i) => ({ no: i + 1, text: condition }))
      : [],
    official: pickOfficial(officials, promisor, random),
  };
  return {
    promisedOn,
    recordedOn,
    terms,
    steps: makeSteps({ officials, ordinal, terms, promisedOn, recordedOn, lastDay, random, forced }),
  };
}
