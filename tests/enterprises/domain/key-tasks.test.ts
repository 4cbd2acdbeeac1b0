import { byCode, codeFaults, parentCode } from '../../../subgraphs/enterprises/src/domain/key-tasks/indicator.js';
import {
  progressFaults,
  stateOf,
  strikeOffHindrance,
  struckOffOn,
  taskFigures,
  type TaskHistory,
} from '../../../subgraphs/enterprises/src/domain/key-tasks/key-task.js';

const report = (on: string, percent: number, by = 'officer-1') => ({
  ...{ on, by, percent, note: '' },
  evidence: percent === 100 ? ['https://oa.example.cn/1'] : [],
});
const decision = (on: string, isStruckOff: boolean) => ({ on, by: 'leader-1', isStruckOff, note: '' });
const task = (part: Partial<TaskHistory> = {}): TaskHistory => ({
  ...{ enteredOn: '2026-01-10', dueOn: '2026-03-31', progress: [], decisions: [] },
  ...part,
});

describe('the code of an indicator', () => {
  it.each(['7', '18', '7.3', '18.15'])('%s is one', (code) => expect(codeFaults(code)).toEqual([]));
  it.each(['0', '07', '100', '7.', '7.0', '7.100', '7.3.1', 'a', '7.a', '1a', ' 7', '7 ', ''])('"%s" is none', (code) =>
    expect(codeFaults(code)).toMatchObject([
      { path: ['code'], message: `"${code}" is not a code such as 7, or 7.3 of the second level` },
    ]),
  );

  it('lies below that of the first level, in the order of numbers', () => {
    expect([parentCode('7'), parentCode('7.3'), parentCode('18.15')]).toEqual([null, '7', '18']);
    expect(['10', '7.10', '7.9', '7', '2.1'].sort(byCode)).toEqual(['2.1', '7', '7.9', '7.10', '10']);
  });

  it('is shown in part when it is long', () => {
    expect(codeFaults('9'.repeat(30))[0]?.message).toContain(`"${'9'.repeat(20)}" `);
  });
});

describe('a key task', () => {
  it('is open, reported done, struck off', () => {
    expect(stateOf(task())).toBe('OPEN');
    expect(stateOf(task({ progress: [report('2026-02-01', 99)] }))).toBe('OPEN');
    const done = task({ progress: [report('2026-02-01', 99), report('2026-03-01', 100)] });
    expect(stateOf(done)).toBe('REPORTED_DONE');
    const sentBack = { ...done, decisions: [decision('2026-03-02', false)] };
    expect([stateOf(sentBack), struckOffOn(sentBack)]).toEqual(['OPEN', null]);
    const again = { ...sentBack, progress: [...done.progress, report('2026-03-05', 100)] };
    expect(stateOf(again)).toBe('REPORTED_DONE');
    const off = { ...again, decisions: [...sentBack.decisions, decision('2026-03-09', true)] };
    expect([stateOf(off), struckOffOn(off)]).toEqual(['STRUCK_OFF', '2026-03-09']);
  });

  it('is struck off by somebody who has not reported on it, when it was reported done', () => {
    const done = task({ progress: [report('2026-02-01', 50, 'officer-2'), report('2026-03-01', 100)] });
    expect(strikeOffHindrance(done, 'leader-1')).toBeNull();
    for (const by of ['officer-1', 'officer-2'])
      expect(strikeOffHindrance(done, by)?.message).toBe('whoever reported on a task does not strike it off.');
    expect(strikeOffHindrance(task(), 'leader-1')?.message).toBe('its department has not reported it done.');
    expect(strikeOffHindrance({ ...done, decisions: [decision('2026-03-09', true)] }, 'leader-1')?.message).toBe(
      'the task was struck off on 2026-03-09.',
    );
  });

  it.each<[number, string[], string[]]>([
    [0, [], []],
    [99, ['https://oa.example.cn/1'], []],
    [100, ['https://oa.example.cn/1'], []],
    [100, Array.from({ length: 10 }, (_none, at) => `https://oa.example.cn/${String(at)}`), []],
    [-1, [], ['percent: progress is a whole number from 0 to 100, not -1']],
    [101, [], ['percent: progress is a whole number from 0 to 100, not 101']],
    [50.5, [], ['percent: progress is a whole number from 0 to 100, not 50.5']],
    [100, [], ['evidence: a task that is done is reported with its evidence']],
    [
      10,
      Array.from({ length: 11 }, (_none, at) => `https://oa.example.cn/${String(at)}`),
      ['evidence: at most 10 links, not 11'],
    ],
    [
      10,
      ['https://oa.example.cn/1', 'http://oa.example.cn/2'],
      ['evidence.1: "http://oa.example.cn/2" is not an https link'],
    ],
    [10, ['https://localhost/2'], ['evidence.0: "https://localhost/2" is not an https link']],
    [10, ['https://me:secret@oa.example.cn/'], ['evidence.0: "https://me:secret@oa.example.cn/" is not an https link']],
    [10, ['https://me@oa.example.cn/'], ['evidence.0: "https://me@oa.example.cn/" is not an https link']],
    [10, ['https://:secret@oa.example.cn/'], ['evidence.0: "https://:secret@oa.example.cn/" is not an https link']],
    [10, ['附件一'], ['evidence.0: "附件一" is not an https link']],
  ])('takes a report of %d per cent with %j: faults %j', (percent, evidence, expected) => {
    expect(progressFaults({ percent, evidence }).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual(
      expected,
    );
  });

  it('takes links of 500 characters at most, and shows the beginning of a longer one', () => {
    const link = (length: number): string => `https://oa.example.cn/${'a'.repeat(length - 22)}`;
    expect(progressFaults({ percent: 10, evidence: [link(500)] })).toEqual([]);
    expect(progressFaults({ percent: 10, evidence: [link(501)] })[0]?.message).toBe(
      `"${link(60)}" is not an https link`,
    );
  });

  it('counts in the figures of a day as known on it, in time until its last day', () => {
    const struck = (on: string) => ({ progress: [report(on, 100)], decisions: [decision(on, true)] });
    const tasks = [
      task(struck('2026-03-31')),
      task(struck('2026-04-01')),
      task(),
      task({ dueOn: '2026-06-30', ...struck('2026-02-01') }),
      task({ dueOn: '2026-06-30' }),
      task({ enteredOn: '2026-04-02' }),
    ];
    expect(taskFigures(tasks, '2026-03-31')).toEqual({
      ...{ struckOff: { numerator: 2, denominator: 5 }, inTime: { numerator: 1, denominator: 3 }, overdue: 0 },
    });
    expect(taskFigures(tasks, '2026-04-01')).toEqual({
      ...{ struckOff: { numerator: 3, denominator: 5 }, inTime: { numerator: 1, denominator: 3 }, overdue: 1 },
    });
    expect(taskFigures(tasks, '2026-04-02').struckOff.denominator).toBe(6);
    expect(taskFigures([], '2026-04-02').struckOff).toEqual({ numerator: 0, denominator: 0 });
  });
});
