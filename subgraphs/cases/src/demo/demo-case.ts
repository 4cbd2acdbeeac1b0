import { randomStream, type DemoCity, type DemoEnterprise, type RandomStream } from '@zhitong/demo';
import { startOfDayInShanghai, type WorkingCalendar } from '@zhitong/values';
import type { Assignment, Intake } from '../domain/case-event.js';
import { opensCheck } from '../domain/satisfaction.js';
import { serviceTermsOn } from '../domain/service-terms.js';
import { CATEGORIES, type Channel, type ListedCategory } from '../domain/taxonomy.js';
import type { KeywordExtractor } from '../memory/keywords.js';
import { filledTemplate, type CaseTemplate } from './templates.js';
import { author, Timeline } from './timeline.js';

/** What is to become of a demo case. STUCK ones stop half-way although somebody should act. */
export type DemoCourse = 'DONE' | 'OPEN' | 'STUCK' | 'WITHDRAWN' | 'WAITING' | 'REOPENED';

export interface DemoCaseInput {
  readonly enterprise: DemoEnterprise;
  readonly receivedOn: string;
  readonly course: DemoCourse;
  readonly random: RandomStream;
}

/** How a demo department works; a few are better than the others, so that a ranking says something. */
interface Habits {
  readonly onTime: number;
  readonly satisfied: number;
}

const CATEGORY_WEIGHTS: Readonly<Record<ListedCategory, number>> = {
  FINANCE: 20,
  LABOUR: 14,
  LAND_AND_CONSTRUCTION: 13,
  LOGISTICS: 7,
  TAX_AND_FEES: 9,
  PERMITS_AND_SERVICES: 13,
  MARKET_AND_SALES: 8,
  POLICY_DELIVERY: 11,
  LAW_ENFORCEMENT: 5,
};
const CHANNELS: readonly (readonly [Channel, number])[] = [
  ['HOTLINE_12345', 34],
  ['COMMERCE_FEDERATION_LINE', 10],
  ['PORTAL', 24],
  ['LEADER_VISIT', 8],
  ['DEPARTMENT_VISIT', 3],
  ['SURVEY', 1],
  ['SYMPOSIUM', 5],
  ['MAIL', 3],
  ['UNDERCOVER_CHECK', 2],
  ['PROJECT_STEWARD', 10],
];
const DESKS: Readonly<Record<Channel, string | null>> = {
  HOTLINE_12345: 'SHUJJ',
  COMMERCE_FEDERATION_LINE: 'GSL',
  PORTAL: null,
  LEADER_VISIT: 'YSB',
  SYMPOSIUM: 'YSB',
  MAIL: 'XFJ',
  UNDERCOVER_CHECK: 'YSB',
  PROJECT_STEWARD: 'ZSZX',
  DEPARTMENT_VISIT: 'YSB',
  SURVEY: 'YSB',
  LEADERS_LINE: 'YSB',
  LEADER_ON_DUTY: 'YSB',
  COMPLAINT_CENTRE: 'YSB',
  CHAMBER: 'GSL',
};
const COORDINATING = 'YSB';
/** Home regions of merchants elsewhere: Dongguan, Shenzhen, Wuhan, Hangzhou, Suzhou. */
const ELSEWHERE = ['441900', '440300', '420100', '330100', '320500'];
const MORNING = 9 * 60;

/** Makes demo cases of one city: enterprise, matter, and how it went, consistent with the working-day clock. */
export function demoCaseMaker({
  city,
  calendar,
  templates,
  keywords,
  seed,
  endsAt,
}: {
  city: DemoCity;
  calendar: WorkingCalendar;
  templates: Readonly<Record<ListedCategory, readonly CaseTemplate[]>>;
  keywords: KeywordExtractor;
  seed: string;
  endsAt: Date;
}): (input: DemoCaseInput) => Timeline {
  const terms = serviceTermsOn(city.referenceDate);
  const governments = new Map(
    city.departments
      .filter(({ kind }) => kind === 'DISTRICT_GOVERNMENT')
      .map(({ code, regionCode }) => [regionCode, code]),
  );
  const habits = new Map(
    city.departments.map(({ code }): [string, Habits] => {
      const random = randomStream(seed, `habits of ${code}`);
      return [code, { onTime: 0.8 + 0.18 * random.fraction(), satisfied: 0.9 + 0.09 * random.fraction() }];
    }),
  );

  function intakeOf({ enterprise, random }: DemoCaseInput, category: ListedCategory, template: CaseTemplate): Intake {
    const channel = random.weighted(CHANNELS);
    const isElsewhere = random.bool(0.05);
    const isAnonymous = !isElsewhere && random.bool(category === 'LAW_ENFORCEMENT' ? 0.35 : 0.04);
    const { title, text } = filledTemplate(template, random);
    return {
      kind:
        category === 'LAW_ENFORCEMENT'
          ? random.pick(['COMPLAINT', 'REPORT'] as const)
          : random.weighted([
              ['APPEAL', 70],
              ['COMPLAINT', 18],
              ['SUGGESTION', 12],
            ] as const),
      category,
      labels: random.bool(0.2) ? [random.pick(['重点企业', '涉诉', '多次反映', '联点企业'])] : [],
      channel,
      origin: isElsewhere ? 'ELSEWHERE' : 'LOCAL',
      title,
      text,
      attachments: random.bool(0.15)
        ? [`https://files.demo.zhitong.example/${enterprise.uscc.slice(-6)}/${random.int(1000, 9999)}.pdf`]
        : [],
      complainant: {
        uscc: isElsewhere ? null : enterprise.uscc,
        name: isElsewhere
          ? `${random.pick(['东莞', '深圳', '武汉', '杭州', '苏州'])}咸商${random.pick(['科技', '贸易', '实业', '电子'])}有限公司`
          : null,
        homeRegion: isElsewhere ? random.pick(ELSEWHERE) : null,
        anonymous: isAnonymous,
        contactName: enterprise.contact.name,
        contactPhone: enterprise.contact.telephone,
      },
      region: enterprise.regionCode,
      industry: enterprise.industry.section,
      receivedBy: DESKS[channel],
      keywords: keywords(title, text),
      words: keywords.words(`${title}\n${text}`),
      triageDays: terms.triageDays,
    };
  }

  function assignmentOf({ enterprise, random }: DemoCaseInput, template: CaseTemplate): Assignment {
    const lead = random.bool(0.25) ? (governments.get(enterprise.regionCode) ?? template.lead) : template.lead;
    const assisting = template.assisting.filter((code) => code !== lead);
    const lane = random.bool(0.04) ? 'URGENT' : assisting.length > 0 && random.bool(0.5) ? 'JOINT' : 'ORDINARY';
    return {
      lead,
      assisting,
      lane,
      responsibilities: assisting.map((department) => ({ department, duty: '按职责配合办理并反馈' })),
      contactDays: terms.firstContactDays,
      answerDays: terms.answerDays[lane],
      reason: '按职责分工交办',
    };
  }

  return (input) => {
    const { random, course, receivedOn } = input;
    const category = random.weighted(CATEGORIES.map((name) => [name, CATEGORY_WEIGHTS[name]] as const));
    const template = random.pick(templates[category]);
    const intake = intakeOf(input, category, template);
    const { uscc } = intake.complainant;
    const owner = author('ENTERPRISE', { uscc });
    const taker = intake.receivedBy === null ? owner : author('DESK', { department: intake.receivedBy });
    const coordinator = author('COORDINATOR', { department: COORDINATING });
    const receivedAt = new Date(startOfDayInShanghai(receivedOn).getTime() + random.int(8 * 60, 18 * 60) * 60_000);
    const line = new Timeline(calendar, intake, taker, receivedAt, endsAt);
    const minute = (): number => MORNING + random.int(0, 480);
    const later = (days: number): string => line.workingDay(line.day, days);

    if (course === 'WITHDRAWN') {
      line.happen(later(1), minute(), owner, {
        type: 'WITHDRAWN',
        reason: random.pick(['企业已自行解决', '重复提交', '企业不再需要办理']),
      });
      return line;
    }
    if (course === 'DONE' && intake.receivedBy !== null && random.bool(0.18)) {
      line.happen(random.bool(0.8) ? line.day : later(1), minute(), taker, {
        type: 'ANSWERED_DIRECTLY',
        answer: template.answer,
      });
      rateAndClose(line, 0.97);
      return line;
    }
    const assignment = assignmentOf(input, template);
    const lead = author('LEAD', { department: assignment.lead });
    const assigner = intake.receivedBy !== null && random.bool(0.3) ? taker : coordinator;
    if (course === 'STUCK' && random.bool(0.08)) return line; // nobody has even assigned it
    line.happen(random.bool(0.7) ? line.day : later(random.bool(0.9) ? 1 : 2), minute(), assigner, {
      type: 'ASSIGNED',
      assignment,
    });
    if (random.bool(0.07)) bounce(line, assignment, random.bool(0.08) ? 3 : 1);
    if (course === 'STUCK' && random.bool(0.15)) return linger(line);
    line.happen(random.bool(0.8) ? later(1) : line.day, minute(), lead, { type: 'ACCEPTED' });
    const assignedOn = line.view.assignedOn ?? line.day;
    const { onTime, satisfied } = habits.get(assignment.lead) ?? { onTime: 0.9, satisfied: 0.95 };
    const contactOn = line.workingDay(assignedOn, random.bool(onTime) ? random.int(1, 2) : random.int(3, 4));
    line.happen(contactOn < line.day ? line.day : contactOn, minute(), lead, {
      type: 'CONTACTED',
      note: '已与企业联系人电话沟通，核实诉求事项。',
    });
    if (course === 'WAITING' || (course !== 'STUCK' && random.bool(0.08))) {
      line.happen(line.day, minute(), lead, {
        type: 'PAUSED',
        question: '请补充合同、发票等佐证材料。',
        longestDays: terms.longestPauseDays,
      });
      if (course === 'WAITING') return line;
      line.happen(later(random.int(2, 9)), minute(), owner, {
        type: 'SUPPLEMENTED',
        text: '材料已补充，请查收。',
        attachments: [],
      });
    }
    if (random.bool(0.5))
      line.happen(line.day, minute(), lead, {
        type: 'STEP_RECORDED',
        note: random.pick([
          '已组织现场核查。',
          '已召开协调会，明确办理措施。',
          '已函请相关单位提供意见。',
          '正在履行内部审批程序。',
        ]),
      });
    if (course === 'STUCK') return linger(line);
    finish(line, assignment, onTime);
    if (course === 'REOPENED') {
      line.happen(later(2), minute(), owner, {
        type: 'RATED',
        process: 2,
        result: 1,
        reason: '答复没有解决实际问题。',
      });
      line.happen(line.day, minute(), owner, {
        type: 'REOPENED',
        reason: '答复没有解决实际问题，请重新办理。',
        answerDays: terms.rectificationDays,
      });
      return line;
    }
    rateAndClose(line, satisfied);
    return line;

    /**
     * Nobody acts any more: the coordinator urges, supervises, brings the matter to the joint meeting, and at last
     * refers it.
     */
    function linger(timeline: Timeline): Timeline {
      timeline.happen(later(8), minute(), coordinator, { type: 'URGED', note: '已超过办理期限，请立即办理并反馈。' });
      if (random.bool(0.5))
        timeline.happen(later(2), minute(), coordinator, {
          type: 'SUPERVISED',
          instruction: '请于五个工作日内办结并书面报告。',
          dueOn: later(7),
        });
      if (random.bool(0.45))
        timeline.happen(later(3), minute(), coordinator, {
          type: 'ESCALATED',
          level: 'JOINT_MEETING',
          reason: '督办后仍未办结，提请联席会议研究。',
        });
      if (random.bool(0.1)) {
        timeline.happen(later(6), minute(), coordinator, {
          type: 'REFERRED',
          referralId: `YS-${receivedOn}-${random.int(1000, 9999)}`,
          department: assignment.lead,
          reason: '超期未办，经督办仍未整改。',
          evidence: ['https://files.demo.zhitong.example/supervision.pdf'],
        });
      }
      return timeline;
    }

    function bounce(timeline: Timeline, first: Assignment, times: number): void {
      for (let time = 1; time <= times; time += 1) {
        timeline.happen(later(1), minute(), author('LEAD', { department: first.lead }), {
          type: 'RETURNED',
          reason: '事项不属于本单位职责，建议改派。',
          triageDays: terms.triageDays,
        });
        const isRuling = timeline.view.status === 'AWAITING_RULING';
        timeline.happen(later(isRuling ? 2 : 1), minute(), coordinator, {
          type: isRuling ? 'RULED' : 'ASSIGNED',
          assignment: { ...first, reason: isRuling ? '经研究，由该单位牵头办理。' : '请再次核对职责后办理。' },
        });
      }
    }

    function finish(timeline: Timeline, { answerDays }: Assignment, punctuality: number): void {
      const isPunctual = random.bool(punctuality);
      let within = answerDays;
      if (isPunctual && random.bool(0.06) && timeline.view.extendedBy === 0) {
        timeline.happen(timeline.day, minute(), lead, {
          type: 'EXTENSION_REQUESTED',
          workingDays: 5,
          reason: '事项涉及多个部门，需要会商。',
        });
        const granted = random.bool(0.85);
        timeline.happen(later(1), minute(), coordinator, {
          type: 'EXTENSION_RULED',
          granted,
          workingDays: granted ? 5 : 0,
          reason: granted ? '同意延期五个工作日。' : '请在原期限内办结。',
        });
        if (granted) within += 5;
      }
      const planned = timeline.workingDay(assignedOn, isPunctual ? random.int(2, within) : within + random.int(1, 8));
      timeline.wait(planned > timeline.day ? planned : timeline.day);
      if (!isPunctual && random.bool(0.4))
        timeline.happen(planned > timeline.day ? planned : timeline.day, MORNING, coordinator, {
          type: 'URGED',
          note: '已超过办理期限，请立即答复企业。',
        });
      timeline.happen(planned > timeline.day ? planned : timeline.day, minute(), lead, {
        type: 'RESOLVED',
        answer: template.answer,
      });
    }

    function rateAndClose(timeline: Timeline, satisfaction: number): void {
      if (timeline.isCut()) return;
      if (random.bool(0.72)) {
        const isGood = random.bool(satisfaction);
        const process = isGood
          ? random.weighted([
              [5, 68],
              [4, 24],
              [3, 8],
            ] as const)
          : random.int(1, 4);
        const result = isGood
          ? random.weighted([
              [5, 64],
              [4, 25],
              [3, 11],
            ] as const)
          : random.int(1, 2);
        timeline.happen(later(random.int(1, 4)), minute(), owner, {
          type: 'RATED',
          process,
          result,
          reason: isGood ? null : random.pick(['办理时间太长。', '没有解决实际问题。', '只有口头答复，没有落实。']),
        });
        if (!timeline.isCut() && opensCheck({ process, result, reason: null })) {
          timeline.happen(timeline.day, minute(), author('SYSTEM'), {
            type: 'CHECK_OPENED',
            cause: 'BAD_RATING',
            drawId: null,
          });
          timeline.happen(later(random.int(3, 8)), minute(), coordinator, {
            type: 'CHECK_FOUND',
            outcome: 'CONFIRMED',
            finding: '已回访企业，答复依据充分，已再次解释说明。',
            answerDays: terms.rectificationDays,
          });
        }
      }
      timeline.happen(later(random.int(2, 6)), minute(), coordinator, {
        type: 'CLOSED',
        reason: '已答复并完成回访，予以办结。',
      });
    }
  };
}
