/** Words for what is wrong with the values of an input. */
export const WORDS_OF_INPUTS = {
  DAY_NOT_COME: {
    en: '{day} has not come yet',
    zh: '{day} 尚未到来',
  },
  ACKNOWLEDGED_OUTSIDE: {
    en: '{day} lies before the briefing ({submittedOn}), or has not come yet',
    zh: '{day} 早于专报报送日 {submittedOn}，或尚未到来',
  },
  DAY_PAST: {
    en: '{day} lies in the past',
    zh: '{day} 已经过去',
  },
  DAY_STILL_TO_COME: {
    en: '{day} is still to come',
    zh: '{day} 尚未到来',
  },
  CHANNEL_OF_OTHERS: {
    en: '{channel} is taken in by the desk of {desks} (该渠道由其他单位受理)',
    zh: '渠道 {channel} 由其他单位受理：{desks}',
  },
  TEXT_TO_COMPARE: {
    en: 'title and text have {most} characters together at most',
    zh: '标题与内容合计不得超过 {most} 字',
  },
  OWN_CASES_ONLY: {
    en: 'an enterprise submits cases of its own only',
    zh: '企业只能提交本企业的诉求',
  },
  FOR_A_DESK: {
    en: 'is for a desk to name',
    zh: '此项由受理窗口填写',
  },
  PORTAL_ONLY: {
    en: 'an enterprise submits through PORTAL; the other channels are for their desks',
    zh: '企业通过门户（PORTAL）提交，其他渠道由相应窗口受理',
  },
  MATTER_NEEDED: {
    en: 'name the matter that took so long',
    zh: '须写明耗时的事项',
  },
  FOR_FOREIGN_ENTERPRISE: {
    en: 'is for an enterprise registered elsewhere; a local one is known by its uscc',
    zh: '此项供外地企业填写，本地企业以统一社会信用代码为准',
  },
  NO_LEVEL: {
    en: 'NONE is no level to bring a case to',
    zh: 'NONE 不是可提请的层级',
  },
  TOO_MANY_PERSONS: {
    en: 'at most {most} persons, not {length}',
    zh: '人员有 {length} 名，最多 {most} 名',
  },
  REFERRAL_NEEDS_EVIDENCE: {
    en: 'a referral needs at least one link to evidence',
    zh: '移送须至少附一个佐证链接',
  },
  ANONYMITY_STAYS: {
    en: 'anonymity is never taken away',
    zh: '匿名不得取消',
  },
  NO_DEPARTMENT_CODE: {
    en: '{value} is not a department code: 2 to 20 capital letters and digits',
    zh: '{value} 不是单位代码：须为 2 至 20 位大写字母和数字',
  },
  TOO_MANY_ASSISTING: {
    en: 'at most {most} assisting departments, not {length}',
    zh: '协办单位有 {length} 家，最多 {most} 家',
  },
  NAMED_TWICE: {
    en: '{department} is named twice',
    zh: '{department} 重复填写',
  },
  JOINT_NEEDS_ASSISTING: {
    en: 'JOINT needs at least one assisting department',
    zh: '联合办理（JOINT）须至少有一家协办单位',
  },
  RULING_NEEDS_REASON: {
    en: 'a ruling needs its reason',
    zh: '裁定须写明理由',
  },
  EXTENSION_OUTSIDE: {
    en: '1 to {most} working days, not {given}',
    zh: '延期为 {given} 个工作日，须为 1 至 {most} 个工作日',
  },
  TOO_MANY_CASES: {
    en: 'at most {most} cases, not {length}',
    zh: '诉求有 {length} 件，最多 {most} 件',
  },
  TOO_MANY_PARTICIPANTS: {
    en: 'at most {most} participants, not {length}',
    zh: '参会人员有 {length} 名，最多 {most} 名',
  },
  NOTHING_ON_OR_OFF: {
    en: 'nothing is put on or taken off',
    zh: '没有列入或移出任何议题',
  },
  BAD_SHA256: {
    en: 'a SHA-256 has 64 hexadecimal digits',
    zh: 'SHA-256 须为 64 位十六进制数字',
  },
  TOO_MANY_IN_TEAM: {
    en: 'at most {most} departments, not {length}',
    zh: '核查组有 {length} 家单位，最多 {most} 家',
  },
  EVIDENCE_NEEDED: {
    en: 'at least one link to evidence',
    zh: '须至少附一个佐证链接',
  },
  NO_REGION_CODE: {
    en: '"{value}" is not a region code of six digits (GB/T 2260)',
    zh: '“{value}”不是六位行政区划代码（GB/T 2260）',
  },
  NO_SECTION: {
    en: '"{value}" is not a section letter A to T of GB/T 4754',
    zh: '“{value}”不是 GB/T 4754 的门类字母 A 至 T',
  },
  BAD_TELEPHONE: {
    en: 'the telephone number must be 5 to 20 digits, spaces or hyphens',
    zh: '电话号码须为 5 至 20 位数字、空格或连字符',
  },
  FOREIGN_NAME_NEEDED: {
    en: 'an enterprise registered elsewhere needs its name; a local one its uscc',
    zh: '外地企业须填企业名称，本地企业须填统一社会信用代码',
  },
  FOREIGN_REGION_NEEDED: {
    en: 'an enterprise registered elsewhere needs its home region as a code of six digits (GB/T 2260)',
    zh: '外地企业须填注册地的六位行政区划代码（GB/T 2260）',
  },
  NO_HTTPS_LINK: {
    en: '"{value}" is not an https link of at most {most} characters',
    zh: '“{value}”不是最多 {most} 个字符的 https 链接',
  },
  FILE_SIZE: {
    en: 'a file has 1 to {most} bytes, not {given}',
    zh: '文件大小须为 1 至 {most} 字节，现为 {given} 字节',
  },
  FILES_WAITING: {
    en: '{files} files of {bytes} bytes that you sent wait for a case already; submit them, or wait until they are removed after a day',
    zh: '您已上传 {files} 个文件（共 {bytes} 字节）尚未随诉求提交，请先提交，或等一天后自动清除',
  },
  PART_NOT_AWAITED: {
    en: 'part {part} is not awaited; the next one is {next}',
    zh: '不需要第 {part} 部分，应继续发送第 {next} 部分',
  },
  PART_NO_BASE64: {
    en: 'the content is no Base64 (RFC 4648) of a part',
    zh: '内容不是有效的 Base64 编码（RFC 4648）',
  },
  PART_LENGTH: {
    en: 'the part has {expected} bytes, not {given}',
    zh: '该部分应为 {expected} 字节，收到 {given} 字节',
  },
  NOT_ITS_KIND: {
    en: 'the content does not begin as a {kind} file does; send PDF, JPEG or PNG',
    zh: '文件内容不是 {kind} 格式，请提交 PDF、JPEG 或 PNG 文件',
  },
  NO_FILE: {
    en: 'you have sent no file {id}, or it was removed after a day; send it again',
    zh: '没有您上传的文件 {id}，或已超过一天被清除，请重新上传',
  },
  FILE_TAKEN: {
    en: 'the file "{name}" was given to a case already',
    zh: '文件“{name}”已随诉求提交',
  },
  FILE_NOT_WHOLE: {
    en: 'the file "{name}" has not come to its end: {received} of {of} parts',
    zh: '文件“{name}”尚未传完：已收到 {received}/{of} 部分',
  },
  FILES_GONE: {
    en: 'a file was given to another case or removed in this moment; send it again',
    zh: '有文件刚刚已随其他诉求提交或被清除，请重新上传',
  },
  NO_SUCH_PART: {
    en: 'the file has the parts 0 to {last}, not {part}',
    zh: '该文件只有第 0 至 {last} 部分，没有第 {part} 部分',
  },
  TOO_MANY_ENTRIES: {
    en: 'at most {most} entries, not {length}',
    zh: '有 {length} 项，最多 {most} 项',
  },
  LEADER_NEEDED: {
    en: 'name at least one leader, each once',
    zh: '须至少写明一位领导，且不得重复',
  },
  TOO_MANY_ISSUES: {
    en: 'at most {most} issues, not {length}',
    zh: '共性问题有 {length} 项，最多 {most} 项',
  },
  KEYWORDS_OUTSIDE: {
    en: '1 to {most} words',
    zh: '关键词须为 1 至 {most} 个',
  },
  DAYS_OR_DATES: {
    en: 'tell the working days, or the day asked and the day had, not both',
    zh: '工作日数与申请、办结日期只能填其一',
  },
  NO_HALF_DAYS: {
    en: '"{value}" is not 0 to {most} working days in steps of 0.5',
    zh: '“{value}”不是 0 至 {most} 之间、以 0.5 为单位的工作日数',
  },
  DATES_TOGETHER: {
    en: 'the day asked and the day had go together',
    zh: '申请日期与办结日期须同时填写',
  },
  HAD_BEFORE_ASKED: {
    en: '{hadOn} lies before {askedOn}, when it was asked',
    zh: '办结日期 {hadOn} 早于申请日期 {askedOn}',
  },
  HAD_STILL_TO_COME: {
    en: '{hadOn} is still to come; today is {today}',
    zh: '办结日期 {hadOn} 尚未到来，今日为 {today}',
  },
  CALENDAR_DOES_NOT_KNOW: {
    en: 'the calendar does not know {day}; tell the working days (actualDays)',
    zh: '工作日历未包含 {day}，请直接填写工作日数（actualDays）',
  },
  NO_SUCH_PERSON: {
    en: 'the referral names {named} persons, no {person}',
    zh: '移送涉及 {named} 人，没有第 {person} 人',
  },
  PERSON_TWICE: {
    en: 'the person {person} is named twice',
    zh: '第 {person} 人重复填写',
  },
  SANCTION_DOES_NOT_GO: {
    en: 'a sanction does not go with {outcome}',
    zh: '结果为 {outcome} 的不填处分',
  },
  SANCTION_NEEDED: {
    en: 'SANCTIONED needs the sanction of at least one of the persons named',
    zh: '结果为 SANCTIONED 的须至少填写一名当事人的处分',
  },
  RATING_OUTSIDE: {
    en: 'a rating is a whole number from {least} to {most}, not {grade}',
    zh: '评价 {grade} 有误，须为 {least} 至 {most} 的整数',
  },
  RATING_NEEDS_REASON: {
    en: 'a rating below {satisfied} needs its reason',
    zh: '低于 {satisfied} 分的评价须写明理由',
  },
  CHECKERS_OUTSIDE: {
    en: '1 to {most} persons, not {length}',
    zh: '暗访人员有 {length} 名，须为 1 至 {most} 名',
  },
  ASPECT_NEEDED: {
    en: 'at least one aspect',
    zh: '须至少写明一项暗访内容',
  },
  ASPECT_TWICE: {
    en: '{aspect} is looked at once',
    zh: '暗访内容 {aspect} 重复',
  },
  FINDING_NEEDED: {
    en: 'what is not in order is described',
    zh: '有问题的须写明具体情况',
  },
  BAD_USCC: { en: '{fault}', zh: '统一社会信用代码不符合 GB 32100-2015：{faultInChinese}' },
  NOTHING_TO_RECTIFY: { en: 'nothing is to be rectified', zh: '没有需要整改的问题，不填整改期限' },
  RECTIFIED_BY_A_DAY: { en: 'what was found is rectified by a day', zh: '发现问题的须填整改期限' },
  NOTHING_LEFT_TO_RECTIFY: { en: 'nothing is left to rectify', zh: '已全部整改，不填整改期限' },
  RECTIFIED_BY_ANOTHER_DAY: {
    en: 'what is not put right is rectified by another day',
    zh: '未整改到位的须另定整改期限',
  },
  LANE_ALREADY: { en: 'the case is {lane} already', zh: '诉求已按 {lane} 方式办理' },
  OVERDUE_KEEPS_TERM: { en: 'an answer that is overdue keeps its term', zh: '答复已逾期，期限不变' },
  NO_WORKING_DAY: { en: '{day} is no working day', zh: '{day} 不是工作日' },
  NO_WORKING_DAY_NEXT: {
    en: '{day} is no working day; the next one is {next}',
    zh: '{day} 不是工作日，下一个工作日为 {next}',
  },
  GROUPED_NOT_CORRECTED: {
    en: 'is put right before a department has the case, because figures count by it',
    zh: '统计以此为准，须在转办之前更正',
  },
  OWN_WORDS_NOT_CORRECTED: {
    en: 'is what the enterprise said itself; it adds to it (supplementCase)',
    zh: '系企业自行填写，由企业补充（supplementCase）',
  },
  WHO_NOT_CORRECTED: {
    en: 'is for the coordinator to put right: the case was brought anonymously',
    zh: '匿名诉求的此项由营商办更正',
  },
  FOREIGN_NOT_CORRECTED: {
    en: 'the case was brought by an enterprise registered elsewhere',
    zh: '该诉求由外地企业提出',
  },
} as const;
