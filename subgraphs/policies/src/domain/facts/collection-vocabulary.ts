import type { VocabularyRow } from './fact-definition.js';

const TITLE = '认定部门名单';
const BANK = '放贷银行';
const HR = '人社局';
const PLANNING = '发改委';

/**
 * What collections hold: each attribute under the name of its collection and its own. The collections themselves stand
 * in the vocabulary; the register keeps the titles, departments record the others.
 */
export const ATTRIBUTE_ROWS: readonly VocabularyRow[] = [
  ['titles.title', 'TEXT', '', '称号', 'Name of the title', TITLE],
  ['titles.firstTime', 'BOOLEAN', '', '首次认定', 'A first recognition, not a renewed one', TITLE],
  ['titles.awardedOn', 'DATE', '', '认定日期', 'Day of the recognition', TITLE],
  ['titles.validTo', 'DATE', '', '有效期至', 'Last day on which it holds', TITLE],
  ['loans.product', 'TEXT', '', '贷款品种', 'Kind of loan', BANK, { values: ['技改贷', '设备更新贷'] }],
  ['loans.principalYuan', 'MONEY', '元', '贷款本金', 'Principal', BANK],
  ['loans.equipmentYuan', 'MONEY', '元', '购置设备金额', 'Part of it for equipment', BANK],
  ['loans.interestPaidYuan', 'MONEY', '元', '已付利息', 'Interest paid', BANK],
  ['loans.years', 'NUMBER', '年', '贷款年限', 'Term', BANK],
  ['loans.takenOn', 'DATE', '', '取得日期', 'Day on which it was taken', BANK],
  [
    'hires.group',
    'TEXT',
    '',
    '人员类别',
    'Group of the people hired',
    HR,
    { values: ['高校毕业生', '16-24岁登记失业青年', '脱贫人口', '登记失业人员', '其他'] },
  ],
  ['hires.people', 'INTEGER', '人', '人数', 'How many', HR],
  ['hires.hiredOn', 'DATE', '', '招用日期', 'Day of hire', HR],
  ['hires.contractYears', 'NUMBER', '年', '劳动合同年限', 'Term of the labour contracts', HR],
  ['hires.insuredMonths', 'INTEGER', '个月', '缴纳社保月数', 'Months of insurance paid for them', HR],
  ['hires.stableMonths', 'INTEGER', '个月', '稳定就业月数', 'Months they have stayed', HR],
  ['hires.socialInsured', 'BOOLEAN', '', '缴纳社保', 'Social insurance is paid for them', HR],
  ['projects.kind', 'TEXT', '', '项目类别', 'Kind of project', PLANNING],
  ['projects.status', 'TEXT', '', '项目状态', 'State of the project', PLANNING, { values: ['在建', '年底前可开工'] }],
  ['projects.fixedInvestmentYuan', 'MONEY', '元', '固定资产投资', 'Fixed investment', PLANNING],
  ['projects.startedOn', 'DATE', '', '开工日期', 'Day on which it was begun', PLANNING],
  ['projects.completedOn', 'DATE', '', '竣工日期', 'Day on which it was completed', PLANNING],
];
