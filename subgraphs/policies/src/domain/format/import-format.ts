import { type LegalDay, yuanOfFen } from '@zhitong/values';
import { readBenefit, writeBenefit } from './benefit-format.js';
import { SOURCE_KINDS, type Adaptation, type PolicyContent } from '../policy/policy.js';
import { shown, type Problem } from '../problem.js';
import { said, saidOf, VALUE_SENTENCE, type Said } from '../refusal-words.js';
import { NO_PARAMETERS, type Parameters } from '../parameters/parameters.js';
import { writeCriterion } from '../criteria/write-criteria.js';
import { isRow, RecordReader } from './record-reader.js';
import { readStatedCriteria } from '../parameters/stated-criteria.js';
import { unknownCode } from '../facts/known-code.js';
import { validatePolicy } from '../policy/validate.js';

/** One policy of a file that was not accepted, with everything that is wrong with it. */
export interface ImportRefusal {
  /** Its id, or its place in the file where it has none. */
  readonly policy: string;
  readonly problems: readonly Problem[];
}

export interface ImportReport {
  readonly accepted: readonly PolicyContent[];
  readonly refused: readonly ImportRefusal[];
}

const MAX_POLICIES = 10_000;
const ID = /^[a-z0-9][a-z0-9-]{1,63}$/;
const ADDRESS = /^https?:\/\/[^\s<>"]+$/;
const REGION = /^(CN|\d{6})$/;
const DEPARTMENT = /^[A-Z0-9]{2,12}$/;
const AN_ID = {
  en: 'an id of 2 to 64 small letters, digits and hyphens',
  zh: '政策编号：须为 2 至 64 个小写字母、数字和连字符',
};
const A_REGION = { en: 'a GB/T 2260 code or CN', zh: ' GB/T 2260 区划代码或 CN' };

/**
 * Reads a policy file: a list of policies in the format of the collected real ones. Each policy is accepted or refused
 * whole, so one that is wrong costs no other; `referenceDate` is the day on which its criteria must be possible to
 * meet, `parameters` are those that it may name. Never throws.
 */
export function readPolicyFile(
  file: unknown,
  referenceDate: LegalDay,
  parameters: Parameters = NO_PARAMETERS,
): ImportReport {
  const whole = (words: Said): ImportReport => ({
    accepted: [],
    refused: [{ policy: 'file', problems: [{ place: '', code: 'WRONG_SHAPE', ...words }] }],
  });
  if (!Array.isArray(file)) return whole(said('FILE_NO_LIST', { value: shown(file) }));
  if (file.length > MAX_POLICIES) return whole(said('FILE_TOO_LARGE', { most: MAX_POLICIES }));
  const accepted = new Map<string, PolicyContent>();
  const refused: ImportRefusal[] = [];
  for (const [index, row] of file.entries()) {
    const { policy, problems } = readPolicy(row, referenceDate, parameters);
    const twice: Problem[] = accepted.has(policy?.id ?? '')
      ? [{ place: 'id', code: 'DUPLICATE', ...said('ID_TWICE') }]
      : [];
    if (policy === null || twice.length > 0)
      refused.push({ policy: nameOf(row, index), problems: [...problems, ...twice] });
    else accepted.set(policy.id, policy);
  }
  return { accepted: [...accepted.values()], refused };
}

const nameOf = (row: unknown, index: number): string =>
  isRow(row) && typeof row['id'] === 'string' && ID.test(row['id']) ? row['id'] : `#${String(index + 1)}`;

/** Reads one policy of a file, or of a draft that an officer sends. Null with at least one problem. */
export function readPolicy(
  row: unknown,
  referenceDate: LegalDay,
  parameters: Parameters = NO_PARAMETERS,
): { readonly policy: PolicyContent | null; readonly problems: readonly Problem[] } {
  if (!isRow(row))
    return {
      policy: null,
      problems: [{ place: '', code: 'WRONG_SHAPE', ...said('POLICY_NO_OBJECT', { value: shown(row) }) }],
    };
  const problems: Problem[] = [];
  const reader = new RecordReader(row, '', problems);
  const id = reader.matching('id', ID, AN_ID) ?? '';
  if (id === '' && !problems.some(({ place }) => place === 'id')) reader.refuse('id', 'WRONG_SHAPE', said('NEEDED'));
  const criteria = readStatedCriteria(reader.raw('criteria'), 'criteria', parameters);
  problems.push(...criteria.problems);
  const region = reader.record('region');
  const policy: PolicyContent = {
    id,
    title: reader.text('title_zh', { most: 300, needed: true }),
    titleEn: reader.text('title_en', { most: 300, needed: false }),
    issuerName: reader.text('issuer', { most: 200, needed: true }),
    issuerCode: reader.matching('issuer_code', DEPARTMENT, { en: 'a department code', zh: '单位代码' }),
    region: {
      code: region?.matching('code', REGION, A_REGION) ?? null,
      name: region?.text('name', { most: 100, needed: false }) ?? '',
    },
    source: {
      url: reader.matching('source_url', ADDRESS, { en: 'an http or https address', zh: ' http 或 https 地址' }) ?? '',
      kind: reader.choice('source_kind', SOURCE_KINDS, 'gov'),
      published: reader.day('published'),
    },
    stage: reader.choice('status', ['final', 'draft'], 'final') === 'draft' ? 'DRAFT' : 'FINAL',
    exemptFromApplication: reader.flag('exempt_from_application'),
    criteria: criteria.criteria,
    benefit: readBenefit(reader, problems, parameters),
    window: { from: reader.day('valid_from'), to: reader.day('valid_to') },
    notes: reader.text('notes', { most: 5_000, needed: false }),
    legalBasis: reader.text('legal_basis', { most: 2_000, needed: false }),
    interpretation: reader.text('interpretation_zh', { most: 20_000, needed: false }),
    budgetFen: reader.fen('budget_yuan'),
    excludes: readExcludes(reader, id),
    grantPeriod: reader.choice('grant_period', ['ONCE', 'YEAR'], 'ONCE'),
    publicityDays: reader.whole('publicity_days', { least: 0, most: 60, whenAbsent: 5 }),
    adaptation: readAdaptation(reader),
  };
  const stranger = policy.region.code === null ? null : unknownCode('REGION', policy.region.code);
  if (stranger !== null)
    region?.refuse('code', 'UNKNOWN_CODE', saidOf(VALUE_SENTENCE, stranger, { value: shown(policy.region.code) }));
  region?.finish();
  reader.finish();
  if (problems.length === 0) problems.push(...validatePolicy(policy, referenceDate, parameters));
  return problems.length === 0 ? { policy, problems } : { policy: null, problems };
}

function readExcludes(reader: RecordReader, own: string): string[] {
  const listed = reader.list('excludes', 100) ?? [];
  return listed.flatMap((id, index) => {
    if (typeof id === 'string' && ID.test(id) && id !== own) return [id];
    if (id === own) reader.refuse(`excludes[${String(index)}]`, 'SELF_REFERENCE', said('EXCLUDES_ITSELF'));
    else reader.refuse(`excludes[${String(index)}]`, 'WRONG_TYPE', said('NO_POLICY_ID', { value: shown(id) }));
    return [];
  });
}

function readAdaptation(reader: RecordReader): Adaptation | null {
  const adapted = reader.record('adapted_from');
  if (adapted === null) return null;
  const region = adapted.record('region');
  const adaptation: Adaptation = {
    issuer: adapted.text('issuer', { most: 200, needed: true }),
    region: {
      code: region?.matching('code', REGION, A_REGION) ?? null,
      name: region?.text('name', { most: 100, needed: false }) ?? '',
    },
    window: { from: adapted.day('valid_from'), to: adapted.day('valid_to') },
    note: adapted.text('note', { most: 1_000, needed: true }),
  };
  region?.finish();
  adapted.finish();
  return adaptation;
}

/** A policy as a file holds it; reading it back gives the same policy. */
export function writePolicy(policy: PolicyContent): Record<string, unknown> {
  const { adaptation } = policy;
  return {
    id: policy.id,
    title_zh: policy.title,
    title_en: policy.titleEn,
    issuer: policy.issuerName,
    ...(policy.issuerCode === null ? {} : { issuer_code: policy.issuerCode }),
    region: policy.region,
    ...(policy.source.url === '' ? {} : { source_url: policy.source.url }),
    source_kind: policy.source.kind,
    published: policy.source.published,
    status: policy.stage === 'DRAFT' ? 'draft' : 'final',
    exempt_from_application: policy.exemptFromApplication,
    criteria: policy.criteria.map(writeCriterion),
    benefit: writeBenefit(policy.benefit),
    valid_from: policy.window.from,
    valid_to: policy.window.to,
    notes: policy.notes,
    ...(policy.legalBasis === '' ? {} : { legal_basis: policy.legalBasis }),
    ...(policy.interpretation === '' ? {} : { interpretation_zh: policy.interpretation }),
    ...(policy.budgetFen === null ? {} : { budget_yuan: yuanOfFen(policy.budgetFen) }),
    ...(policy.excludes.length === 0 ? {} : { excludes: policy.excludes }),
    ...(policy.grantPeriod === 'ONCE' ? {} : { grant_period: policy.grantPeriod }),
    ...(policy.publicityDays === 5 ? {} : { publicity_days: policy.publicityDays }),
    ...(adaptation === null
      ? {}
      : {
          adapted_from: {
            issuer: adaptation.issuer,
            region: adaptation.region,
            valid_from: adaptation.window.from,
            valid_to: adaptation.window.to,
            note: adaptation.note,
          },
        }),
  };
}
