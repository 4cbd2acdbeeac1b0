import type { Actor } from '@zhitong/kit';
import { accepted, aHistory, anIntake, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { aSubmission, mutate } from '../support/mutations.js';

const { coordinator, owner, auditor, officer } = people;
const desk = officer('ZSZX');
const [FOOD, SIGN, SHOP] = ['ZZ-SPJY', 'ZZ-HWGG', 'ZZ-KDLQ'];
const { done, submitted } = caseMoves(() => cases);

let cases: CasesUnderTest;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  cases.registry.serviceItems = { [FOOD]: '2.5', [SIGN]: '10.0' };
});
afterAll(async () => cases.close());

interface Shown {
  readonly serviceItem: { readonly id: string } | null;
  readonly promisedDays: string | null;
  readonly isPromiseBroken: boolean | null;
  readonly actualTime: { readonly days: string; readonly askedOn: string | null; readonly hadOn: string | null } | null;
}
const matterOf = async (caseNumber: string, actor: Actor): Promise<Shown | null | undefined> =>
  (
    await cases.ask<{ case: Shown | null }>(
      `{ case(caseNumber: "${caseNumber}") { serviceItem { id } promisedDays isPromiseBroken actualTime { days askedOn hadOn } } }`,
      {},
      actor,
    )
  ).data?.case;
const listed = async (filter: object, actor: Actor): Promise<string[] | undefined> =>
  (
    await cases.ask<{ cases: { nodes: { caseNumber: string }[] } }>(
      'query ($filter: CaseFilter) { cases(filter: $filter) { nodes { caseNumber } } }',
      { filter },
      actor,
    )
  ).data?.cases.nodes
    .map(({ caseNumber }) => caseNumber)
    .sort();
const refused = async (part: object, actor: Actor = owner) =>
  (await mutate(cases, 'submitCase', aSubmission({ ...part }), actor)).outcome?.refusal;

describe('a case about a matter of the catalogue', () => {
  it('names it with what was promised then, and says how long it took', async () => {
    // Asked on Monday the 9th, had on Friday the 13th: four working days of two and a half.
    const late = await submitted({ serviceItem: ' zz-spjy ', askedOn: '2026-03-09', hadOn: '2026-03-13' });
    const kept = await submitted({ serviceItem: FOOD, actualDays: '2.5' });
    const plain = await submitted({ serviceItem: SIGN });
    expect(await matterOf(late.caseNumber, owner)).toEqual({
      serviceItem: { id: FOOD },
      promisedDays: '2.5',
      isPromiseBroken: true,
      actualTime: { days: '4.0', askedOn: '2026-03-09', hadOn: '2026-03-13' },
    });
    expect(await matterOf(kept.caseNumber, auditor)).toMatchObject({
      isPromiseBroken: false,
      actualTime: { days: '2.5', askedOn: null, hadOn: null },
    });
    expect(await matterOf(plain.caseNumber, auditor)).toEqual({
      serviceItem: { id: SIGN },
      promisedDays: '10.0',
      isPromiseBroken: null,
      actualTime: null,
    });
    expect(await listed({ serviceItem: 'zz-spjy' }, coordinator)).toEqual([late.caseNumber, kept.caseNumber]);
    expect(await listed({ serviceItem: FOOD }, people.stranger)).toEqual([]);
    // A promise that is changed later is no promise of then.
    cases.registry.serviceItems = { [FOOD]: '5.0', [SIGN]: '10.0' };
    expect(await matterOf(late.caseNumber, owner)).toMatchObject({ promisedDays: '2.5', isPromiseBroken: true });
    cases.registry.serviceItems = { [FOOD]: '2.5', [SIGN]: '10.0' };
  });

  it('is refused with one that there is not, with a time of none, and with a day to come', async () => {
    expect(await refused({ serviceItem: 'ZZ-NONE' })).toMatchObject({ code: 'INVALID', path: ['serviceItem'] });
    expect(await refused({ actualDays: '3' })).toMatchObject({ code: 'INVALID', path: ['serviceItem'] });
    expect(await refused({ serviceItem: FOOD, actualDays: '0.2' })).toMatchObject({ path: ['actualDays'] });
    expect(await refused({ serviceItem: FOOD, askedOn: '2026-03-13', hadOn: '2026-03-17' })).toMatchObject({
      code: 'INVALID',
      path: ['hadOn'],
    });
    cases.register(null);
    expect((await mutate(cases, 'submitCase', aSubmission({ serviceItem: FOOD }), owner)).code).toBe(
      'DEPARTMENT_UNAVAILABLE',
    );
    cases.register(['JXJ', 'JRB', 'YSB', 'ZSZX', 'RSJ']);
  });

  it('is taken once, whatever the registry says at the repeat', async () => {
    const once = aSubmission({ serviceItem: FOOD, actualDays: '4', idempotencyKey: 'matter-once-1' });
    const first = await mutate(cases, 'submitCase', once, owner);
    cases.register(null);
    const again = await mutate(cases, 'submitCase', once, owner);
    cases.register(['JXJ', 'JRB', 'YSB', 'ZSZX', 'RSJ']);
    expect(first.outcome?.case?.caseNumber).toBeDefined();
    expect(again.outcome?.case?.caseNumber).toBe(first.outcome?.case?.caseNumber);
  });

  it('is put right at the intake, and by the triage', async () => {
    const taken = await submitted({ uscc: USCC, channel: 'PROJECT_STEWARD' }, desk);
    const reason = '登记有误';
    const untold = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: taken.caseNumber, expectedVersion: 1, actualDays: '3', reason },
      desk,
    );
    expect(untold.outcome?.refusal).toMatchObject({ path: ['serviceItem'] });
    const unknown = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: taken.caseNumber, expectedVersion: 1, serviceItem: 'ZZ-NONE', reason },
      desk,
    );
    expect(unknown.outcome?.refusal).toMatchObject({ code: 'INVALID', path: ['serviceItem'] });
    const named = await done('correctCaseIntake', taken, { serviceItem: SIGN, actualDays: '3', reason }, desk);
    expect(await matterOf(named.caseNumber, desk)).toMatchObject({ isPromiseBroken: false, promisedDays: '10.0' });
    const same = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: taken.caseNumber, expectedVersion: 2, serviceItem: SIGN, actualDays: '3', reason },
      desk,
    );
    expect(same.outcome?.refusal).toMatchObject({ code: 'INVALID', details: { reason: 'NOTHING_TO_CORRECT' } });
    // The triage finds that it is about another one, whose promise three days break.
    const assignedCase = await done('assignCase', named, { lead: 'JXJ', serviceItem: FOOD }, coordinator);
    expect(await matterOf(assignedCase.caseNumber, officer('JXJ'))).toMatchObject({
      serviceItem: { id: FOOD },
      isPromiseBroken: true,
      actualTime: { days: '3.0' },
    });
    // Assigned again about the same matter nothing is corrected.
    const transferred = await done(
      'transferCase',
      assignedCase,
      { lead: 'RSJ', serviceItem: FOOD, reason: '职责调整' },
      coordinator,
    );
    expect(transferred.version).toBe(assignedCase.version + 1);
  });

  it('keeps what the enterprise told itself from others', async () => {
    const own = await submitted({ serviceItem: FOOD, actualDays: '4' });
    const rewritten = await mutate(
      cases,
      'correctCaseIntake',
      { caseNumber: own.caseNumber, expectedVersion: 1, actualDays: '1', reason: '核对' },
      coordinator,
    );
    expect(rewritten.outcome?.refusal).toMatchObject({ code: 'CONFLICT', path: ['actualTime'] });
  });
});

describe('an anonymous case about a matter', () => {
  it('tells the department that the promise was broken, and not by which application', async () => {
    const one = await submitted({
      serviceItem: FOOD,
      askedOn: '2026-03-02',
      hadOn: '2026-03-13',
      anonymous: true,
    });
    await done('assignCase', one, { lead: 'JXJ' }, coordinator);
    for (const actor of [officer('JXJ'), auditor]) {
      expect(await matterOf(one.caseNumber, actor)).toEqual({
        serviceItem: { id: FOOD },
        promisedDays: '2.5',
        isPromiseBroken: true,
        actualTime: null,
      });
    }
    for (const actor of [coordinator, owner])
      expect(await matterOf(one.caseNumber, actor)).toMatchObject({ actualTime: { days: '9.0' } });
    // A desk finds out by no trying how long it took.
    const anonymous = { ...anIntake().complainant, anonymous: true };
    const matter = {
      serviceItem: { id: FOOD, promisedHalfDays: 5 },
      actualTime: { halfDays: 8, askedOn: null, hadOn: null },
    };
    await cases.given(
      aHistory('2026-03-16', [], { complainant: anonymous, receivedBy: 'ZSZX', ...matter }, 'SQ2026-900001'),
    );
    const tries = await Promise.all(
      ['4', '5'].map(async (actualDays) =>
        mutate(
          cases,
          'correctCaseIntake',
          { caseNumber: 'SQ2026-900001', expectedVersion: 1, actualDays, reason: '核对' },
          desk,
        ),
      ),
    );
    expect(tries[0]?.outcome?.refusal).toMatchObject({ code: 'CONFLICT', path: ['actualTime'] });
    expect(tries[1]).toEqual(tries[0]);
  });
});

describe('what cases say of the promises of matters', () => {
  const RECORD =
    'from to knownOn awaitedMonths cases promiseBroken { numerator denominator } medianActualDays longestActualDays';
  const recordOf = async (id: string, period: string, actor: Actor | null) => {
    const { data, errors } = await cases.ask<{ _entities: [{ promiseRecord: Record<string, unknown> | null } | null] }>(
      `{ _entities(representations: [{ __typename: "ServiceItem", id: "${id}" }]) { ... on ServiceItem { promiseRecord(${period}) { ${RECORD} } } } }`,
      {},
      actor,
    );
    return data?._entities[0]?.promiseRecord ?? errors?.[0]?.extensions?.['code'];
  };
  const MAY = 'from: "2026-05-01", to: "2026-05-31"';
  /** A case of an enterprise that told so many half days, of a matter that promised two and a half days. */
  const told = (number: number, id: string | null, halfDays: number | null) =>
    aHistory(
      '2026-05-11',
      [
        ['2026-05-12', assigned({ lead: 'JXJ' })],
        ['2026-05-12', accepted],
      ],
      {
        complainant: { ...anIntake().complainant, uscc: `9142120000000001${String(number).padStart(2, '0')}` },
        ...(id === null ? {} : { serviceItem: { id, promisedHalfDays: 5 } }),
        ...(halfDays === null ? {} : { actualTime: { halfDays, askedOn: null, hadOn: null } }),
      },
      `SQ2026-91${String(number).padStart(4, '0')}`,
    );

  beforeAll(async () => {
    await cases.given(
      // FOOD: eight enterprises told 1, 1, 3, 3.5, 4, 5, 6 and 7 days; six of eight were broken. Two told nothing.
      ...[2, 2, 6, 7, 8, 10, 12, 14].map((halfDays, at) => told(at + 1, FOOD, halfDays)),
      // Six more kept it, so that kept and broken stand for five enterprises or more each.
      ...Array.from({ length: 6 }, (_none, at) => told(at + 20, FOOD, 4)),
      ...Array.from({ length: 6 }, (_none, at) => told(at + 30, FOOD, null)),
      // SIGN: one enterprise alone; SHOP, behind which it is hidden: five broke it and five kept it.
      told(50, SIGN, 9),
      ...Array.from({ length: 10 }, (_none, at) => told(at + 60, SHOP, at < 5 ? 6 : 4)),
      ...Array.from({ length: 9 }, (_none, at) => told(at + 80, null, null)),
    );
    cases.at('2026-06-10');
    await cases.publish();
  });

  it('are exact for officials: how many, how many broken, median and longest', async () => {
    // 2, 2, 4 x 6, 6, 7, 8, 10, 12, 14 half days: the 7th and 8th of 14 are 4 and 4, two days.
    const times = { medianActualDays: '2.00', longestActualDays: '7.0' };
    // Who does not read the cases learns nothing of the time of one, of which a day with one case would tell.
    const none = { medianActualDays: null, longestActualDays: null };
    for (const [actor, told] of [
      [officer('JXJ'), times],
      [coordinator, times],
      [auditor, times],
      [officer('RSJ'), none],
      [people.admin, none],
    ] as const)
      expect(await recordOf(FOOD, MAY, actor)).toEqual({
        from: '2026-05-01',
        to: '2026-05-31',
        knownOn: '2026-06-10',
        awaitedMonths: [],
        cases: 20,
        promiseBroken: { numerator: 6, denominator: 14 },
        ...told,
      });
    expect(await recordOf('ZZ-OTHER', MAY, auditor)).toMatchObject({
      cases: 0,
      promiseBroken: { numerator: 0, denominator: 0 },
      medianActualDays: null,
    });
    // As it was known before anything was.
    expect(await recordOf(FOOD, `${MAY}, knownOn: "2026-05-10"`, auditor)).toMatchObject({ cases: 0 });
  });

  it('are, for everybody else, published months without what stands for few', async () => {
    for (const actor of [null, owner, officer('RMYH')]) {
      expect(await recordOf(FOOD, MAY, actor)).toMatchObject({
        knownOn: null,
        promiseBroken: { numerator: 6, denominator: 14 },
        medianActualDays: null,
        longestActualDays: null,
      });
      // One enterprise alone, and what would tell of it.
      expect(await recordOf(SIGN, MAY, actor)).toMatchObject({ cases: null, promiseBroken: null });
      expect(await recordOf(SHOP, MAY, actor)).toMatchObject({ promiseBroken: null });
      // The running month is told to nobody else.
      expect(await recordOf(FOOD, 'from: "2026-06-01", to: "2026-06-30"', actor)).toMatchObject({ cases: null });
    }
    expect(await recordOf(FOOD, `${MAY}, knownOn: "2026-06-01"`, null)).toBe('FORBIDDEN');
  });

  it('rank matters by broken promises for officials alone, with the list behind each figure', async () => {
    const ranked = async (actor: Actor | null) => {
      const { data, errors } = await cases.ask<{ brokenPromises: unknown }>(
        `{ brokenPromises(${MAY}) { rank serviceItem { id } record { promiseBroken { numerator denominator } } } }`,
        {},
        actor,
      );
      return data?.brokenPromises ?? errors?.[0]?.extensions?.['code'];
    };
    for (const actor of [coordinator, officer('JXJ')])
      expect(await ranked(actor)).toEqual([
        { rank: 1, serviceItem: { id: FOOD }, record: { promiseBroken: { numerator: 6, denominator: 14 } } },
        { rank: 2, serviceItem: { id: SHOP }, record: { promiseBroken: { numerator: 5, denominator: 10 } } },
        { rank: 3, serviceItem: { id: SIGN }, record: { promiseBroken: { numerator: 1, denominator: 1 } } },
      ]);
    expect(await ranked(officer('RMYH'))).toBe('FORBIDDEN');
    const { data } = await cases.ask<{ cases: { totalCount: number; countedTimes: number } }>(
      '{ cases(filter: { counted: { figure: PROMISE_BROKEN, met: true, from: "2026-05-01", to: "2026-05-31", groupBy: SERVICE_ITEM, key: "ZZ-SPJY" } }) { totalCount countedTimes } }',
      {},
      coordinator,
    );
    expect(data?.cases).toEqual({ totalCount: 6, countedTimes: 6 });
  });

  it('follow a correction from the day on which it is known, and count no case that was withdrawn', async () => {
    cases.at('2026-06-12');
    const reason = '经核实为另一事项';
    await done(
      'correctCaseIntake',
      { caseNumber: 'SQ2026-910008', version: 3, status: 'ACCEPTED' },
      { serviceItem: SIGN, reason },
      coordinator,
    );
    // 7 days are within the ten that SIGN promises.
    expect(await recordOf(SIGN, MAY, auditor)).toMatchObject({
      cases: 2,
      promiseBroken: { numerator: 1, denominator: 2 },
    });
    expect(await recordOf(FOOD, MAY, auditor)).toMatchObject({ cases: 19, promiseBroken: { numerator: 5 } });
    expect(await recordOf(FOOD, `${MAY}, knownOn: "2026-06-11"`, auditor)).toMatchObject({
      cases: 20,
      promiseBroken: { numerator: 6, denominator: 14 },
    });
    const withdrawn: Actor = { sub: 'enterprise-50', roles: ['ENTERPRISE'], uscc: '914212000000000150' };
    cases.registry.isRegistered = () => true;
    await done(
      'withdrawCase',
      { caseNumber: 'SQ2026-910050', version: 3, status: 'ACCEPTED' },
      { reason: '已自行解决' },
      withdrawn,
    );
    expect(await recordOf(SIGN, MAY, auditor)).toMatchObject({
      cases: 2,
      promiseBroken: { numerator: 0, denominator: 1 },
    });
  });
});
