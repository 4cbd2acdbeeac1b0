import {
  applyFacts,
  factSheet,
  priorYearFacts,
  type RegisterFacts,
} from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';

const register: RegisterFacts = {
  legalForm: 'LIMITED_COMPANY',
  scale: 'SMALL',
  industryCode: 'C1330',
  regionCode: '421281',
  registeredOn: '2019-05-20',
  status: 'IN_OPERATION',
  honours: [
    { title: '高新技术企业', awardedOn: '2023-11-01', validTo: '2026-10-31', firstTime: true },
    { title: '省级专精特新', awardedOn: '2025-06-01', validTo: null, firstTime: false },
  ],
};

describe('factSheet', () => {
  it('joins the newest figures with what the register knows, and tells the day of each', () => {
    const sheet = factSheet(register, { asOf: '2025-12-31', values: { employees: 40 }, prior: {} }, '2026-11-22');
    expect(sheet).toMatchObject({
      asOf: '2025-12-31',
      values: {
        employees: 40,
        scale: 'small',
        industryCode: 'C1330',
        registeredRegion: '421281',
        registeredProvince: '420000',
        registeredOn: '2019-05-20',
      },
      dates: { scale: '2026-11-22' },
    });
    expect(sheet.dates).not.toHaveProperty('employees');
  });

  it('lists a title on its last day and no longer after it', () => {
    expect(factSheet(register, undefined, '2026-10-31').values['honours']).toEqual(['高新技术企业', '省级专精特新']);
    expect(factSheet(register, undefined, '2026-11-01').values['honours']).toEqual(['省级专精特新']);
  });

  it('does not list a title before its award, and tells nothing of a first time when there is none', () => {
    const { values } = factSheet(register, undefined, '2020-01-01');
    expect(values['honours']).toEqual([]);
    expect(values).not.toHaveProperty('honourFirstTime');
  });

  it('calls an individual business by its form whatever its size', () => {
    expect(factSheet({ ...register, legalForm: 'INDIVIDUAL_BUSINESS' }, undefined, '2026-11-22').values['scale']).toBe(
      'individual',
    );
  });

  it('lets no recorded figure overrule the register', () => {
    expect(
      factSheet(register, { asOf: '2025-12-31', values: { scale: 'large' }, prior: {} }, '2026-11-22').values['scale'],
    ).toBe('small');
  });
});

describe('growth', () => {
  it('is measured against the figures of the year before, which have names of their own', () => {
    const prior = priorYearFacts({ annualRevenueYuan: 900, employees: 30, taxArrears: true });
    expect(prior).toEqual({ annualRevenuePriorYearYuan: 900, employeesPriorYear: 30 });
    expect(
      factSheet(register, { asOf: '2025-12-31', values: { employees: 40 }, prior }, '2026-11-22').values,
    ).toMatchObject({ employees: 40, employeesPriorYear: 30, annualRevenuePriorYearYuan: 900 });
  });

  it('tells since when an enterprise is above designated size, where the length of its run is known', () => {
    const since = (values: Record<string, number>) =>
      factSheet(register, { asOf: '2025-12-31', values, prior: {} }, '2026-11-22').values['aboveDesignatedSizeSince'];
    expect(since({ yearsAboveScale: 1 })).toBe('2025-01-01');
    expect(since({ yearsAboveScale: 4 })).toBe('2022-01-01');
    expect(since({ yearsAboveScale: 0 })).toBeUndefined();
    expect(since({})).toBeUndefined();
  });
});

describe('applyFacts', () => {
  it('replaces, adds and withdraws without touching what it was given', () => {
    const before = { employees: 40, taxArrears: false };
    expect(applyFacts(before, { employees: 42, taxArrears: null, rdExpenseYuan: 0 })).toEqual({
      employees: 42,
      rdExpenseYuan: 0,
    });
    expect(before).toEqual({ employees: 40, taxArrears: false });
  });
});
