/** Words for what is refused about grants, applications, objections, payments and money that is asked back. */
export const WORDS_OF_GRANTS = {
  CREDIT_UNKNOWN: {
    en: 'The credit department cannot be asked now, and an application under a pledge needs its answer; try again later.',
    zh: '暂时无法查询信用信息，而告知承诺申请须以信用查询结果为准，请稍后再试',
  },
  DEREGISTERED: { en: 'The enterprise is struck off the register.', zh: '企业已注销' },
  LICENCE_REVOKED: { en: 'The licence of the enterprise was revoked.', zh: '企业已被吊销营业执照' },
  DISHONESTY_RECORD: {
    en: 'An open record of serious dishonesty (严重失信) closes applications under a pledge; it opens again when the record is repaired.',
    zh: '企业有未修复的严重失信记录，不适用告知承诺制；信用修复后可再申请',
  },
  UNFULFILLED_JUDGMENT: {
    en: 'A judgment that is not fulfilled (未履行生效判决) closes applications under a pledge.',
    zh: '企业有未履行的生效判决，不适用告知承诺制',
  },
  NOT_ELIGIBLE: { en: 'The enterprise does not meet the conditions.', zh: '企业不符合该政策的申报条件' },
  PARAMETER_WITHOUT_VALUE: {
    en: 'A figure that the policy refers to has no value for today yet, so nobody can decide; try again when it is published.',
    zh: '该政策引用的参数当日尚无数值，暂时无法认定，请待数值公布后再试',
  },
  NOTHING_LEFT: {
    en: 'What the policy pays was had already: the difference to what was had before is nothing (差额为零).',
    zh: '该政策应兑付的部分此前已享受，差额为零',
  },
  AMOUNT_UNKNOWN: {
    en: 'The amount cannot be worked out from what is known; the application needs an officer.',
    zh: '依现有信息无法核算金额，须由工作人员受理',
  },
  NO_POLICY_TODAY: { en: 'No policy applies today under {policy}.', zh: '没有编号为 {policy} 且当日有效的政策' },
  PAID_WITHOUT_APPLICATION: {
    en: '{policy} is paid without an application.',
    zh: '政策 {policy} 为免申即享，无须申请',
  },
  DISTRICT_UNKNOWN: {
    en: 'The register states no district of {uscc}, and no grant is made without one: ask the registry to complete it.',
    zh: '登记信息中没有企业 {uscc} 的所属区划，不能办理奖补；请先由登记机关补全',
  },
  FACTS_NOT_READABLE: {
    en: 'The facts of the enterprise cannot be read now; try again later.',
    zh: '暂时无法读取企业信息，请稍后再试',
  },
  NO_ENTERPRISE: { en: 'No enterprise is registered under {uscc}.', zh: '没有统一社会信用代码为 {uscc} 的企业' },
  HAD_THIS_PERIOD: {
    en: '{uscc} has or had {policy} for this period.',
    zh: '企业 {uscc} 本期已享受或正在享受政策 {policy}',
  },
  NOT_BESIDE: {
    en: '{policy} cannot be had beside {holds}.',
    zh: '政策 {policy} 与已享受的政策 {holds} 不可同时享受',
  },
  BUDGET_SHORT: {
    en: '{needed} yuan are needed; of the budget of {policy} {left} yuan are left.',
    zh: '需要 {needed} 元，政策 {policy} 的预算仅余 {left} 元',
  },
  NO_PLEDGE: {
    en: 'There is no pledge to {grant} in your department.',
    zh: '本单位没有兑现单 {grant} 的承诺书',
  },
  PLEDGE_CHECKED: {
    en: 'The pledge to {grant} was checked already: {state}.',
    zh: '兑现单 {grant} 的承诺已经核查，结果为“{state}”',
  },
  NO_GRANT_HERE: { en: 'There is no grant {grant} of your department.', zh: '本单位没有编号为 {grant} 的兑现单' },
  NO_GRANT_OF: { en: 'There is no grant {grant} of {uscc}.', zh: '企业 {uscc} 没有编号为 {grant} 的兑现单' },
  NO_GRANT: { en: 'There is no grant {grant}.', zh: '没有编号为 {grant} 的兑现单' },
  GRANT_OF_ANOTHER: {
    en: '{grant} is a grant of {department}, not of your department.',
    zh: '兑现单 {grant} 属于单位 {department}，不属于本单位',
  },
  GRANT_FAULTY: {
    en: '{grant} cannot be moved for a fault of its data, which the log of the department names.',
    zh: '兑现单 {grant} 的数据有误，无法办理；原因见本部门系统日志',
  },
  GRANT_CHANGED: {
    en: '{grant} was changed by somebody else in the meantime; read it again.',
    zh: '兑现单 {grant} 已被他人变更，请重新读取',
  },
  NO_ORDER: { en: 'There is no order {order} of your department.', zh: '本单位没有编号为 {order} 的支付指令' },
  ORDER_REPORTED: { en: 'The order {order} is {status} already.', zh: '支付指令 {order} 的状态已为“{status}”' },
  NO_POLICY_PUBLISHED: {
    en: 'No policy is published under {policy}.',
    zh: '没有编号为 {policy} 的已发布政策',
  },
  HAD_ON_APPLICATION: {
    en: '{policy} is had on application; grants without one are made under exempt policies only.',
    zh: '政策 {policy} 须经申请；仅免申即享政策可直接生成兑现单',
  },
  NOT_APPLIED_TODAY: { en: '{policy} does not apply today.', zh: '政策 {policy} 当日不适用' },
  ILLEGAL_MOVE: {
    en: '{grant} is {status}; {move} is not possible now.',
    zh: '兑现单 {grant} 的状态为“{status}”，现在不能“{move}”',
  },
  STILL_PUBLIC: {
    en: '{grant} is shown in public until {until}; it can be approved on the day after.',
    zh: '兑现单 {grant} 公示至 {until}，次日起方可审定',
  },
  NOTHING_TO_PAY: { en: 'Nothing is left to pay of {grant}.', zh: '兑现单 {grant} 已无待付款项' },
  AMOUNT_UNDECIDED: {
    en: 'The amount of {grant} is not decided: the policy says how much at most, not how much.',
    zh: '兑现单 {grant} 的金额尚未核定：政策只规定上限，未规定具体数额',
  },
  AMOUNT_ABOVE_LIMIT: {
    en: 'The policy does not allow so much for {grant}.',
    zh: '兑现单 {grant} 的金额超过政策规定的上限',
  },
  AMOUNT_NOT_ABOVE_PAID: {
    en: 'The amount of {grant} must be more than what is paid of it; to pay no more, withdraw it.',
    zh: '兑现单 {grant} 的金额须大于已付部分；不再支付的请撤销',
  },
  NO_ACCOUNT: { en: '{grant} has no confirmed account.', zh: '兑现单 {grant} 尚未确认收款账户' },
  OBJECTION_OPEN: {
    en: 'An objection to {grant} is open; it is decided before the approval.',
    zh: '兑现单 {grant} 有异议待处理，处理后方可审定',
  },
  RECOVERY_PROPOSED: {
    en: 'Money of {grant} is proposed to be asked back; that is decided before more is paid.',
    zh: '兑现单 {grant} 已提出追回资金，决定作出前不再支付',
  },
  PAID_BACK: {
    en: 'The enterprise has paid {grant} back already; the bank cannot send it back.',
    zh: '兑现单 {grant} 的款项企业已经退回，银行不能再退汇',
  },
  PAYS_WHAT_DECIDED: {
    en: '{sub} has decided that {grant} is paid; somebody else sends the money.',
    zh: '兑现单 {grant} 由 {sub} 审定，须由另一人拨付',
  },
  REPORTS_WHAT_SENT: {
    en: '{sub} has sent the money of {grant}; somebody else reports what came of it.',
    zh: '兑现单 {grant} 的款项由 {sub} 拨付，须由另一人登记到账结果',
  },
  NOT_DUE: {
    en: 'Instalment {instalment} of {grant} is due from {dueFrom} on.',
    zh: '兑现单 {grant} 的第 {instalment} 期自 {dueFrom} 起方可支付',
  },
  BEHIND: {
    en: 'A change of {uscc} was reported and is being read; nothing is decided on what it was before. Try again in a moment.',
    zh: '企业 {uscc} 的信息变更正在读取，不以变更前的信息作决定，请稍后再试',
  },
  NO_RECOVERY: { en: 'There is no demand {recovery} of your department.', zh: '本单位没有编号为 {recovery} 的追回单' },
  RECOVERY_CHANGED: {
    en: '{recovery} was changed by somebody else in the meantime; read it again.',
    zh: '追回单 {recovery} 已被他人变更，请重新读取',
  },
  INSTALMENT_OF_NOTHING: { en: 'an instalment is more than nothing', zh: '每期金额须大于零' },
  NO_DAY_TO_COME: { en: '{day} is no day to come', zh: '{day} 不是将来的日期' },
  DAY_TOO_FAR: { en: '{day} is more than ten years away', zh: '{day} 距今超过十年' },
  DAY_OFF: { en: '{day} is a day off', zh: '{day} 为非工作日' },
  DAY_NOT_AFTER: { en: '{day} is not after the day before it', zh: '{day} 不晚于上一期的日期' },
  ASKED_BACK_TOO_MUCH: {
    en: 'more is asked back than is paid and not asked back already',
    zh: '追回金额超过已付且尚未要求追回的金额',
  },
  HAS_PART_IN_RECOVERY: {
    en: '{decidedBy} has a part in {recovery}; somebody else decides.',
    zh: '{decidedBy} 已参与追回单 {recovery}，须由另一人决定',
  },
  RECOVERY_NOT_DECIDED_SO: {
    en: '{recovery} is {state}; {decision} is not possible now.',
    zh: '追回单 {recovery} 的状态为“{state}”，现在不能“{decision}”',
  },
  DAY_PASSED: { en: '{day} is no day to come any more.', zh: '退回期限 {day} 已经到期或已过' },
  NOTHING_EXPECTED: {
    en: '{recovery} is {state}; nothing is expected of it.',
    zh: '追回单 {recovery} 的状态为“{state}”，没有应收款项',
  },
  NOTES_OWN_DEMAND: {
    en: '{decidedBy} has made the demand; somebody else notes what comes.',
    zh: '追回决定由 {decidedBy} 作出，到账须由另一人登记',
  },
  RECEIPT_NOTED: { en: 'The receipt {reference} is noted already.', zh: '凭证 {reference} 已经登记' },
  RECEIVED_OUTSIDE: { en: '{day} is no day from {from} to today.', zh: '{day} 不在 {from} 至今日之间' },
  MORE_THAN_LEFT: {
    en: '{amount} is not what can come: {left} is left.',
    zh: '{amount} 元不是应收金额：尚欠 {left} 元',
  },
  SENT_BACK_BY_BANK: {
    en: 'The bank sent money of {grant} back; so much of it is not paid any more.',
    zh: '兑现单 {grant} 的款项已被银行退汇，已付金额不足此数',
  },
  NOT_SHOWN: { en: 'No grant {grant} is shown in public.', zh: '没有正在公示的兑现单 {grant}' },
  NOTICE_OVER: {
    en: 'The public notice of {grant} was over on {publicUntil}.',
    zh: '兑现单 {grant} 的公示已于 {publicUntil} 结束',
  },
  NO_OBJECTION: {
    en: 'There is no objection {objection} to a grant of your department.',
    zh: '本单位的兑现单没有编号为 {objection} 的异议',
  },
  OBJECTION_WAITS: {
    en: 'Your objection {objection} to {grant} waits for its decision.',
    zh: '您对兑现单 {grant} 的异议 {objection} 尚待处理',
  },
  OWN_OBJECTION: {
    en: 'Who raised an objection does not decide on it.',
    zh: '异议不得由提出人本人处理',
  },
  OBJECTION_DECIDED: { en: '{objection} was decided already: {state}.', zh: '异议 {objection} 已经处理：{state}' },
  BAD_ACCOUNT: { en: 'number cannot be used: an account number has 8 to 30 digits.', zh: '账号须为 8 至 30 位数字' },
  BAD_AMOUNT: { en: 'amount cannot be used: {fault}.', zh: '金额无法使用：{faultInChinese}' },
  PLEDGE_NOT_ACCEPTED: {
    en: 'pledgeAccepted must be true: without the pledge nothing is decided at once.',
    zh: '须接受承诺书（pledgeAccepted 为 true）：未作承诺的不能当场决定',
  },
  GRANTS_OF_ANOTHER_POLICY: {
    en: '{policy} is a policy of {department}; its officers make its grants.',
    zh: '政策 {policy} 属于 {department}，由该单位工作人员生成兑现单',
  },
  NUMBER_OF_GRANTS: {
    en: 'grants has {length} ids; give 1 to {most}.',
    zh: '兑现单编号有 {length} 个，须为 1 至 {most} 个',
  },
  NO_MOVE_OF_OFFICERS: {
    en: '{move} is not a move of officers; they can {moves}.',
    zh: '“{move}”不由工作人员办理；工作人员可以：{moves}',
  },
  AMOUNT_WITH_CHANGE_ONLY: {
    en: 'amount is given with CHANGE_AMOUNT, and with nothing else.',
    zh: '金额仅在“变更金额”时填写，且必须填写',
  },
  APPLIES_FOR_ITSELF: {
    en: 'An enterprise applies for itself; this token names none.',
    zh: '须由企业自行申请，当前登录身份没有对应的企业',
  },
  CONFIRMS_ITSELF: {
    en: 'Accounts are confirmed by the enterprise itself; this token names none.',
    zh: '收款账户须由企业自行确认，当前登录身份没有对应的企业',
  },
  NUMBER_OF_INSTALMENTS: {
    en: 'instalments are {length}; give 1 to {most}.',
    zh: '分期数为 {length}，须为 1 至 {most} 期',
  },
} as const;
