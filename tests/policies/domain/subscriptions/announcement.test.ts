import {
  dueAnnouncements,
  type PublishedMark,
} from '../../../../subgraphs/policies/src/domain/subscriptions/announcement.js';

const mark = (change: Partial<PublishedMark> & { from?: string | null; to?: string | null }): PublishedMark => {
  const { from = null, to = null, ...rest } = change;
  const publishedOn = rest.publishedOn ?? '2026-01-05';
  return {
    policyId: 'p',
    version: 1,
    stage: 'FINAL',
    effective: { from, to },
    publishedOn,
    publishedAt: new Date(`${publishedOn}T02:00:00Z`),
    ...rest,
  };
};
const due = (marks: readonly PublishedMark[], today: string): string[] =>
  dueAnnouncements(marks, today).map((one) => `${String(one.mark.version)} ${one.reason}`);

describe('subscribers are told', () => {
  it('of the first version that it is published, of a later one that it is new', () => {
    expect(due([mark({ version: 3 }), mark({ version: 1, to: '2027-12-31' })], '2026-11-20')).toEqual([
      '3 NEW_VERSION',
      '1 PUBLISHED',
    ]);
  });

  it('nothing of a version that is over', () => {
    expect(due([mark({ to: '2026-11-19' })], '2026-11-20')).toEqual([]);
  });

  it.each([
    ['2026-11-04', false],
    ['2026-11-05', true],
    ['2026-11-20', true],
  ])('on %s that a last day of 2026-11-20 is near: %s', (today, expected) => {
    expect(due([mark({ to: '2026-11-20' })], today).includes('1 CLOSING_SOON')).toBe(expected);
  });

  it('of a near last day neither when another version follows it, nor before the version begins, nor when that was told with the publication', () => {
    const closing = mark({ to: '2026-11-30' });
    expect(due([closing], '2026-11-20')).toContain('1 CLOSING_SOON');
    expect(due([closing, mark({ version: 2, from: '2026-12-01' })], '2026-11-20')).toEqual([
      '1 PUBLISHED',
      '2 NEW_VERSION',
    ]);
    const comment = mark({ version: 2, from: '2026-12-01', stage: 'DRAFT' });
    expect(due([closing, comment], '2026-11-20')).toContain('1 CLOSING_SOON');
    expect(due([closing, mark({ version: 2, from: '2026-12-02' })], '2026-11-20')).toContain('1 CLOSING_SOON');
    expect(due([mark({ from: '2026-11-25', to: '2026-11-30' })], '2026-11-20')).toEqual(['1 PUBLISHED']);
    expect(due([mark({ to: '2026-11-30', publishedOn: '2026-11-15' })], '2026-11-20')).toEqual(['1 PUBLISHED']);
    expect(due([mark({ to: '2026-11-30', publishedOn: '2026-11-14' })], '2026-11-20')).toContain('1 CLOSING_SOON');
    expect(due([mark({ to: '2026-11-30', stage: 'DRAFT' })], '2026-11-20')).toEqual(['1 PUBLISHED']);
  });
});
