import { isBlocking, judge, type Evidence } from '../../../registry/src/domain/judgement.js';
import { checkReport, markdownReport, sentence, textReport } from '../../../registry/src/domain/report.js';
import { schemaChange } from '../../../registry/src/domain/schema-change.js';

const NOTHING: Evidence = { days: 7, counted: [], countedSince: '2026-11-01', registered: [], dependants: [] };
const removal = schemaChange('BREAKING', { coordinate: 'Case.dueOn', message: 'removes `Case.dueOn`' });
const addition = schemaChange('DANGEROUS', {
  coordinate: 'CaseStatus.HELD',
  message: 'adds the value `CaseStatus.HELD`',
  affects: ['Case.status'],
});
const portal = { coordinate: 'Case.dueOn', client: 'portal', version: '3.2', count: 14_210 };
const policy = { coordinate: 'Case.dueOn', name: 'policy cn-kuogang-2023' };

const report = (evidence: Evidence, approvals: Parameters<typeof judge>[2] = []) =>
  checkReport({
    department: 'cases',
    faults: [],
    changes: judge([removal, addition], evidence, approvals),
    warnings: [],
    evidence,
  });

describe('a change held against who uses the graph', () => {
  it('is refused when it breaks what was used, what is registered, or what something needs', () => {
    const registered = { client: 'kiosk', version: '', operation: 'DueCases', coordinates: new Set(['Case.dueOn']) };
    for (const evidence of [
      { ...NOTHING, counted: [portal] },
      { ...NOTHING, registered: [registered] },
      { ...NOTHING, dependants: [policy] },
    ])
      expect(report(evidence)).toMatchObject({ ok: false, changes: [{ verdict: 'USED' }, { verdict: 'UNUSED' }] });
  });

  it('reads like a sentence that names who', () => {
    const evidence = { ...NOTHING, counted: [portal], dependants: [policy] };
    const [first] = judge([removal], evidence);
    if (first === undefined) throw new Error('a change');
    expect(sentence(first, { evidence: { days: 7, countedSince: null, isCounted: true } })).toBe(
      'removes `Case.dueOn`: portal 3.2 used it 14,210 times this week; policy cn-kuogang-2023 needs it',
    );
    expect(textReport(report(evidence))).toContain(
      'REFUSED breaking: removes `Case.dueOn`: portal 3.2 used it 14,210 times this week; policy cn-kuogang-2023 needs it',
    );
  });

  it('may come when nobody uses what it changes', () => {
    expect(report(NOTHING)).toMatchObject({ ok: true, changes: [{ verdict: 'UNUSED' }, { verdict: 'UNUSED' }] });
  });

  it('is refused when nobody can say who uses it, because unknown is not unused', () => {
    const unknown = { ...NOTHING, counted: null };
    expect(report(unknown)).toMatchObject({ ok: false, changes: [{ verdict: 'UNKNOWN' }, { verdict: 'UNKNOWN' }] });
    expect(textReport(report(unknown))).toContain('Nobody could be asked who uses the graph');
  });

  it('is told and not refused when it is dangerous and used', () => {
    const changes = judge([addition], {
      ...NOTHING,
      counted: [{ coordinate: 'Case.status', client: 'portal', version: '1', count: 1 }],
    });
    expect(changes).toEqual([expect.objectContaining({ verdict: 'USED' })]);
    expect(changes.some(isBlocking)).toBe(false);
  });

  it('may come when it was approved, and another change of the same field may not', () => {
    const approval = { change: removal.id, by: 'o-1', reason: 'The portal has moved.', at: new Date(0) };
    const evidence = { ...NOTHING, counted: [portal] };
    expect(report(evidence, [approval])).toMatchObject({ ok: true, changes: [{ verdict: 'APPROVED' }, {}] });
    const other = schemaChange('BREAKING', { coordinate: 'Case.dueOn', message: 'changes `Case.dueOn` to Int' });
    expect(judge([other], evidence, [approval])).toEqual([expect.objectContaining({ verdict: 'USED' })]);
  });

  it('counts an operation once that uses several of the coordinates that a change affects', () => {
    const wide = schemaChange('BREAKING', {
      coordinate: 'X',
      message: 'removes the type `X`',
      affects: ['X.a', 'X.b'],
    });
    const use = { client: 'portal', version: '1', count: 5 };
    const counted = ['X.a', 'X.b'].map((coordinate) => ({ coordinate, ...use }));
    expect(judge([wide], { ...NOTHING, counted })).toEqual([expect.objectContaining({ usedBy: [use] })]);
  });

  it('leaves what others wrote as text in the comment', () => {
    const counted = [{ ...portal, client: '[x](http://bad) <img> `' }];
    const markdown = markdownReport(report({ ...NOTHING, counted }));
    expect(markdown).toContain('**refused** removes `Case.dueOn`: \\[x\\](http://bad) \\<img\\> \\` 3.2 used it');
  });
});
