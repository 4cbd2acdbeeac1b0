import {
  codeType as codes,
  refused,
  targetField as field,
  unknownNames,
  type Landed,
  type Landing,
  type MappedRow,
  type NamedInRow,
  type Refused,
  type Target,
} from '@zhitong/connect';
import type { NameChecks } from '@zhitong/kit/graph';
import type { NewEvent, Outbox } from '@zhitong/kit/outbox';
import { dayInShanghai, normalReference, type WorkingCalendar } from '@zhitong/values';
import type { CaseEvent } from '../../domain/case-event.js';
import { applyEvent, replay } from '../../domain/history.js';
import { importedSteps, missingEvents, type ImportedStep } from '../../domain/imports/imported-case.js';
import type { KeywordExtractor } from '../../memory/keywords.js';
import { storedCase, type StoredCase } from '../../models/stored-case.js';
import type { Stores } from '../../stores.js';
import { caseOutboxEvent } from '../case-outbox.js';

const TEXT = { kind: 'text', longest: 5_000 } as const;
const NAME = { kind: 'text', longest: 100 } as const;
/** The name of a person or an enterprise. */
const OF_WHOM = { ...NAME, isName: true } as const;
const MOMENT = { kind: 'instant' } as const;
const PERSONAL = { isPersonal: true };
const REQUIRED = { required: true };

const FIELDS: Target['fields'] = {
  externalNumber: field(
    NAME,
    'Number of the case in the other system.',
    ['工单编号', '工单号', '诉求编号', '编号'],
    REQUIRED,
  ),
  receivedAt: field(MOMENT, 'When it was received.', ['受理时间', '来电时间', '登记时间', '诉求时间'], REQUIRED),
  category: field(
    codes({
      FINANCE: ['融资', '金融', '融资问题'],
      LABOUR: ['用工', '劳动用工', '人力资源'],
      LAND_AND_CONSTRUCTION: ['用地', '规划建设', '土地'],
      LOGISTICS: ['物流', '交通物流'],
      TAX_AND_FEES: ['税费', '税收', '收费'],
      PERMITS_AND_SERVICES: ['审批服务', '政务服务', '行政审批'],
      MARKET_AND_SALES: ['市场销售', '市场', '销售'],
      POLICY_DELIVERY: ['政策落实', '惠企政策', '政策兑现'],
      LAW_ENFORCEMENT: ['执法', '行政执法', '执法监督'],
    }),
    'Category of the problem list.',
    ['诉求类别', '问题类别', '问题分类', '类别'],
    REQUIRED,
  ),
  kind: field(
    codes({ COMPLAINT: ['投诉'], REPORT: ['举报'], APPEAL: ['诉求', '求助', '咨询'], SUGGESTION: ['建议'] }),
    'Kind; an appeal when it is not said.',
    ['诉求类型', '工单类型', '类型'],
  ),
  channel: field(
    codes({
      HOTLINE_12345: ['12345热线', '12345', '热线'],
      COMMERCE_FEDERATION_LINE: ['工商联热线'],
      PORTAL: ['网站', '门户'],
      LEADER_VISIT: ['领导走访', '走访'],
      SYMPOSIUM: ['座谈会'],
      MAIL: ['来信', '信件'],
      UNDERCOVER_CHECK: ['明察暗访'],
      PROJECT_STEWARD: ['项目管家'],
      DEPARTMENT_VISIT: ['部门走访'],
      LEADERS_LINE: ['书记市长直通车', '书记直通车', '市长直通车'],
      LEADER_ON_DUTY: ['领导带班'],
      COMPLAINT_CENTRE: ['投诉服务中心'],
      CHAMBER: ['商会', '协会'],
      SURVEY: ['企业调查', '调研'],
    }),
    'Where it came in; the hotline 12345 when it is not said.',
    ['来源渠道', '诉求来源', '渠道'],
  ),
  title: field(NAME, 'Title; the beginning of the text when there is none.', ['标题', '诉求标题', '工单标题']),
  text: field(TEXT, 'What the enterprise says.', ['诉求内容', '工单内容', '内容', '问题描述'], REQUIRED),
  region: field(NAME, 'District of the matter, six digits of GB/T 2260.', ['所属区县', '区域代码', '事发地'], REQUIRED),
  industry: field(NAME, 'Section letter of GB/T 4754.', ['行业门类', '行业']),
  uscc: field({ kind: 'uscc' }, 'Code of the enterprise that brings it.', ['统一社会信用代码', '信用代码']),
  enterpriseName: field(OF_WHOM, 'Name of an enterprise registered elsewhere.', ['企业名称', '诉求企业']),
  homeRegion: field(NAME, 'Home region of an enterprise registered elsewhere, six digits.', ['注册地', '企业所在地']),
  anonymous: field({ kind: 'boolean' }, 'The handling department must not learn who it is.', ['是否匿名', '匿名']),
  contactName: field(OF_WHOM, 'Whom to call.', ['联系人', '来电人'], PERSONAL),
  contactTelephone: field({ kind: 'telephone' }, 'Telephone of whom to call.', ['联系电话', '来电号码'], PERSONAL),
  lead: field(NAME, 'Code of the department that handles it.', ['承办单位', '承办部门', '责任单位']),
  lane: field(
    codes({ URGENT: ['紧急', '急办', '特急'], ORDINARY: ['普通', '一般'] }),
    'How it is handled; ordinary when it is not said.',
    ['紧急程度', '办理方式'],
  ),
  status: field(
    codes({
      OPEN: ['处理中', '办理中', '在办', '待办', '待受理', '已受理', '待签收', '已签收', '已转办', '已派单'],
      FINISHED: ['已办结', '办结', '已答复', '已回复', '已结案', '结案', '已归档', '归档', '已关闭', '已完成'],
      WITHDRAWN: ['已撤回', '撤回', '已撤诉', '撤诉'],
    }),
    'Whether it is done with in the other system: such a case is refused where no moment says since when.',
    ['办理状态', '工单状态', '诉求状态', '处理状态', '状态'],
  ),
  assignedAt: field(MOMENT, 'When it was assigned; at receipt when later steps are there without it.', [
    '转办时间',
    '派单时间',
  ]),
  acceptedAt: field(MOMENT, 'When the department accepted it.', ['签收时间', '承办时间', '接单时间']),
  contactedAt: field(MOMENT, 'When the enterprise was first called.', ['首次联系时间', '联系时间']),
  contactNote: field(TEXT, 'Note of that call.', ['联系情况']),
  resolvedAt: field(MOMENT, 'When it was answered.', ['办结时间', '答复时间', '回复时间']),
  answer: field(TEXT, 'The answer.', ['办理结果', '答复内容', '回复内容', '处理结果']),
  ratedAt: field(MOMENT, 'When the enterprise rated it.', ['评价时间', '回访时间']),
  ratedProcess: field({ kind: 'integer', least: 1, most: 5 }, 'Grade of the handling, 1 to 5.', [
    '过程评分',
    '服务满意度',
  ]),
  ratedResult: field({ kind: 'integer', least: 1, most: 5 }, 'Grade of the result, 1 to 5.', [
    '结果评分',
    '结果满意度',
  ]),
  ratedReason: field(TEXT, 'Reason of the grades.', ['评价说明', '不满意原因']),
  closedAt: field(MOMENT, 'When it was closed.', ['归档时间', '结案时间', '关闭时间']),
  closeReason: field(TEXT, 'Why it was closed.', ['结案说明']),
  withdrawnAt: field(MOMENT, 'When the enterprise withdrew it.', ['撤回时间', '撤诉时间']),
  withdrawReason: field(TEXT, 'Why it was withdrawn.', ['撤回原因']),
};

/** What the kind of records is by itself, without the department behind it. */
export const CASE_KIND = { name: 'case', fields: FIELDS, key: ['externalNumber'], anonymity: 'anonymous' } as const;

const NOTHING_READ = { field: null, reason: '' } as const;

/** What undoing needs: the events that were appended. */
interface Before {
  readonly caseNumber: string;
  readonly fromSeq: number;
  readonly toSeq: number;
}

/** Events to append to one case. */
interface Appended {
  readonly history: readonly CaseEvent[];
  readonly events: readonly CaseEvent[];
}

/**
 * Cases that another system led: each becomes its history with the dates that the other system has, and so its
 * deadlines; a later delivery appends what has happened since. Every step is judged by the lifecycle, and every name by
 * the registry.
 * @param register says which departments, regions and enterprises do not exist
 */
export function caseTarget({
  stores,
  outbox,
  calendar,
  register,
  keywords,
}: {
  readonly stores: Stores;
  readonly outbox: Pick<Outbox, 'append'>;
  readonly calendar: WorkingCalendar;
  readonly register: Pick<NameChecks, 'faultsOf'>;
  readonly keywords: KeywordExtractor;
}): Target {
  /** A case as its events give it. */
  const stored = (events: readonly CaseEvent[]): StoredCase => storedCase(events, calendar);

  const write = async (appended: readonly Appended[], { session }: Landing): Promise<void> => {
    const told: NewEvent[] = [];
    for (const { history, events } of appended) {
      let view = history.length === 0 ? null : replay(history);
      for (const event of events) {
        view = view === null ? replay([event]) : applyEvent(view, event);
        told.push(caseOutboxEvent(view, event));
      }
    }
    // The numbers were free in this transaction's snapshot: another writer makes the commit conflict, and the batch is
    // tried again.
    await stores.events.appendMany(
      appended.flatMap(({ events }) => events),
      session,
    );
    await stores.cases.putMany(
      appended.map(({ history, events }) => stored([...history, ...events])),
      session,
    );
    await outbox.append(told, { session });
  };

  return {
    ...CASE_KIND,
    areKeysOfDepartment: true,
    names: ({ key }) => [normalReference(key)],

    land: async (rows, landing) => {
      const { session, source, department, now } = landing;
      const read = rows.map(({ values }) =>
        importedSteps(values, { source, department }, { now: now.toISOString(), keywords, words: keywords.words }),
      );
      const unknown = await unknownNames(rows, register, namesIn);
      const known = await stores.externalNumbers.casesOf(
        rows.map(({ key }) => key),
        session,
      );
      const histories = await stores.events.ofMany([...known.values()], session);
      const wanted = rows.map((row, index): Refused | { readonly steps: readonly ImportedStep[] } => {
        const steps = read[index];
        if (steps === undefined || 'fault' in steps) return refused(steps?.fault ?? NOTHING_READ);
        return unknown.get(row) ?? { steps };
      });
      const numbers = await newNumbers(rows, wanted, known, session);
      const appended: Appended[] = [];
      const landed = rows.map((row, index): Landed => {
        const one = wanted[index];
        if (one === undefined || 'kind' in one) return one ?? refused(NOTHING_READ);
        const caseNumber = known.get(row.key) ?? numbers.get(row.key) ?? '';
        const history = histories.get(caseNumber) ?? [];
        const events = missingEvents(caseNumber, history, one.steps);
        if ('fault' in events) return refused(events.fault);
        const [first] = events;
        if (first === undefined) return { kind: 'unchanged' };
        appended.push({ history, events });
        const before: Before = { caseNumber, fromSeq: first.seq, toSeq: first.seq + events.length - 1 };
        return { kind: history.length === 0 ? 'new' : 'changed', before };
      });
      await write(appended, landing);
      const isNew = new Set(rows.filter((_row, index) => landed[index]?.kind === 'new').map(({ key }) => key));
      const entered = [...numbers].filter(([number]) => isNew.has(number));
      await stores.externalNumbers.add(
        entered.map(([externalNumber, caseNumber]) => ({ externalNumber, caseNumber, source })),
        session,
      );
      return landed;
    },

    undo: async (rows, landing) => {
      const { session } = landing;
      const written = rows.map(({ before }) => before as Before); // what `land` gave
      const histories = await stores.events.ofMany(
        written.map(({ caseNumber }) => caseNumber),
        session,
      );
      const landed: Landed[] = [];
      for (const [index, { caseNumber, fromSeq, toSeq }] of written.entries()) {
        const history = histories.get(caseNumber) ?? [];
        if (history.at(-1)?.seq !== toSeq) {
          landed.push(refused({ field: null, reason: `诉求 ${caseNumber} 此后又有新的环节，未撤销` }));
          continue;
        }
        await stores.events.takeBack(caseNumber, fromSeq, session);
        if (fromSeq === 1) {
          await stores.cases.remove(caseNumber, session);
          await stores.externalNumbers.remove([rows[index]?.key ?? ''], session);
        } else {
          await stores.cases.put(stored(history.slice(0, fromSeq - 1)), session);
        }
        await outbox.append(
          [{ type: 'cn.zhitong.case.import-undone', subject: caseNumber, data: { caseNumber, version: fromSeq - 1 } }],
          { session },
        );
        landed.push({ kind: 'changed', before: null });
      }
      return landed;
    },
  };

  /** Numbers for cases that are not here yet, by year of receipt. */
  async function newNumbers(
    rows: readonly MappedRow[],
    wanted: readonly (Refused | { readonly steps: readonly ImportedStep[] })[],
    known: ReadonlyMap<string, string>,
    session: Landing['session'],
  ): Promise<Map<string, string>> {
    const ofYear = new Map<string, string[]>();
    for (const [index, row] of rows.entries()) {
      const one = wanted[index];
      if (one === undefined || 'kind' in one || known.has(row.key)) continue;
      // A case whose steps contradict one another takes no number.
      if ('fault' in missingEvents('', [], one.steps)) continue;
      const year = dayInShanghai(new Date(one.steps[0]?.at ?? 0)).slice(0, 4);
      ofYear.set(year, [...(ofYear.get(year) ?? []), row.key]);
    }
    const numbers = new Map<string, string>();
    for (const [year, externals] of ofYear) {
      const given = await stores.numbers.nextOf(year, externals.length, session);
      for (const [index, external] of externals.entries()) numbers.set(external, given[index] ?? '');
    }
    return numbers;
  }
}

/** What a row names of the registry. */
const namesIn = ({ values }: MappedRow): readonly NamedInRow[] => [
  { kind: 'region', field: 'region', code: String(values['region'] ?? '') },
  { kind: 'enterprise', field: 'uscc', code: String(values['uscc'] ?? '') },
  { kind: 'department', field: 'lead', code: String(values['lead'] ?? '') },
];
