import type { Actor } from '@zhitong/kit';

import type { CasesUnderTest } from './cases-under-test.js';

export interface Outcome {
  readonly case: {
    readonly caseNumber: string;
    readonly version: number;
    readonly status: string;
    readonly [field: string]: unknown;
  } | null;
  readonly refusal: {
    readonly code: string;
    readonly message: string;
    readonly path: string[];
    readonly details: Record<string, unknown> | null;
  } | null;
}

let keys = 0;
export const freshKey = (): string => `test-key-${String((keys += 1)).padStart(6, '0')}`;

/** Runs a case mutation by name; the input type follows from the mutation's name in the schema. */
export async function mutate(
  cases: CasesUnderTest,
  name: string,
  input: Record<string, unknown>,
  actor: Actor | null,
  fields = '',
): Promise<{ outcome: Outcome | null; code: unknown; message: string | undefined }> {
  const { data, errors } = await cases.ask<Record<string, Outcome | null>>(
    `mutation ($input: ${INPUTS[name] ?? 'CaseInput'}!) { ${name}(input: $input) { case { caseNumber version status ${fields} } refusal { code message path details } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    actor,
  );
  return { outcome: data?.[name] ?? null, code: errors?.[0]?.extensions?.['code'], message: errors?.[0]?.message };
}

const INPUTS: Readonly<Record<string, string>> = {
  submitCase: 'SubmitCaseInput',
  answerCaseDirectly: 'AnswerCaseInput',
  assignCase: 'AssignCaseInput',
  ruleCase: 'AssignCaseInput',
  transferCase: 'AssignCaseInput',
  recategoriseCase: 'RecategoriseCaseInput',
  correctCaseIntake: 'CorrectCaseIntakeInput',
  addInternalNote: 'InternalNoteInput',
  declineCase: 'DeclineCaseInput',
  mergeCase: 'MergeCaseInput',
  splitCase: 'SplitCaseInput',
  undoCaseMerge: 'ReasonedCaseInput',
  evaluateCase: 'EvaluateCaseInput',
  changeCaseLane: 'ChangeCaseLaneInput',
  undoCaseClosing: 'ReasonedCaseInput',
  reportSupervision: 'CaseNoteInput',
  concludeSupervision: 'ConcludeSupervisionInput',
  amendResponsibilities: 'AmendResponsibilitiesInput',
  reportDuty: 'CaseNoteInput',
  rateAssistance: 'RateAssistanceInput',
  issueClearingNotice: 'IssueClearingNoticeInput',
  acceptCase: 'CaseInput',
  returnCase: 'ReasonedCaseInput',
  recordCaseContact: 'CaseNoteInput',
  recordCaseStep: 'CaseNoteInput',
  pauseCase: 'CaseNoteInput',
  resumeCase: 'ReasonedCaseInput',
  supplementCase: 'SupplementCaseInput',
  requestCaseExtension: 'RequestCaseExtensionInput',
  ruleCaseExtension: 'RuleCaseExtensionInput',
  resolveCase: 'AnswerCaseInput',
  rateCase: 'RateCaseInput',
  recordCheckFinding: 'RecordCheckFindingInput',
  reopenCase: 'ReasonedCaseInput',
  closeCase: 'ReasonedCaseInput',
  withdrawCase: 'ReasonedCaseInput',
  urgeCase: 'UrgeCaseInput',
  superviseCase: 'SuperviseCaseInput',
  escalateCase: 'EscalateCaseInput',
  referCase: 'ReferCaseInput',
  concludeReferral: 'ConcludeReferralInput',
  wordAnonymousCase: 'WordAnonymousCaseInput',
};

export const aSubmission = (part: Record<string, unknown> = {}): Record<string, unknown> => ({
  kind: 'APPEAL',
  category: 'FINANCE',
  title: '银行要求提前还贷',
  text: '我公司贷款到期前两个月，银行通知不再续贷，希望协调。',
  region: '421202',
  contactName: '张三丰',
  contactPhone: '13812345678',
  ...part,
});

/** A payload of any mutation: its result under its own name, or a refusal. */
export interface Answer<Result> {
  readonly result: Result | null;
  readonly refusal: {
    readonly code: string;
    readonly path: string[];
    readonly message: string;
    readonly details: Record<string, unknown> | null;
  } | null;
  readonly code: unknown;
}

/** Runs a mutation whose payload has `result` as its result field. */
export async function run<Result>(
  cases: CasesUnderTest,
  [name, inputType, result]: readonly [string, string, string],
  fields: string,
  input: Record<string, unknown>,
  actor: Actor | null,
): Promise<Answer<Result>> {
  const { data, errors } = await cases.ask<
    Record<string, (Record<string, Result | null> & { refusal: Answer<Result>['refusal'] }) | null>
  >(
    `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${result} { ${fields} } refusal { code message path details } } }`,
    { input: { idempotencyKey: freshKey(), ...input } },
    actor,
  );
  const payload = data?.[name];
  return {
    result: payload?.[result] ?? null,
    refusal: payload?.refusal ?? null,
    code: errors?.[0]?.extensions?.['code'],
  };
}
