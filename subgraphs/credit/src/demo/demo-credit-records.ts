import { randomStream, type DemoCity, type DemoEnterprise, type RandomStream } from '@zhitong/demo';
import { addDays, addMonths, daysBetween, figureOn } from '@zhitong/values';
import type { Seriousness } from '../domain/standing/dishonesty.js';
import { PUBLICATION_MONTHS } from '../domain/figures/credit-repair.js';
import { sha256 } from '../domain/ledger/hash-chain.js';
import type { PledgeEvent } from '../domain/standing/pledge.js';
import type { StoredDishonestyRecord, StoredJudgment } from '../models/credit-record.js';
import type { PledgeRecord } from '../models/pledge.js';
import { flagshipOf } from './demo-commitments.js';
import { documentNumber } from './promise-texts.js';

/** 1.8 % of market entities have or had a record, so that 1 to 2 % do at most days. */
const SHARE_WITH_RECORD = 0.018;
const SHARE_WITH_JUDGMENT = 0.003;
const SHARE_WITH_PLEDGE = 0.02;

const CATEGORIES: readonly (readonly [string, string])[] = [
  ['SCJGJ', '违反市场监督管理规定行政处罚'],
  ['STHJJ', '环境违法行政处罚'],
  ['YJGLJ', '安全生产违法行政处罚'],
  ['RSJ', '拖欠劳动者工资'],
  ['SHUIWJ', '重大税收违法'],
  ['SCJGJ', '未按期公示年度报告'],
];
const MATTERS: readonly (readonly [string, string])[] = [
  ['STHJJ', '环境影响评价告知承诺制审批'],
  ['ZJJ', '施工许可告知承诺制审批'],
  ['SCJGJ', '食品经营许可告知承诺制审批'],
  ['XFZD', '公众聚集场所投入使用告知承诺'],
  ['WHLYJ', '娱乐场所设立告知承诺'],
];

/** Enterprises that may have something against them: all but the flagship, which the demo shows as an honest one. */
function candidates(city: DemoCity): DemoEnterprise[] {
  const flagship = flagshipOf(city);
  return city.enterprises.filter((enterprise) => enterprise !== flagship);
}

/** A number of market entities in proportion to the city, one at least. */
const choose = (city: DemoCity, share: number, random: RandomStream): DemoEnterprise[] =>
  random.shuffle(candidates(city)).slice(0, Math.max(1, Math.round(city.enterprises.length * share)));

/** Dishonesty records, most of them open on the reference date, some repaired, some lapsed. */
export function demoDishonestyRecords(city: DemoCity): StoredDishonestyRecord[] {
  const random = randomStream('zhitong-1', 'credit.dishonesty');
  return choose(city, SHARE_WITH_RECORD, random).map((enterprise, index): StoredDishonestyRecord => {
    const seriousness = random.weighted<Seriousness>([
      ['MINOR', 25],
      ['GENERAL', 50],
      ['SERIOUS', 25],
    ]);
    const { least, most } = figureOn(PUBLICATION_MONTHS[seriousness], city.referenceDate);
    const from = addDays(city.referenceDate, -random.int(5, Math.round(most * 30.4 * 1.25)));
    const repairedOn = addDays(addMonths(from, least), random.int(0, 120));
    const [recordedBy, category] = random.pick(CATEGORIES);
    const isRepaired = random.bool(0.3) && repairedOn < city.referenceDate && repairedOn < addMonths(from, most);
    return {
      id: `SX-${String(index + 1).padStart(5, '0')}`,
      uscc: enterprise.uscc,
      category,
      seriousness,
      recordedBy,
      documentNumber: documentNumber(recordedBy, from.slice(0, 4), index + 1),
      from,
      until: null,
      repair: isRepaired
        ? {
            repairedOn,
            procedure: '已履行处罚决定并作出信用承诺，公示期满',
            decisionNumber: `咸信修〔${repairedOn.slice(0, 4)}〕${index + 1}号`,
          }
        : null,
    };
  });
}

/** Effective judgments, a third of them fulfilled since. */
export function demoJudgments(city: DemoCity): StoredJudgment[] {
  const random = randomStream('zhitong-1', 'credit.judgments');
  return choose(city, SHARE_WITH_JUDGMENT, random).map(({ uscc }, index): StoredJudgment => {
    const effectiveOn = addDays(city.referenceDate, -random.int(20, 900));
    const fulfilledOn = addDays(effectiveOn, random.int(30, 400));
    return {
      uscc,
      caseNumber: `(${effectiveOn.slice(0, 4)})鄂12民终${100 + index}号`,
      court: random.pick(['咸宁市中级人民法院', '咸安区人民法院', '赤壁市人民法院']),
      amount: random.int(2, 800) * 1_000_000,
      effectiveOn,
      fulfilledOn: random.bool(0.35) && fulfilledOn < city.referenceDate ? fulfilledOn : null,
    };
  });
}

/** Signed pledges: most checked and closed, few breached. */
export function demoPledges(city: DemoCity): PledgeRecord[] {
  const random = randomStream('zhitong-1', 'credit.pledges');
  const flagship = flagshipOf(city);
  const signers = [...(flagship ? [flagship] : []), ...choose(city, SHARE_WITH_PLEDGE, random)];
  return signers.map((enterprise, index): PledgeRecord => {
    const isFlagship = enterprise === flagship;
    const oldest = Math.max(30, Math.min(700, daysBetween(enterprise.registeredOn, city.referenceDate)));
    const signedOn = addDays(city.referenceDate, -random.int(20, oldest));
    const checkedOn = addDays(signedOn, random.int(15, 90));
    const [department, matter] = random.pick(MATTERS);
    const kept = isFlagship || random.bool(0.95);
    const events: PledgeEvent[] = [];
    if (checkedOn < city.referenceDate) {
      events.push({
        kind: 'CHECKED',
        on: checkedOn,
        by: `GB-${department}`,
        kept,
        finding: kept ? '现场核查与承诺一致' : '现场核查与承诺不符',
      });
      if (!kept)
        events.push({
          kind: 'BREACHED',
          on: checkedOn,
          by: `GB-${department}`,
          finding: '承诺事项不实',
          consequence: random.pick(['RECTIFICATION', 'APPROVAL_REVOKED', 'DISHONESTY_RECORD']),
        });
      else if (random.bool(0.5))
        events.push({ kind: 'CLOSED', on: checkedOn, by: `GB-${department}`, finding: '承诺事项履行完毕' });
    }
    const digest = sha256(`${matter}${signedOn.slice(0, 4)}`);
    return {
      id: `CNS-${String(index + 1).padStart(5, '0')}`,
      uscc: enterprise.uscc,
      department,
      matter,
      textVersion: `${signedOn.slice(0, 4)}-1`,
      digest,
      signature: `SM2:${sha256(`${enterprise.uscc}${digest}`)}`,
      signedOn,
      events,
    };
  });
}
