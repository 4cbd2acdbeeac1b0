import { SERVICE_FIGURES, serviceTermsOn } from '../../../subgraphs/cases/src/domain/service-terms.js';

describe('the terms of the appeals office', () => {
  it('are those of the published programmes', () => {
    expect(serviceTermsOn('2026-11-28')).toEqual({
      triageDays: 1,
      firstContactDays: 2,
      answerDays: { URGENT: 2, ORDINARY: 5, JOINT: 15 },
      rectificationDays: 15,
      longestExtensionDays: 10,
      longestPauseDays: 30,
      spotCheckPercent: 10,
    });
  });

  it('say where each comes from', () => {
    for (const { unit, values } of Object.values(SERVICE_FIGURES)) {
      expect(unit).not.toBe('');
      expect(values.map(({ source }) => source.length > 5)).not.toContain(false);
    }
  });
});
