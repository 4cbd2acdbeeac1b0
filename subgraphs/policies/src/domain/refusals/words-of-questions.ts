/** Words for what is refused about questions, subscriptions and loans. */
export const WORDS_OF_QUESTIONS = {
  NO_QUESTION: {
    en: 'There is no question {question} to your department.',
    zh: '本单位没有编号为 {question} 的提问',
  },
  QUESTION_IN_VERSION: {
    en: 'The question {question} is in version {version} by now; read it again.',
    zh: '提问 {question} 现为第 {version} 版，请重新读取',
  },
  QUESTION_IN_STATUS: { en: 'The question {question} is {status}.', zh: '提问 {question} 的状态为“{status}”' },
  QUESTION_CHANGED: {
    en: 'The question {question} was changed by somebody else in the meantime; read it again.',
    zh: '提问 {question} 已被他人变更，请重新读取',
  },
  NOBODY_ANSWERS: {
    en: 'No department of this city answers for {policy}; ask its issuer, {issuer}.',
    zh: '本市没有单位负责解答政策 {policy}，请向发布单位{issuer}咨询',
  },
  ASKED_ALREADY: {
    en: 'You have asked this already and it waits for an answer ({question}).',
    zh: '您已提过此问题，正在等待答复（{question}）',
  },
  TOO_MANY_QUESTIONS: {
    en: 'You have {most} questions that wait for an answer; ask again when one of them is answered.',
    zh: '您已有 {most} 个提问等待答复，请待其中之一答复后再提',
  },
  SAME_ANSWER: { en: 'This is the answer that stands already.', zh: '内容与现有答复相同' },
  ANSWERED_YOURSELF: {
    en: 'A second person has to review it: you have answered it yourself.',
    zh: '须由另一人审核：该答复由您本人作出',
  },
  NAMES_SOMEBODY: {
    en: '{field} holds {what}; take it out before everybody can read it.',
    zh: '{field} 含有{whatInChinese}，公开前请删去',
  },
  TEXT_OF_OTHER_LENGTH: {
    en: '{field} has {length} characters; {least} to {most} are needed.',
    zh: '{field} 有 {length} 个字，须为 {least} 至 {most} 个字',
  },
  CONTROL_CHARACTER: {
    en: '{field} holds a control character ({character}).',
    zh: '{field} 含有控制字符（{character}）',
  },
  NO_DEPARTMENT_IN_TOKEN: {
    en: '{operation} is for officers of the department that issued the policy; this token names none.',
    zh: '{operation} 由发布政策的单位办理，当前登录身份没有对应的单位',
  },
  FOR_ENTERPRISE_ITSELF: {
    en: '{operation} is for an enterprise itself; this token names none.',
    zh: '{operation} 由企业自行办理，当前登录身份没有对应的企业',
  },
  TEXT_TOO_LONG: {
    en: '{field} has {length} characters; at most {most}.',
    zh: '{field} 有 {length} 个字，最多 {most} 个字',
  },
  TEXT_NEEDED: { en: '{field} is needed here.', zh: '须填写 {field}' },
  SUBSCRIPTIONS_CHANGED: {
    en: 'The subscriptions were changed in the meantime; read them again.',
    zh: '订阅在此期间已被变更，请重新读取',
  },
  SUBSCRIBED_ALREADY: {
    en: 'You have subscribed to {kind} {value} already.',
    zh: '您已订阅{kind}“{value}”',
  },
  TOO_MANY_TOPICS: {
    en: 'An enterprise has at most {most} topics; unsubscribe from one first.',
    zh: '每家企业最多订阅 {most} 个主题，请先退订其中之一',
  },
  NOT_SUBSCRIBED: { en: 'You have no subscription to {kind} {value}.', zh: '您没有订阅{kind}“{value}”' },
  NO_NOTIFICATION: { en: 'You have no notification {notification}.', zh: '您没有编号为 {notification} 的通知' },
  TOPIC_TOO_LONG: {
    en: 'value has {length} characters; no topic has more than {most}.',
    zh: '主题有 {length} 个字符，最多 {most} 个字符',
  },
  NO_INDUSTRY: {
    en: '{value} is no code of GB/T 4754—2017: a section letter A to T, alone or with the two to four digits of a division, group or class in it, for example C13.',
    zh: '{value} 不是 GB/T 4754—2017 的行业代码：须为门类字母 A 至 T，或其后加大类、中类、小类的二至四位数字，例如 C13',
  },
  NO_DISTRICT: {
    en: '{value} is no six digits of GB/T 2260, for example 421200.',
    zh: '{value} 不是 GB/T 2260 的六位区划代码，例如 421200',
  },
  NO_HONOUR: {
    en: '{value} is no title of the fact vocabulary, and no published policy asks for it.',
    zh: '{value} 不在资质荣誉词表中，也没有已发布的政策要求此项',
  },
  NO_BENEFIT: {
    en: '{value} is no kind of benefit; these are: {kinds}.',
    zh: '{value} 不是扶持方式；可选：{kinds}',
  },
  NO_ISSUER_OF_POLICIES: {
    en: 'No published policy is issued by {value}; issuers are: {issuers}.',
    zh: '没有由 {value} 发布的政策；发布单位有：{issuers}',
  },
  WORDS_OF_OTHER_LENGTH: {
    en: 'The words have {length} characters; {least} to {most} can be looked for.',
    zh: '关键词有 {length} 个字，须为 {least} 至 {most} 个字',
  },
  WORDS_WITH_CONTROL: { en: 'The words hold a control character.', zh: '关键词含有控制字符' },
  NO_WORD: { en: '{value} holds no word.', zh: '{value} 中没有可检索的文字' },
  PRODUCT_UNUSABLE: {
    en: 'The product has {count} problems; the first: {place}: {problem}',
    zh: '产品有 {count} 处问题，第一处在 {place}：{problemInChinese}',
  },
  NO_NEED: { en: 'You have no financing need {need}.', zh: '您没有编号为 {need} 的融资需求' },
  NEED_IN_STATE: { en: 'The need {need} is {state}.', zh: '融资需求 {need} 的状态为“{state}”' },
  NEED_TAKEN_BACK: {
    en: 'The need {need} was taken back in the meantime.',
    zh: '融资需求 {need} 在此期间已经撤回',
  },
  PRODUCT_THERE: {
    en: 'There is a loan product {product} already; a changed offer is another product.',
    zh: '已有编号为 {product} 的贷款产品；条件变更的须作为新产品发布',
  },
  NO_OWN_PRODUCT: {
    en: 'Your institution has no loan product {product}.',
    zh: '本机构没有编号为 {product} 的贷款产品',
  },
  PRODUCT_ENDED: { en: 'The product {product} is ended already.', zh: '贷款产品 {product} 已经下架' },
  NO_PRODUCT: { en: 'There is no loan product {product}.', zh: '没有编号为 {product} 的贷款产品' },
  PRODUCT_DOES_NOT_SUIT: {
    en: 'The product {product} is not offered today for this amount and term.',
    zh: '贷款产品 {product} 当日不提供该金额和期限的贷款',
  },
  CONSENT_STANDS: { en: 'The consent stands already.', zh: '授权已经生效，无须重复授权' },
  NO_CONSENT: { en: 'There is no consent to take back.', zh: '没有可撤回的授权' },
  NEED_AMOUNT: {
    en: 'amount: {value} is no amount in yuan above 0 with at most two decimals.',
    zh: '融资金额 {value} 有误：须为大于 0 的人民币金额，最多两位小数',
  },
  NEED_TERM: {
    en: 'termMonths: {value} is no whole number from 1 to {most}.',
    zh: '融资期限 {value} 有误：须为 1 至 {most} 个月的整数',
  },
  NEED_DAY: {
    en: 'latestDay: {value} does not lie between today ({today}) and {last}.',
    zh: '最迟用款日 {value} 不在今日（{today}）与 {last} 之间',
  },
  PRODUCTS_PUBLISHED_BY: {
    en: 'Loan products are published by officers of financial institutions.',
    zh: '贷款产品由金融机构工作人员发布',
  },
  PRODUCTS_ENDED_BY: {
    en: 'Loan products are ended by officers of financial institutions.',
    zh: '贷款产品由金融机构工作人员下架',
  },
  LOAN_AMOUNT: {
    en: '{value} is no amount in yuan above 0 with at most two decimals.',
    zh: '{value} 有误：须为大于 0 的人民币金额，最多两位小数',
  },
  MOST_BELOW_LEAST: {
    en: '{maximum} yuan at most lies below {minimum} at least.',
    zh: '最高金额 {maximum} 元低于最低金额 {minimum} 元',
  },
  NO_KIND_OF_COLLATERAL: {
    en: 'Name at least one kind; NONE for a loan on credit.',
    zh: '至少须写明一种担保方式；信用贷款写 NONE',
  },
  KIND_TWICE: { en: 'A kind stands twice in the list.', zh: '同一担保方式在列表中重复' },
  TELLS_OF_POLICIES: {
    en: '{fact} tells of policies; a loan product does not ask it.',
    zh: '{fact} 为政策享受情况，贷款产品不得以此为条件',
  },
  WINDOW_OVER: {
    en: 'The window ended on {until}, before today ({today}).',
    zh: '有效期截止日 {until} 早于今日（{today}）',
  },
} as const;
