import { enterprise, keeper, officer, TODAY, type CreditUnderTest } from '../../credit/support/credit-under-test.js';
import { FOREIGN } from '../callers.js';
import { freshKey, type Scenario } from '../write-rights.js';
import { deadLetterScenario, DELIVERED, rowScenario } from './operator.js';

/** An enterprise whose people act for it in these tests, and another one. */
export const OWN = '91421200MA4F5E6G3P';
export const OTHER = '91110000600037341L';
const DEPARTMENT = 'ZJJ';
const DIGEST = 'b'.repeat(64);

/** What each mutation of the credit department is tried on. */
export function creditScenarios(credit: () => CreditUnderTest): Record<string, Scenario> {
  const made = async (
    mutation: string,
    fields: string,
    input: Record<string, unknown>,
    actor = keeper,
  ): Promise<Record<string, unknown>> => {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors } = await credit().ask<Record<string, Record<string, Record<string, unknown> | null> | null>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${fields} refusal { message } } }`,
      {
        variables: { input: { idempotencyKey: freshKey(), ...input } },
        actor,
      },
    );
    const [result] = Object.entries(data?.[mutation] ?? {})
      .filter(([name]) => name !== 'refusal')
      .map(([, value]) => value);
    if (result === null || result === undefined)
      throw new Error(`${mutation} prepared nothing: ${JSON.stringify({ data, errors })}`);
    return result;
  };
  const official = { name: '王建国', post: '科长' };
  const promise = {
    title: '固定资产投资奖励',
    kind: 'CASH',
    promisor: DEPARTMENT,
    uscc: OWN,
    districtCode: '421202',
    promisedOn: '2026-01-15',
    instalments: [
      { dueOn: '2026-06-30', amount: '600.00' },
      { dueOn: '2026-12-31', amount: '400.00' },
    ],
    conditions: ['按期开工'],
    official,
  };
  const promised = async (): Promise<unknown> => (await made('recordCommitment', 'commitment { id }', promise))['id'];
  const onPromise = (input: Record<string, unknown>): Scenario => ({
    prepare: async () => ({ commitment: await promised(), expectedVersion: 1, ...input }),
  });
  const payment = { amount: '100.00', effectiveOn: '2026-06-01', evidence: '银行回单' };

  const debt = {
    debtor: DEPARTMENT,
    uscc: OWN,
    subject: '道路维修款',
    contractNumber: 'HT-1',
    contractSignedOn: '2026-03-01',
    deliveredOn: '2026-08-01',
    principal: '100000.00',
  };
  let contracts = 0;
  const aDebt = () => ({ ...debt, contractNumber: `HT-${String((contracts += 1))}` });
  const owed = async (): Promise<unknown> => (await made('recordArrear', 'arrear { id }', aDebt()))['id'];
  const why = { reason: '重复登记', document: { number: '咸财更〔2026〕4号', date: '2026-11-19' } };
  const paid = { paidOn: '2026-10-01', amount: '40000.00' };
  /** With the interest of the 81 days since 2026-08-31. */
  const instalments = [{ dueOn: '2026-12-31', amount: '104050.00' }];

  const record = {
    uscc: OWN,
    category: '环境违法行政处罚',
    seriousness: 'GENERAL',
    documentNumber: '咸环罚〔2026〕1号',
    from: '2026-02-01',
  };
  const dishonest = async (): Promise<unknown> => {
    const { dishonestyRecords } = await made(
      'recordDishonesty',
      'creditStanding { dishonestyRecords { id } }',
      record,
      officer(DEPARTMENT),
    );
    const [first] = dishonestyRecords as { id: string }[];
    return first?.id;
  };
  const judgment = {
    uscc: OWN,
    caseNumber: '(2026)鄂12民终1号',
    court: '咸宁市中级人民法院',
    amount: '50000.00',
    effectiveOn: '2026-06-01',
  };
  const pledge = {
    uscc: OWN,
    department: DEPARTMENT,
    matter: '环评告知承诺',
    textVersion: '2026-1',
    digest: DIGEST,
    signature: 'SM2:abc',
    signedOn: TODAY,
  };
  const item = {
    uscc: OWN,
    department: DEPARTMENT,
    permit: '不动产权证',
    cause: '历史遗留问题',
    openedOn: '2026-09-01',
    deadline: '2026-10-31',
  };
  const opened = async (): Promise<unknown> => (await made('openApprovalItem', 'item { id }', item))['id'];
  const submitted = { on: '2026-11-15', evidence: '证书编号1' };
  const just = (input: Record<string, unknown>): Scenario => ({ prepare: async () => Promise.resolve(input) });

  return {
    recordCommitment: just(promise),
    correctCreditRow: rowScenario(() => credit().database.connection, DELIVERED.credit),
    replayCreditDeadLetters: deadLetterScenario(() => credit().database.connection),
    recordFulfilment: onPromise({ ...payment, paymentReference: 'HD-RIGHTS-1' }),
    correctLedgerEntry: {
      prepare: async () => {
        const commitment = await promised();
        await made('recordFulfilment', 'commitment { id }', {
          commitment,
          ...payment,
          paymentReference: 'HD-RIGHTS-2',
        });
        return { commitment, expectedVersion: 2, reverses: 2, reason: '重复录入' };
      },
    },
    transferCommitment: onPromise({ to: FOREIGN, effectiveOn: '2026-05-01', reason: '职能划转' }),
    waiveCommitment: onPromise({
      amount: '300.00',
      effectiveOn: '2026-05-01',
      consent: { documentNumber: '同意1号', signedOn: '2026-05-01', signedBy: '李强', digest: DIGEST },
    }),
    handOverCommitment: onPromise({ to: { name: '赵敏', post: '科长' }, effectiveOn: '2026-05-01', reason: '轮岗' }),
    attachCommitmentDocument: onPromise({
      document: { number: '咸招协〔2026〕8号', date: '2026-03-01', digest: DIGEST },
      effectiveOn: '2026-03-02',
    }),
    assessCommitmentCondition: onPromise({
      condition: 1,
      status: 'MET',
      evidence: '开工报告',
      effectiveOn: '2026-04-01',
    }),
    succeedDepartment: {
      prepare: async () => {
        await promised();
        return { from: DEPARTMENT, to: 'RSJ', effectiveOn: '2026-05-01', reason: '机构改革' };
      },
    },
    addAuditNote: { prepare: async () => ({ commitment: await promised(), text: '请核对付款凭证' }) },
    referCommitment: {
      prepare: async () => ({
        commitment: await promised(),
        referredTo: DEPARTMENT,
        text: '请说明逾期原因',
        respondBy: '2026-12-31',
      }),
    },
    respondToReferral: {
      prepare: async () => {
        const referral = {
          commitment: await promised(),
          referredTo: DEPARTMENT,
          text: '请说明逾期原因',
          respondBy: '2026-12-31',
        };
        const { id } = await made('referCommitment', 'matter { id }', referral, {
          sub: 'auditor-1',
          roles: ['AUDITOR'],
        });
        return { referral: id, text: '已安排资金' };
      },
    },
    recordArrear: { prepare: async () => Promise.resolve(aDebt()) },
    correctArrear: {
      prepare: async () => ({ arrear: await owed(), expectedVersion: 1, principal: '90000.00', ...why }),
    },
    withdrawArrear: { prepare: async () => ({ arrear: await owed(), expectedVersion: 1, ...why }) },
    recordArrearPayment: {
      prepare: async () => ({ arrear: await owed(), expectedVersion: 1, ...paid, reference: 'QK-RIGHTS-1' }),
    },
    reverseArrearPayment: {
      prepare: async () => {
        const arrear = await owed();
        await made(
          'recordArrearPayment',
          'arrear { id }',
          { arrear, ...paid, reference: 'QK-RIGHTS-2' },
          officer(DEPARTMENT),
        );
        return {
          arrear,
          expectedVersion: 2,
          payment: 1,
          reason: '错记他户回单',
          document: { number: '咸财更〔2026〕3号', date: '2026-11-19' },
        };
      },
    },
    signRepaymentPlan: {
      prepare: async () => ({
        arrear: await owed(),
        expectedVersion: 1,
        instalments,
      }),
    },
    proposeRepaymentPlan: { prepare: async () => ({ arrear: await owed(), expectedVersion: 1, instalments }) },
    answerRepaymentPlan: {
      prepare: async () => {
        const arrear = await owed();
        await made('proposeRepaymentPlan', 'arrear { id }', { arrear, instalments }, officer(DEPARTMENT));
        return { arrear, expectedVersion: 2, plan: 1, answer: 'DECLINE', reason: '期限过长' };
      },
    },
    recordArrearAcceptance: {
      prepare: async () => {
        const waiting = { ...aDebt(), needsAcceptance: true };
        const { id } = await made('recordArrear', 'arrear { id }', waiting);
        return { arrear: id, expectedVersion: 1, acceptedOn: '2026-09-01', document: why.document };
      },
    },
    recordArrearCost: {
      prepare: async () => ({
        arrear: await owed(),
        expectedVersion: 1,
        amount: '500.00',
        incurredOn: '2026-11-01',
        subject: '诉讼费',
        document: why.document,
      }),
    },
    settleArrearDispute: {
      prepare: async () => {
        const { id } = await made('recordArrear', 'arrear { id }', { ...aDebt(), disputed: '20000.00' });
        return { arrear: id, expectedVersion: 1, settledOn: TODAY, owed: '15000.00', struckOff: '5000.00', ...why };
      },
    },
    reverseArrearCost: {
      prepare: async () => {
        const arrear = await owed();
        const cost = { amount: '500.00', incurredOn: '2026-11-01', subject: '诉讼费', document: why.document };
        await made('recordArrearCost', 'arrear { id }', { arrear, ...cost }, officer(DEPARTMENT));
        return { arrear, expectedVersion: 2, cost: 1, ...why };
      },
    },
    reverseArrearSettlement: {
      prepare: async () => {
        const { id: arrear } = await made('recordArrear', 'arrear { id }', { ...aDebt(), disputed: '20000.00' });
        const settled = { settledOn: TODAY, owed: '15000.00', struckOff: '5000.00', ...why };
        await made('settleArrearDispute', 'arrear { id }', { arrear, ...settled }, officer(DEPARTMENT));
        return { arrear, expectedVersion: 2, settlement: 1, ...why };
      },
    },
    reverseArrearTransfer: {
      prepare: async () => {
        const { id: arrear } = await made('recordArrear', 'arrear { id }', { ...aDebt(), debtor: FOREIGN });
        const transfer = { to: DEPARTMENT, effectiveOn: '2026-10-01', reason: '职能划转' };
        await made('transferArrear', 'arrear { id }', { arrear, ...transfer });
        return { arrear, expectedVersion: 2, transfer: 1, ...why };
      },
    },
    transferArrear: {
      prepare: async () => ({
        arrear: await owed(),
        expectedVersion: 1,
        to: FOREIGN,
        effectiveOn: '2026-10-01',
        reason: '职能划转',
      }),
    },
    recordDishonesty: just(record),
    withdrawDishonesty: { prepare: async () => ({ record: await dishonest(), uscc: OWN, ...why }) },
    repairDishonesty: {
      prepare: async () => {
        return {
          record: await dishonest(),
          uscc: OWN,
          procedure: '已整改',
          decisionNumber: '咸信修〔2026〕10号',
          repairedOn: '2026-06-01',
        };
      },
    },
    recordJudgment: just(judgment),
    withdrawJudgment: {
      prepare: async () => {
        await made('recordJudgment', 'creditStanding { grade }', judgment);
        return { uscc: OWN, caseNumber: judgment.caseNumber, ...why };
      },
    },
    signPledge: just(pledge),
    recordPledgeEvent: {
      prepare: async () => {
        const { id } = await made('signPledge', 'pledge { id }', pledge, enterprise(OWN));
        await made('recordPledgeEvent', 'pledge { id }', {
          pledge: id,
          kind: 'CHECKED',
          on: TODAY,
          finding: '核查属实',
          kept: true,
        });
        return { pledge: id, kind: 'CLOSED', on: TODAY, finding: '到期办结' };
      },
    },
    openApprovalItem: just(item),
    submitApprovalItem: { prepare: async () => ({ item: await opened(), ...submitted }) },
    answerApprovalItem: {
      prepare: async () => {
        const id = await opened();
        await made('submitApprovalItem', 'item { id }', { item: id, ...submitted });
        return { item: id, confirmed: true, remark: '已收到' };
      },
    },
  };
}
