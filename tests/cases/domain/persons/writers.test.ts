import type { CaseChange, CaseEvent, Responsibility } from '../../../../subgraphs/cases/src/domain/case-event.js';
import {
  lastOf,
  ofConclusion,
  ofDuty,
  ofFinding,
  ofGrade,
  ofIntake,
  ofNote,
  ofReferral,
  ofReport,
  ofResult,
  type Writer,
} from '../../../../subgraphs/cases/src/domain/persons/writers.js';
import { accepted, aHistory, anAssignment, anAuthor, assigned, contacted } from '../../support/a-case.js';

/** A history of these changes after the intake, and the place of the change by which a text was written. */
const happened = (changes: readonly CaseChange[]): CaseEvent[] =>
  aHistory(
    '2026-03-12',
    changes.map((change) => ['2026-03-12', change] as const),
  );
const seqOf = (writer: Writer, history: readonly CaseEvent[]): number | undefined => writer(history)?.seq;

const note = (text: string): CaseChange => ({ type: 'NOTED', note: text });
const supervised: CaseChange = { type: 'SUPERVISED', instruction: '限期', dueOn: '2026-03-20' };
const reported: CaseChange = { type: 'SUPERVISION_REPORTED', note: '已办' };
const opened: CaseChange = { type: 'CHECK_OPENED', cause: 'SPOT_CHECK', drawId: 'draw-1', team: ['SCJGJ'] };
const found: CaseChange = { type: 'CHECK_FOUND', outcome: 'CONFIRMED', finding: '属实', answerDays: 5 };

it('a note is of the change of its place among the notes', () => {
  const history = happened([note('一'), accepted, note('二'), note('三')]);
  expect([0, 1, 2, 3].map((place) => seqOf(ofNote(place), history))).toEqual([2, 4, 5, undefined]);
});

describe('a finding', () => {
  it('is of the first one after its check was opened', () => {
    const history = happened([opened, found, contacted, opened, found]);
    expect([0, 1, 2].map((place) => seqOf(ofFinding(place), history))).toEqual([3, 6, undefined]);
  });

  it('ends all checks that are open', () => {
    const history = happened([opened, opened, found]);
    expect([0, 1].map((place) => seqOf(ofFinding(place), history))).toEqual([4, 4]);
  });

  it('is none where the check is open still', () => {
    expect(seqOf(ofFinding(1), happened([opened, found, opened]))).toBeUndefined();
  });
});

describe('a report', () => {
  it('is of its own order, the latest', () => {
    const history = happened([supervised, reported, reported, supervised, reported, supervised]);
    expect([1, 2, 3].map((order) => seqOf(ofReport(order), history))).toEqual([4, 6, undefined]);
  });
});

describe('a line of the responsibility list', () => {
  const line = (department: string, duty: string, dueOn?: string): Responsibility => ({
    department,
    duty,
    ...(dueOn === undefined ? {} : { dueOn }),
  });
  const amended = (...responsibilities: readonly Responsibility[]): CaseChange => ({
    type: 'DUTIES_AMENDED',
    responsibilities,
    reason: '调整分工',
  });
  const given = (...responsibilities: readonly Responsibility[]): CaseChange => assigned({ responsibilities });
  const seqOfDuty = (duty: Responsibility, changes: readonly CaseChange[]) => seqOf(ofDuty(duty), happened(changes));

  it('is of the list that had it first, where later ones leave it as it stands', () => {
    const changes = [
      given(line('RSJ', '协助')),
      accepted,
      amended(line('RSJ', '协助', '2026-03-20'), line('CZJ', '会签')),
    ];
    expect(seqOfDuty(line('RSJ', '协助'), changes)).toBe(2);
    expect(seqOfDuty(line('CZJ', '会签'), changes)).toBe(4);
  });

  it('is of the list that brought it back after it was taken off', () => {
    const changes = [
      given(line('RSJ', '协助')),
      amended(line('RSJ', '会签')),
      amended(line('RSJ', '协助')),
      amended(line('RSJ', '协助')),
    ];
    expect(seqOfDuty(line('RSJ', '协助'), changes)).toBe(4);
  });

  it('is of another department’s list nothing, and of every kind of list', () => {
    const moved: CaseChange = {
      type: 'TRANSFERRED',
      assignment: anAssignment({ lead: 'CZJ', responsibilities: [line('RSJ', '协助')] }),
    };
    expect(seqOfDuty(line('RSJ', '协助'), [given(line('CZJ', '协助')), moved])).toBe(3);
    expect(seqOfDuty(line('RSJ', '会签'), [given(line('CZJ', '协助')), moved])).toBeUndefined();
    const ruled: CaseChange = { type: 'RULED', assignment: anAssignment({ responsibilities: [line('RSJ', '协助')] }) };
    expect(seqOfDuty(line('RSJ', '协助'), [ruled])).toBe(2);
  });
});

it('a result is of the department that reported it, a grade of the one that was graded', () => {
  const result: CaseChange = { type: 'DUTY_REPORTED', result: '已办' };
  const grade = (department: string): CaseChange => ({ type: 'ASSISTANCE_RATED', department, grade: 2, reason: '迟' });
  const history = happened([result, result, grade('RSJ'), grade('CZJ')]).map((event, at) => ({
    ...event,
    by: anAuthor('ASSISTING', { department: ['GSL', 'RSJ', 'CZJ', 'JRB', 'JRB'][at] ?? null }),
  }));
  expect([seqOf(ofResult('RSJ'), history), seqOf(ofResult('CZJ'), history)]).toEqual([2, 3]);
  expect([seqOf(ofGrade('RSJ'), history), seqOf(ofGrade('CZJ'), history)]).toEqual([4, 5]);
});

it('what a referral says, and what came of it, is of that referral', () => {
  const referred = (referralId: string): CaseChange => ({
    type: 'REFERRED',
    ...{ referralId, department: 'JRB', reason: '推诿', evidence: [] },
  });
  const concluded = (referralId: string): CaseChange => ({
    ...{ type: 'REFERRAL_CONCLUDED', referralId, outcome: 'NO_GROUND', note: '查无实据' },
  });
  const history = happened([referred('r-1'), referred('r-2'), concluded('r-2'), concluded('r-1')]);
  expect([seqOf(ofReferral('r-1'), history), seqOf(ofReferral('r-2'), history)]).toEqual([2, 3]);
  expect([seqOf(ofConclusion('r-1'), history), seqOf(ofConclusion('r-2'), history)]).toEqual([5, 4]);
});

it('what only the last change of some kinds has written is of that one', () => {
  const history = happened([contacted, note('一'), contacted, accepted]);
  expect(seqOf(lastOf('CONTACTED', 'NOTED'), history)).toBe(4);
  expect(seqOf(lastOf('RESOLVED'), history)).toBeUndefined();
});

it('a part of the intake is of the last change that put it right, or of whoever took it down', () => {
  const put = (correction: object): CaseChange => ({ type: 'CORRECTED', correction, reason: '登记有误' });
  const history = happened([put({ title: '贷款' }), accepted, put({ title: '续贷' }), put({ labels: ['续贷'] })]);
  const seqs = (['title', 'text', 'labels'] as const).map((part) => seqOf(ofIntake(part), history));
  expect(seqs).toEqual([4, 1, 5]);
});
