import { randomStream, type DemoCity } from '@zhitong/demo';
import { addDays } from '@zhitong/values';
import { approvalState, type ApprovalEvent } from '../domain/audit/approval-ledger.js';
import type { ApprovalItemRecord } from '../models/approval-item.js';

const PERMITS: readonly (readonly [string, string, string])[] = [
  ['ZGJ', '不动产权证', '园区用地历史遗留问题未处理完毕'],
  ['ZJJ', '建筑工程竣工验收备案', '配套管网由政府建设，尚未完工'],
  ['XFZD', '消防验收', '市政消火栓未到位'],
  ['STHJJ', '排污许可证', '园区污水处理厂扩容未完成'],
  ['ZGJ', '建设用地规划许可证', '控制性详细规划调整未批复'],
];
/** One item for so many projects' and above-scale enterprises' permits of a full city. */
const FULL = { items: 90, enterprises: 27_851 };
const FEWEST = 8;

/** Permits that wait through no fault of the enterprise: open, submitted, struck off, some past their deadline. */
export function demoApprovalItems(city: DemoCity): ApprovalItemRecord[] {
  const random = randomStream('zhitong-1', 'credit.approvals');
  const count = Math.max(FEWEST, Math.round((city.enterprises.length * FULL.items) / FULL.enterprises));
  const projects = city.projects.filter(({ signedOn }) => signedOn < addDays(city.referenceDate, -60));
  return Array.from({ length: count }, (_, index): ApprovalItemRecord => {
    const project = projects.length > 0 ? random.pick(projects) : null;
    const [department, permit, cause] = random.pick(PERMITS);
    const openedOn = addDays(city.referenceDate, -random.int(20, 400));
    const submittedOn = addDays(openedOn, random.int(5, 150));
    const answeredOn = addDays(submittedOn, random.int(1, 15));
    const events: ApprovalEvent[] = [];
    if (random.bool(0.7) && submittedOn < city.referenceDate)
      events.push({ kind: 'SUBMITTED', on: submittedOn, by: `GB-${department}`, evidence: `${permit}办结材料` });
    if (events.length > 0 && random.bool(0.85) && answeredOn < city.referenceDate) {
      events.push(
        random.bool(0.9)
          ? { kind: 'CONFIRMED', on: answeredOn, by: '企业联系人', remark: '' }
          : { kind: 'REJECTED', on: answeredOn, by: '企业联系人', remark: '证照未领取' },
      );
    }
    return {
      id: `XH-${String(index + 1).padStart(5, '0')}`,
      uscc: project?.uscc ?? random.pick(city.enterprises).uscc,
      projectId: project?.id ?? null,
      department,
      permit,
      cause,
      openedOn,
      deadline: addDays(openedOn, random.pick([30, 60, 90])),
      events,
      state: approvalState({ events }),
    };
  });
}
