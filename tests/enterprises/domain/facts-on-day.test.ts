import { factSheet } from '../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { sheetOfEarlierDay } from '../../../subgraphs/enterprises/src/domain/facts-on-day.js';

describe('sheetOfEarlierDay', () => {
  const sheet = factSheet(
    {
      legalForm: 'LIMITED_COMPANY',
      scale: 'SMALL',
      industryCode: 'C1330',
      regionCode: '421281',
      registeredOn: '2019-05-20',
      status: 'ABNORMAL_LISTED',
      honours: [],
    },
    undefined,
    '2025-06-30',
  );

  it("gives today's day to what is only known as recorded now, and the asked one to the rest", () => {
    const { values, dates } = sheetOfEarlierDay(sheet, '2026-11-20');
    expect(values).toEqual(sheet.values);
    expect(dates).toMatchObject({
      scale: '2026-11-20',
      industryCode: '2026-11-20',
      registeredRegion: '2026-11-20',
      registeredProvince: '2026-11-20',
      isDeregistered: '2026-11-20',
      isLicenceRevoked: '2026-11-20',
      abnormalOperationListed: '2026-11-20',
      honours: '2025-06-30',
      registeredOn: '2025-06-30',
    });
  });
});
