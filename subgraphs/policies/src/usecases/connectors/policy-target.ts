import {
  codeType,
  refused,
  targetField,
  unknownNames,
  type FieldType,
  type FieldValue,
  type Landed,
  type Landing,
  type MappedRow,
  type Refused,
  type Target,
} from '@zhitong/connect';
import type { NameChecks } from '@zhitong/kit/graph';
import { dayInShanghai, yuanOfFen, type LegalDay } from '@zhitong/values';
import { mayChangePolicyOf } from '../../domain/access.js';
import { documentNumber, policyIdOf } from '../../domain/format/document-number.js';
import { readPolicy, writePolicy } from '../../domain/format/import-format.js';
import type { Parameters } from '../../domain/parameters/parameters.js';
import type { PolicyContent } from '../../domain/policy/policy.js';
import type { PolicyVersionRecord } from '../../models/policy-version.js';
import type { Stores } from '../../stores.js';
import { contentDigest } from '../import-policies.js';
import { saveDraft } from '../save-draft.js';

const text = (longest: number): FieldType => ({ kind: 'text', longest });
const REQUIRED = { required: true } as const;

const FIELDS: Target['fields'] = {
  documentNumber: targetField(
    text(100),
    'Number of the document, which the policy’s id is made of.',
    ['文号', '发文字号'],
    REQUIRED,
  ),
  policyId: targetField(text(64), 'Id under which the policy is here already; made of the number without it.', [
    '政策编码',
  ]),
  title: targetField(text(300), 'Title.', ['政策名称', '文件名称', '标题'], REQUIRED),
  issuer: targetField(
    text(200),
    'Who issued it, in words.',
    ['发文单位', '发布单位', '主管部门', '牵头部门'],
    REQUIRED,
  ),
  region: targetField(text(6), 'Where it applies, six digits of GB/T 2260.', ['适用区划', '区划代码', '适用地区']),
  publishedOn: targetField({ kind: 'day' }, 'Day of the document.', ['发布日期', '发文日期', '成文日期']),
  validFrom: targetField({ kind: 'day' }, 'First day on which it applies.', ['生效日期', '施行日期', '有效期自']),
  validTo: targetField({ kind: 'day' }, 'Last day on which it applies.', ['失效日期', '截止日期', '有效期至']),
  exempt: targetField(
    codeType({ yes: ['免申即享'], no: ['自主申报', '申报享受', '即申即享'] }),
    'Whether nobody applies for it.',
    ['兑现方式', '申报方式', '享受方式'],
  ),
  benefit: targetField(
    codeType({
      cash: ['资金奖补', '奖励', '奖补'],
      subsidy: ['补贴', '补助'],
      fee_waiver: ['费用减免', '减免'],
      tax: ['税收优惠', '税费减免'],
      loan: ['贷款贴息', '金融支持'],
    }),
    'Kind of the benefit.',
    ['支持方式', '政策类型', '支持类型'],
    REQUIRED,
  ),
  benefitText: targetField(
    text(2_000),
    'What it gives, in words.',
    ['支持内容', '政策内容', '支持标准', '奖补标准'],
    REQUIRED,
  ),
  budget: targetField({ kind: 'money' }, 'Budget.', ['资金预算', '预算金额', '预算']),
  sourceUrl: targetField(text(500), 'Where the document is published.', ['原文链接', '文件链接', '链接']),
  legalBasis: targetField(text(2_000), 'What it rests on.', ['政策依据', '制定依据']),
  notes: targetField(text(5_000), 'Remarks.', ['备注', '说明']),
};

/** Far above any budget, and exact as a number: ten trillion yuan. */
const MOST_FEN = 1e15;

/** What undoing needs: the draft that was written, and what stood there. */
interface Before {
  readonly policyId: string;
  readonly version: number;
  readonly digest: string;
  /** Content of the draft that was replaced, in the format of policy files; null where there was none. */
  readonly replaced: Record<string, unknown> | null;
}

/** Places in the format of policy files, as the list's fields. */
const FIELD_OF_PLACE: Readonly<Record<string, string>> = {
  id: 'policyId',
  title_zh: 'title',
  issuer: 'issuer',
  region: 'region',
  source_url: 'sourceUrl',
  published: 'publishedOn',
  valid_from: 'validFrom',
  valid_to: 'validTo',
  benefit: 'benefitText',
  budget_yuan: 'budget',
  legal_basis: 'legalBasis',
  notes: 'notes',
};

/**
 * Policies from a list of documents, as offices keep it: each row is saved as a draft of the office that delivers, by
 * the department's own rules, and never published. What the list does not say (criteria, tiers, questions of form) is
 * taken from the newest version, so that a list that comes again takes no officer's work away.
 */
export function policyTarget({
  stores,
  register,
  parameters,
}: {
  readonly stores: Pick<Stores, 'versions'>;
  readonly register: Pick<NameChecks, 'faultsOf'>;
  readonly parameters: Parameters;
}): Target {
  const landOne = async ({ values }: MappedRow, landing: Landing): Promise<Landed> => {
    const { session, department, source, now } = landing;
    const number = documentNumber(said(values, 'documentNumber'));
    if (number === null)
      return refused({
        field: 'documentNumber',
        reason: `“${said(values, 'documentNumber')}”不是文号，应当像“咸人社发〔2026〕12号”`,
      });
    const id = said(values, 'policyId') || policyIdOf(number);
    const [newest] = await stores.versions.versions(id, session);
    const content = contentOf(values, { id, number, department, newest, day: dayInShanghai(now), parameters });
    if ('kind' in content) return content;
    const caller = { sub: `connector:${source}`, roles: ['OFFICER' as const], department };
    const mayWrite = (other: PolicyContent): boolean => mayChangePolicyOf(caller, other.issuerCode);
    if (newest !== undefined && !mayWrite(newest.content))
      return refused({ field: 'documentNumber', reason: `政策 ${id} 属于其他部门，${department} 不能更改` });
    const digest = contentDigest(content);
    if (newest?.digest === digest) return { kind: 'unchanged' };
    const { version } = await saveDraft(stores, content, { by: caller.sub, now, mayWrite, session });
    const replaced = newest?.state === 'DRAFT' ? writePolicy(newest.content) : null;
    const before: Before = { policyId: id, version, digest, replaced };
    return { kind: newest === undefined ? 'new' : 'changed', before };
  };

  const undoOne = async ({ policyId, version, digest, replaced }: Before, landing: Landing): Promise<Landed> => {
    const { session, now } = landing;
    const draft = (await stores.versions.versions(policyId, session)).find((one) => one.version === version);
    if (draft?.state !== 'DRAFT' || draft.digest !== digest)
      return refused({ field: null, reason: `政策 ${policyId} 的草稿此后已修改或发布，未撤销` });
    if (replaced === null) {
      await stores.versions.removeDraft(policyId, version, session);
      return { kind: 'changed', before: null };
    }
    const { policy } = readPolicy(replaced, dayInShanghai(now), parameters);
    if (policy === null) return refused({ field: null, reason: `政策 ${policyId} 原来的草稿已不符合现行规则，未撤销` });
    const change = { content: policy, effective: policy.window, digest: contentDigest(policy) };
    await stores.versions.replaceDraft(policyId, version, change, session);
    return { kind: 'changed', before: null };
  };

  return {
    name: 'policy',
    fields: FIELDS,
    key: ['documentNumber'],
    names: ({ key, values }) => {
      const number = documentNumber(said(values, 'documentNumber') || key);
      return number === null ? [] : [said(values, 'policyId') || policyIdOf(number), number];
    },
    land: async (rows, landing) => {
      const unknown = await unknownNames(rows, register, ({ values }) => [
        { kind: 'area', field: 'region', code: said(values, 'region') },
      ]);
      const landed: Landed[] = [];
      // One after the other: a transaction of MongoDB takes one command at a time.
      for (const row of rows) landed.push(unknown.get(row) ?? (await landOne(row, landing)));
      return landed;
    },
    undo: async (rows, landing) => {
      const landed: Landed[] = [];
      for (const { before } of rows) landed.push(await undoOne(before as Before, landing)); // what `land` gave
      return landed;
    },
  };
}

const said = (values: Readonly<Record<string, FieldValue>>, name: string): string => String(values[name] ?? '');

/** The draft that a row stands for: what the list says, over what is here of the policy. */
function contentOf(
  values: Readonly<Record<string, FieldValue>>,
  {
    id,
    number,
    department,
    newest,
    day,
    parameters,
  }: {
    readonly id: string;
    readonly number: string;
    readonly department: string;
    readonly newest: PolicyVersionRecord | undefined;
    readonly day: LegalDay;
    readonly parameters: Parameters;
  },
): PolicyContent | Refused {
  const budget = values['budget'] === undefined ? null : Number(values['budget']);
  if (budget !== null && budget > MOST_FEN) return refused({ field: 'budget', reason: '预算金额超过可登记的上限' });
  const [from, to] = [values['validFrom'], values['validTo']];
  if (typeof from === 'string' && typeof to === 'string' && from > to)
    return refused({ field: 'validTo', reason: `有效期止于 ${to}，早于开始的 ${from}` });
  const here = newest === undefined ? { criteria: [], benefit: {} } : writePolicy(newest.content);
  const stated = (name: string, place: string): Record<string, unknown> =>
    values[name] === undefined ? {} : { [place]: values[name] };
  const row = {
    ...here,
    id,
    title_zh: values['title'],
    issuer: values['issuer'],
    issuer_code: department,
    // Where the list names the same place, its name stays.
    ...(values['region'] === undefined || values['region'] === newest?.content.region.code
      ? {}
      : { region: { code: values['region'] } }),
    ...stated('sourceUrl', 'source_url'),
    ...stated('publishedOn', 'published'),
    ...stated('validFrom', 'valid_from'),
    ...stated('validTo', 'valid_to'),
    ...stated('notes', 'notes'),
    ...(values['exempt'] === undefined ? {} : { exempt_from_application: values['exempt'] === 'yes' }),
    legal_basis: values['legalBasis'] ?? number,
    ...(budget === null ? {} : { budget_yuan: yuanOfFen(budget) }),
    benefit: { ...(here['benefit'] as object), kind: values['benefit'], text_zh: values['benefitText'] },
  };
  const { policy, problems } = readPolicy(row, day, parameters);
  if (policy !== null) return policy;
  const [first] = problems;
  const place = first?.place.split(/[.[]/)[0] ?? '';
  return refused({
    field: FIELD_OF_PLACE[place] ?? null,
    reason: `政策内容不符合规则：${first?.place ?? ''} ${first?.zh ?? ''}`,
  });
}
