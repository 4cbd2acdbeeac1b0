import { SERVICE_FIGURES, serviceTermsOn } from '../../../../subgraphs/cases/src/domain/service-terms.js';

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

  it('are counted from the first day on that anybody asks for', () => {
    expect(serviceTermsOn('1990-01-01')).toEqual(serviceTermsOn('2026-11-28'));
  });

  it('say where each comes from', () => {
    for (const { name, label, unit, values } of Object.values(SERVICE_FIGURES)) {
      expect(name).toMatch(/^case[A-Z]\w+(?:WorkingDays|Days|Percent)$/);
      expect(label).toMatch(/\p{Script=Han}{4}/u);
      expect(unit).toBe(name.endsWith('WorkingDays') ? '工作日' : name.endsWith('Days') ? '日' : '%');
      expect(values.map(({ source }) => source.length > 5)).not.toContain(false);
    }
  });
});
