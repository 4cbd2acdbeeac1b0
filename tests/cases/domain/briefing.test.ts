import {
  awaited,
  briefingFaults,
  type Acknowledgement,
  type Leader,
} from '../../../subgraphs/cases/src/domain/briefing.js';

const many = (count: number): string[] => Array.from({ length: count }, (_none, at) => `SQ2026-${String(at)}`);
const issue = (...keywords: string[]) => ({ keywords });
const form = {
  addressees: ['MAYOR'] as readonly Leader[],
  ...{ title: '融资难诉求集中', text: '三月以来续贷类诉求增多，建议专题研究。' },
  cases: ['SQ2026-000001'] as readonly string[],
  issues: [issue('续贷', '银行')] as readonly { keywords: readonly string[] }[],
};
const paths = (part: Partial<typeof form>): string[] =>
  briefingFaults({ ...form, ...part }).map(({ path }) => path.join('.'));

describe('a briefing to the leaders', () => {
  it.each<[string, Partial<typeof form>]>([
    ['to one of them', {}],
    ['to both', { addressees: ['PARTY_SECRETARY', 'MAYOR'] }],
    ['without cases and issues', { cases: [], issues: [] }],
    ['with a hundred cases and twenty issues', { cases: many(100), issues: many(20).map(() => issue('续贷')) }],
    [
      'with an issue of five words, the longest of 20 characters',
      { issues: [issue('一', '二', '三', '四', '贷'.repeat(20))] },
    ],
    ['of 100 and 5,000 characters', { title: '题'.repeat(100), text: '文'.repeat(5000) }],
  ])('%s is in order', (_what, part) => expect(paths(part)).toEqual([]));

  it.each<[string, Partial<typeof form>, string[]]>([
    ['to nobody', { addressees: [] }, ['addressees']],
    ['to one of them twice', { addressees: ['MAYOR', 'MAYOR'] }, ['addressees']],
    ['with a title too long', { title: '题'.repeat(101) }, ['title']],
    ['with an empty text', { text: '' }, ['text']],
    ['with a text too long', { text: '文'.repeat(5001) }, ['text']],
    ['with 101 cases', { cases: many(101) }, ['cases']],
    ['with 21 issues', { issues: many(21).map(() => issue('续贷')) }, ['issues']],
    ['with an issue without words', { issues: [issue('续贷'), issue()] }, ['issues.1.keywords']],
    ['with an issue of six words', { issues: [issue(...'一二三四五六')] }, ['issues.0.keywords']],
    [
      'with a word too long, and an empty one',
      { issues: [issue('续贷', '贷'.repeat(21), '')] },
      ['issues.0.keywords.1', 'issues.0.keywords.2'],
    ],
    ['to nobody, with 101 cases', { addressees: [], cases: many(101) }, ['addressees', 'cases']],
  ])('%s is refused there', (_what, part, expected) => expect(paths(part)).toEqual(expected));

  it('is refused with what it may have', () => {
    expect(briefingFaults({ ...form, addressees: [] })[0]?.message).toBe('name at least one leader, each once');
    expect(briefingFaults({ ...form, cases: many(101) })[0]?.message).toBe('at most 100 cases, not 101');
    expect(briefingFaults({ ...form, issues: many(21).map(() => issue('续贷')) })[0]?.message).toBe(
      'at most 20 issues, not 21',
    );
    expect(briefingFaults({ ...form, issues: [issue()] })[0]?.message).toBe('1 to 5 words');
  });

  it('is awaited of those who have not acknowledged it', () => {
    const by = (leader: Leader): Acknowledgement => ({
      ...{ leader, acknowledgedOn: '2026-03-09', instruction: null, document: null, recordedBy: 'officer-1' },
    });
    const addressees = ['PARTY_SECRETARY', 'MAYOR'] as const;
    expect(awaited({ addressees, acknowledgements: [] })).toEqual(['PARTY_SECRETARY', 'MAYOR']);
    expect(awaited({ addressees, acknowledgements: [by('MAYOR')] })).toEqual(['PARTY_SECRETARY']);
    expect(awaited({ addressees, acknowledgements: [by('MAYOR'), by('PARTY_SECRETARY')] })).toEqual([]);
    expect(awaited({ addressees: ['MAYOR'], acknowledgements: [by('PARTY_SECRETARY')] })).toEqual(['MAYOR']);
  });
});
