import type { TargetShape } from '../../../connect/src/mapping/index.js';

/** A target as a register of enterprises describes it: a field of each kind. */
export const ENTERPRISE: TargetShape = {
  name: 'enterprise',
  key: ['uscc'],
  fields: {
    uscc: {
      type: { kind: 'uscc' },
      required: true,
      description: 'Unified social credit code.',
      headers: ['统一社会信用代码', '社会信用代码', '信用代码'],
    },
    name: {
      type: { kind: 'text', longest: 200, isName: true },
      required: true,
      description: 'Registered name.',
      headers: ['企业名称', '名称', '市场主体名称'],
    },
    registeredCapital: {
      type: { kind: 'money' },
      required: false,
      description: 'Registered capital.',
      headers: ['注册资本', '注册资金', '资本'],
    },
    registeredOn: {
      type: { kind: 'day' },
      required: false,
      description: 'Day of registration.',
      headers: ['成立日期', '注册日期', '登记日期'],
    },
    region: {
      type: {
        kind: 'code',
        codes: new Map([
          ['540100', ['拉萨市']],
          ['540400', ['林芝市', '林芝地区']],
          ['540102', ['城关区']],
          ['542500', ['阿里地区']],
        ]),
      },
      required: false,
      description: 'Region.',
      headers: ['地区', '所在地', '行政区划'],
    },
    telephone: {
      type: { kind: 'telephone' },
      required: false,
      description: 'Telephone.',
      headers: ['联系电话', '电话'],
      isPersonal: true,
    },
    legalRepresentative: {
      type: { kind: 'text', longest: 20 },
      required: false,
      description: 'Legal representative.',
      headers: ['法定代表人', '法人代表'],
      isPersonal: true,
    },
    employees: {
      type: { kind: 'integer', least: 0 },
      required: false,
      description: 'Employees.',
      headers: ['从业人数', '职工人数'],
    },
    growth: { type: { kind: 'rate' }, required: false, description: 'Growth.', headers: ['增长率'] },
    isActive: { type: { kind: 'boolean' }, required: false, description: 'Active.', headers: ['是否在营'] },
    balance: {
      type: { kind: 'money', mayBeNegative: true },
      required: false,
      description: 'Balance.',
      headers: ['余额'],
    },
    checkedAt: { type: { kind: 'instant' }, required: false, description: 'Checked.', headers: ['核验时间'] },
    factYear: { type: { kind: 'year' }, required: false, description: 'Year.', headers: ['年度'] },
    scope: { type: { kind: 'texts', longest: 50 }, required: false, description: 'Scope.', headers: ['经营范围'] },
    receipt: {
      type: { kind: 'text', longest: 40 },
      required: false,
      description: 'Receipt.',
      headers: ['票据号码', '发票号码'],
    },
    area: { type: { kind: 'decimal' }, required: false, description: 'Area.', headers: ['面积'] },
  },
};

export const TARGETS: ReadonlyMap<string, TargetShape> = new Map([['enterprise', ENTERPRISE]]);
