/** What codes of the graph are called in Chinese where they stand in the words of a refusal. */
export const CODES_IN_CHINESE: Readonly<Record<string, string>> = {
  // Where a grant stands, and what is done with it.
  IDENTIFIED: '已识别',
  NOTIFIED: '已告知',
  CONFIRMED: '已确认账户',
  PUBLICISED: '公示中',
  APPROVED: '已审定',
  HANDED_OVER: '已移交',
  PAYING: '支付中',
  PAID: '已兑付',
  RETURNED: '已退回',
  SUSPENDED: '已中止',
  CLOSED: '已办结',
  WITHDRAWN: '已撤回',
  NOTIFY: '告知',
  CONFIRM: '确认账户',
  PUBLICISE: '公示',
  APPROVE: '审定',
  HAND_OVER: '移交',
  PAY: '支付',
  SETTLE: '到账',
  RETURN: '退回',
  SUSPEND: '中止',
  KEEP: '维持',
  CHANGE_AMOUNT: '变更金额',
  CLOSE: '办结',
  WITHDRAW: '撤销',
  // Payment orders, objections, pledges.
  SENT: '已发送',
  SETTLED: '已到账',
  UPHELD: '异议成立',
  REJECTED: '已驳回',
  SIGNED: '已签署',
  KEPT: '已履行',
  BREACHED: '违诺',
  // Money that is asked back.
  PROPOSED: '已提出追回',
  DEMANDED: '已责令退回',
  RECOVERED: '已追回',
  DEMAND: '责令退回',
  REJECT: '驳回',
  // Versions, questions, needs.
  DRAFT: '草稿',
  PUBLISHED: '已发布',
  OPEN: '待处理',
  ANSWERED: '已答复',
  DECLINED: '不予答复',
  EXPIRED: '已过期',
  // What can be subscribed to.
  INDUSTRY: '行业',
  DISTRICT: '地区',
  HONOUR: '资质荣誉',
  BENEFIT: '扶持方式',
  ISSUER: '发布单位',
  WORDS: '关键词',
  // Kinds of values.
  INTEGER: '整数',
  NUMBER: '数值',
  MONEY: '金额',
  DATE: '日期',
  BOOLEAN: '是或否',
  CODE: '代码',
  TEXT: '文本',
  ENUM: '选项',
  TITLES: '资质荣誉列表',
  RECORDS: '明细列表',
  // What a message shows in place of a value.
  nothing: '空值',
  null: '空值',
  'an object': '一个对象',
  'the end': '公式末尾',
  'a function': '一个函数',
  'a symbol': '一个符号',
  'no unit': '无单位',
  'no department here': '本市以外的单位',
};

const LIST = /^a list of (\d+)$/;

/** A parameter as it stands in Chinese words: what a code is called, a list of codes, else as it is. */
export function inChinese(value: string): string {
  const called = CODES_IN_CHINESE[value];
  if (called !== undefined) return called;
  const [, length] = LIST.exec(value) ?? [];
  if (length !== undefined) return `含 ${length} 项的列表`;
  const parts = value.split(', ');
  return parts.length > 1 && parts.every((part) => CODES_IN_CHINESE[part] !== undefined)
    ? parts.map((part) => CODES_IN_CHINESE[part] ?? part).join('、')
    : value;
}
