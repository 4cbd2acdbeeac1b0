import {
  importedSteps,
  missingEvents,
  type ImportedStep,
  type ImportedValues,
} from '../../../../subgraphs/cases/src/domain/imports/imported-case.js';
import { anAuthor, USCC } from '../../support/a-case.js';

const DELIVERER = { source: 'hotline', department: 'YSB' };
const WORDS = { now: '2026-04-01T00:00:00.000Z', keywords: () => ['贷款'], words: () => ['续贷'] };
const ROW: ImportedValues = {
  ...{ receivedAt: '2026-03-02T02:00:00.000Z', category: 'FINANCE', region: '421202', uscc: USCC },
  ...{ title: '银行要求提前还贷', text: '我公司贷款到期前两个月，银行通知不再续贷，希望协调。' },
};
const read = (part: ImportedValues = {}) => importedSteps({ ...ROW, ...part }, DELIVERER, WORDS);
const steps = (part: ImportedValues = {}): readonly ImportedStep[] => {
  const result = read(part);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result;
};
const faultOf = (part: ImportedValues) => {
  const result = read(part);
  return 'fault' in result ? result.fault : null;
};
const HANDLED = {
  ...{ lead: 'JRB', assignedAt: '2026-03-03T02:00:00.000Z', acceptedAt: '2026-03-03T08:00:00.000Z' },
  ...{ contactedAt: '2026-03-04T02:00:00.000Z', resolvedAt: '2026-03-05T02:00:00.000Z', answer: '已协调续贷' },
};

describe('a case that another system led', () => {
  it('begins with its receipt at the desk of who delivers it', () => {
    const [first, ...others] = steps({ channel: 'PORTAL', contactName: '张三', contactTelephone: '13812345678' });
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      at: '2026-03-02T02:00:00.000Z',
      by: { sub: 'connector:hotline', party: 'DESK', department: 'YSB', uscc: null },
      change: {
        type: 'SUBMITTED',
        intake: {
          ...{ kind: 'APPEAL', category: 'FINANCE', channel: 'PORTAL', origin: 'LOCAL', receivedBy: 'YSB' },
          ...{ keywords: ['贷款'], words: ['续贷'], region: '421202', industry: null, title: ROW['title'] },
          complainant: {
            ...{ uscc: USCC, name: null, homeRegion: null, anonymous: false, contactName: '张三' },
            contactPhone: '13812345678',
          },
        },
      },
    });
    expect(steps()[0]?.change).toMatchObject({ intake: { channel: 'HOTLINE_12345' } });
  });

  it('of an anonymous one keeps no words; of one from elsewhere the name; without a title its beginning', () => {
    expect(steps({ anonymous: true })[0]?.change).toMatchObject({
      intake: { words: [], keywords: ['贷款'], complainant: { anonymous: true } },
    });
    const elsewhere = steps({ uscc: null, enterpriseName: '武汉某某有限公司', homeRegion: '420100' });
    expect(elsewhere[0]?.change).toMatchObject({
      intake: { origin: 'ELSEWHERE', complainant: { uscc: null, name: '武汉某某有限公司', homeRegion: '420100' } },
    });
    expect(steps({ title: null, text: '很长的内容'.repeat(10) })[0]?.change).toMatchObject({
      intake: { title: '很长的内容'.repeat(6) },
    });
  });

  it('goes on step by step, each at its moment and by whose it is', () => {
    const all = steps({
      ...{ ...HANDLED, ratedAt: '2026-03-06T02:00:00.000Z', ratedProcess: 5, ratedResult: 4 },
      closedAt: '2026-03-07T02:00:00.000Z',
    });
    expect(all.map(({ at, by, change }) => [at.slice(5, 13), by.party, by.department, by.uscc, change.type])).toEqual([
      ['03-02T02', 'DESK', 'YSB', null, 'SUBMITTED'],
      ['03-03T02', 'DESK', 'YSB', null, 'ASSIGNED'],
      ['03-03T08', 'LEAD', 'JRB', null, 'ACCEPTED'],
      ['03-04T02', 'LEAD', 'JRB', null, 'CONTACTED'],
      ['03-05T02', 'LEAD', 'JRB', null, 'RESOLVED'],
      ['03-06T02', 'ENTERPRISE', null, USCC, 'RATED'],
      ['03-07T02', 'DESK', 'YSB', null, 'CLOSED'],
    ]);
    expect(all[1]?.change).toMatchObject({ assignment: { lead: 'JRB', lane: 'ORDINARY', reason: null } });
    expect(all.slice(3).map(({ change }) => change)).toMatchObject([
      { note: '已联系企业' },
      { answer: '已协调续贷' },
      { process: 5, result: 4, reason: null },
      { reason: '原系统已办结归档' },
    ]);
    const urgent = steps({ ...HANDLED, lane: 'URGENT', contactNote: '已致电' });
    expect(urgent[1]?.change).toMatchObject({ assignment: { lane: 'URGENT' } });
    expect(urgent[3]?.change).toMatchObject({ note: '已致电' });
  });

  it('takes a step without a date to have been with the one before it, and one that nothing needs not at all', () => {
    const types = (part: ImportedValues) => steps(part).map(({ at, change }) => `${at.slice(8, 10)} ${change.type}`);
    expect(types({ lead: 'JRB', resolvedAt: HANDLED.resolvedAt, answer: '已协调续贷' })).toEqual([
      ...['02 SUBMITTED', '02 ASSIGNED', '02 ACCEPTED', '05 RESOLVED'],
    ]);
    expect(types({ lead: 'JRB', assignedAt: HANDLED.assignedAt })).toEqual(['02 SUBMITTED', '03 ASSIGNED']);
    expect(types({ lead: 'JRB', acceptedAt: HANDLED.acceptedAt })).toEqual([
      ...['02 SUBMITTED', '02 ASSIGNED', '03 ACCEPTED'],
    ]);
    expect(types({ lead: 'JRB', contactedAt: HANDLED.contactedAt })).toEqual([
      ...['02 SUBMITTED', '02 ASSIGNED', '02 ACCEPTED', '04 CONTACTED'],
    ]);
    expect(types({ withdrawnAt: '2026-03-04T02:00:00.000Z' })).toEqual(['02 SUBMITTED', '04 WITHDRAWN']);
  });

  it('is withdrawn, and rated, by the desk and the coordinator where the enterprise has no code here', () => {
    const elsewhere = { uscc: null, enterpriseName: '武汉某某有限公司', homeRegion: '420100' };
    const [, withdrawn] = steps({ ...elsewhere, withdrawnAt: '2026-03-04T02:00:00.000Z' });
    expect(withdrawn).toMatchObject({
      by: { party: 'DESK', department: 'YSB' },
      change: { reason: '原系统中企业已撤回' },
    });
    const [, own] = steps({ withdrawnAt: '2026-03-04T02:00:00.000Z', withdrawReason: '已解决' });
    expect(own).toMatchObject({ by: { party: 'ENTERPRISE', uscc: USCC }, change: { reason: '已解决' } });
    const rated = steps({
      ...elsewhere,
      ...HANDLED,
      ratedAt: '2026-03-06T02:00:00.000Z',
      ratedProcess: 5,
      ratedResult: 5,
    });
    expect(rated.at(-1)).toMatchObject({ by: { party: 'COORDINATOR', department: 'YSB', uscc: null } });
  });

  it('that are done with are told by their moments, whatever the state says beside them', () => {
    const types = (part: ImportedValues): string[] => steps(part).map(({ change }) => change.type);
    expect(types({ ...HANDLED, status: 'FINISHED' })).toEqual(types(HANDLED));
    expect(types({ status: 'OPEN' })).toEqual(['SUBMITTED']);
    expect(types({ ...HANDLED, status: 'OPEN' })).toEqual(types(HANDLED));
  });

  it('of which nothing but the day is known are with the one before in the course of that day', () => {
    // In Shanghai: received on 5 March at 09:00, assigned on 5 March.
    const received = { receivedAt: '2026-03-05T01:00:00.000Z' };
    const assigned = (assignedAt: string): ImportedValues => ({ ...received, lead: 'ZJJ', assignedAt });
    expect(steps(assigned('2026-03-04T16:00:00.000Z'))[1]?.at).toBe('2026-03-05T01:00:00.000Z');
    expect(steps(assigned('2026-03-05T16:00:00.000Z'))[1]?.at).toBe('2026-03-05T16:00:00.000Z');
    // One with a time, and a day before, contradict the receipt.
    for (const at of ['2026-03-04T16:00:01.000Z', '2026-03-03T16:00:00.000Z'])
      expect(faultOf(assigned(at))).toMatchObject({ field: 'assignedAt' });
  });

  it.each<[ImportedValues, string | null, string]>([
    [{ receivedAt: null }, 'receivedAt', '缺少受理时间'],
    [{ category: '' }, 'category', '缺少诉求类别'],
    [{ text: '短' }, 'text', '内容不能接受：内容应当有 5 至'],
    [{ region: null }, 'region', '内容不能接受：地区应当是六位行政区划代码（GB/T 2260）'],
    [{ industry: 'Z' }, 'industry', '内容不能接受：行业应当是 GB/T 4754 的门类字母 A 至 T'],
    [{ contactTelephone: 'abc' }, 'contactTelephone', '内容不能接受：电话应当是 5 至 20 位数字、空格或连字符'],
    [{ uscc: '000000000000000000' }, 'uscc', '统一社会信用代码不能接受：'],
    [{ uscc: null }, 'enterpriseName', '内容不能接受：外地企业须写明名称（2 至'],
    [{ ...HANDLED, lead: null }, 'lead', '已转办或办结的诉求缺少承办部门'],
    [{ ...HANDLED, answer: '已协调。' }, 'answer', '答复内容不能接受：应当有 5 至 5000 个字符'],
    [
      { ...HANDLED, ratedAt: '2026-03-06T02:00:00.000Z', ratedProcess: 6, ratedResult: 5 },
      ...(['ratedProcess', '评价不能接受：评分应当是 1 至 5 的整数'] as const),
    ],
    [
      { ...HANDLED, ratedAt: '2026-03-06T02:00:00.000Z', ratedResult: 5 },
      ...(['ratedProcess', '评价不能接受：有评价时间而没有过程评分'] as const),
    ],
    [
      { ...HANDLED, ratedAt: '2026-03-06T02:00:00.000Z', ratedProcess: 5, ratedResult: 2 },
      ...(['ratedReason', '评价不能接受：低于 3 分的评价须写明原因'] as const),
    ],
    [{ status: 'FINISHED' }, 'status', '状态是已办结，却没有办结时间'],
    [{ status: 'WITHDRAWN' }, 'status', '状态是已撤回，却没有撤回时间'],
    [{ ...HANDLED, status: 'WITHDRAWN' }, 'status', '状态是已撤回，却没有撤回时间'],
    [{ closedAt: '2026-04-02T00:00:00.000Z' }, 'closedAt', '时间 2026-04-02 08:00 晚于现在'],
    [
      { ...HANDLED, contactedAt: '2026-03-03T07:00:00.000Z' },
      ...(['contactedAt', '时间 2026-03-03 15:00 早于前一环节'] as const),
    ],
  ])('with %j is refused for its %s: %s', (part, field, reason) => {
    expect(faultOf(part)).toEqual({ field, reason: expect.stringContaining(reason) as string });
  });
});

describe('what a history lacks', () => {
  const all = steps({ ...HANDLED, closedAt: '2026-03-07T02:00:00.000Z' });
  const added = (history: Parameters<typeof missingEvents>[1], of = all) => missingEvents('SQ2026-000001', history, of);
  const events = () => {
    const made = added([]);
    if ('fault' in made) throw new Error(made.fault.reason);
    return made;
  };

  it('is added in order, and nothing twice', () => {
    expect(events().map(({ seq, change }) => `${String(seq)} ${change.type}`)).toEqual([
      ...['1 SUBMITTED', '2 ASSIGNED', '3 ACCEPTED', '4 CONTACTED', '5 RESOLVED', '6 CLOSED'],
    ]);
    expect(added(events())).toEqual([]);
    expect(added(events().slice(0, 4))).toMatchObject([{ seq: 5 }, { seq: 6 }]);
  });

  it('is refused where it is older than what stands here, or not possible where the case stands', () => {
    const late = { ...events()[1], at: '2026-03-20T02:00:00.000Z' } as (typeof all)[number] & { seq: number };
    expect(added([...events().slice(0, 1), late as never])).toEqual({
      fault: {
        field: 'acceptedAt',
        reason: '时间 2026-03-03 16:00 早于本平台已记录的最后环节 2026-03-20 10:00',
      },
    });
    const answered = {
      at: '2026-03-05T02:00:00.000Z',
      by: anAuthor('LEAD'),
      change: { type: 'CONTACTED', note: '已联系' },
    };
    expect(added(events().slice(0, 1), [answered as ImportedStep])).toEqual({
      fault: {
        ...{ field: 'contactedAt' },
        reason: expect.stringMatching(/^诉求 SQ2026-000001 现处“.+”，按办理流程不能补记“首次联系”环节$/) as string,
      },
    });
  });
});
