import {
  enterprise,
  fromGraph,
  NOW,
  officer,
  plainPolicy,
  usccOf,
  type PoliciesUnderTest,
} from '../../policies/support/policies-under-test.js';
import { matchAll } from '../../../subgraphs/policies/src/usecases/match-enterprises.js';
import type { FactsSource } from '../../../subgraphs/policies/src/graph/facts-source.js';
import type { Actor } from '@zhitong/kit';
import { BANK } from '../callers.js';
import { freshKey, type Scenario } from '../write-rights.js';
import { deadLetterScenario, DELIVERED, rowScenario } from './operator.js';

/** An enterprise whose people act for it in these tests, and another one. */
export const OWN = usccOf(1);
export const OTHER = usccOf(2);

/** A clock that scenarios set: a grant is approved when its days in public are over. */
export const present = { now: NOW };
const FIVE_DAYS_LATER = new Date('2026-11-30T04:00:00Z');

/** The graph of these tests: everybody has ten staff and no record. */
export const honestGraph: Pick<FactsSource, 'enterprise'> = {
  enterprise: async (uscc) =>
    Promise.resolve(fromGraph(uscc, { employees: 10, dishonestyRecord: false, hasUnfulfilledJudgment: false })),
};

/** Conditions that nobody can meet once the year 2027 is over. */
const NEW_UNTIL_2026 = [
  { fact: 'registeredOn', op: 'lte', value: '2026-12-31', text_zh: '2026年底前注册' },
  { fact: 'registeredOn', op: 'withinLast', value: { count: 12, unit: 'MONTHS' }, text_zh: '注册不满一年' },
];

/** What is asked back of a grant that was paid. */
const ASKED_BACK = { reason: '核查发现人数不实。', instalments: [{ dueOn: '2026-12-31', amount: '1000' }] };

/** What each mutation of the policies department is tried on. */
export function policyScenarios(policies: () => PoliciesUnderTest): Record<string, Scenario> {
  const made = async (
    mutation: string,
    type: string,
    fields: string,
    input: Record<string, unknown>,
    actor: Actor,
  ): Promise<unknown> => {
    const { data, errors } = await policies().ask<Record<string, Record<string, unknown> | null>>(
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
  const idIn = (result: unknown): string => (result as { id: string }).id;
  const published = async (): Promise<void> =>
    policies().publish({ id: 'staff' }, { id: 'asked', exempt_from_application: false });
  const just = (input: Record<string, unknown>): Scenario => ({
    prepare: async () => {
      await published();
      return input;
    },
  });
  const banker: Actor = { sub: 'banker', roles: ['OFFICER'], department: BANK };
  const keeper: Actor = { sub: 'keeper', roles: ['OFFICER'], department: 'YSB' };

  const matched = async (): Promise<void> => {
    await published();
    await policies().know({ [OWN]: { employees: 10 } });
    await matchAll(policies().department);
  };
  const identified = async (): Promise<string> => {
    present.now = NOW;
    await matched();
    await made('identifyGrants', 'IdentifyGrantsInput', 'outcome { identified }', { policy: 'staff' }, officer);
    const { data } = await policies().ask<{ grants: { nodes: { id: string }[] } }>(
      '{ grants(first: 5) { nodes { id } } }',
      { actor: officer },
    );
    return data?.grants.nodes[0]?.id ?? '';
  };
  const moved = async (grant: string, move: string): Promise<unknown> =>
    made(
      'advanceGrants',
      'AdvanceGrantsInput',
      'grants { id }',
      { grants: [grant], move },
      move === 'PAY' ? { ...officer, sub: 'cashier' } : officer,
    );
  const account = { holder: `企业${OWN.slice(12, 16)}`, bank: '农商行', number: '6222021234567890' };
  const application = { policy: 'asked', signatory: '张三', pledgeAccepted: true, ...account };
  const shown = async (): Promise<string> => {
    const grant = await identified();
    await moved(grant, 'NOTIFY');
    await made('confirmGrant', 'ConfirmGrantInput', 'grant { id }', { grant, ...account }, enterprise(OWN));
    await moved(grant, 'PUBLICISE');
    return grant;
  };
  const ordered = async (): Promise<string> => {
    const grant = await identified();
    await moved(grant, 'NOTIFY');
    await made('confirmGrant', 'ConfirmGrantInput', 'grant { id }', { grant, ...account }, enterprise(OWN));
    await moved(grant, 'PUBLICISE');
    present.now = FIVE_DAYS_LATER;
    await moved(grant, 'APPROVE');
    await moved(grant, 'PAY');
    return `${grant}-1-1`;
  };

  const paid = async (): Promise<string> => {
    const order = await ordered();
    await made('reportPayment', 'ReportPaymentInput', 'grant { id }', { order, settled: true }, officer);
    return order.slice(0, -'-1-1'.length);
  };
  const proposed = async (): Promise<string> => {
    const input = { ...ASKED_BACK, grant: await paid() };
    const who = { ...officer, sub: 'maker' };
    const grant = await made('proposeRecovery', 'ProposeRecoveryInput', 'grant { recoveries { id } }', input, who);
    return (grant as { recoveries: { id: string }[] }).recoveries[0]?.id ?? '';
  };

  const product = {
    id: 'credit',
    name: '小微贷',
    bank: '农商行',
    kind: 'CREDIT',
    minimumAmount: '10000',
    maximumAmount: '500000',
    yearlyRateBasisPoints: 420,
    termMonths: 24,
    collateralKinds: ['NONE'],
    criteria: [],
    validTo: '2027-06-30',
  };
  const need = { amount: '200000', purpose: '采购原料', termMonths: 12, latestDay: '2026-12-31' };
  const offered = async (): Promise<void> => {
    await made('publishLoanProduct', 'PublishLoanProductInput', 'product { id }', product, banker);
  };
  const needed = async (): Promise<string> =>
    idIn(await made('stateFinancingNeed', 'StateFinancingNeedInput', 'need { id }', need, enterprise(OWN)));

  const question = { policy: 'staff', text: '我公司今年新招了五人，能申请吗?' };
  const asked = async (): Promise<string> => {
    await published();
    return idIn(
      await made('askPolicyQuestion', 'AskPolicyQuestionInput', 'question { id }', question, enterprise(OWN)),
    );
  };
  const topic = { kind: 'WORDS', value: '奖励' };
  const parameter = { name: 'targetPct', label: '控制目标', unit: '%', type: 'NUMBER' };

  return {
    correctPolicyRow: rowScenario(() => policies().database.connection, DELIVERED.policies),
    replayPolicyDeadLetters: deadLetterScenario(() => policies().database.connection),
    savePolicyDraft: just({ content: { ...plainPolicy, id: 'draft', criteria: NEW_UNTIL_2026 } }),
    publishPolicy: {
      prepare: async () => {
        await made(
          'savePolicyDraft',
          'SavePolicyDraftInput',
          'version { version }',
          { content: { ...plainPolicy, id: 'draft' } },
          officer,
        );
        return { policy: 'draft', version: 1 };
      },
    },
    withdrawPolicy: just({ policy: 'staff', version: 1, reason: '依据文件已废止。' }),
    definePolicyParameter: just(parameter),
    recordParameterValue: {
      prepare: async () => {
        await made('definePolicyParameter', 'DefinePolicyParameterInput', 'parameter { name }', parameter, keeper);
        return { parameter: 'targetPct', from: '2026-01-01', until: '2026-12-31', value: 5.5, source: '政府工作报告' };
      },
    },
    identifyGrants: {
      prepare: async () => {
        await matched();
        return { policy: 'staff' };
      },
    },
    advanceGrants: { prepare: async () => ({ grants: [await identified()], move: 'NOTIFY' }) },
    proposeRecovery: { prepare: async () => ({ ...ASKED_BACK, grant: await paid() }) },
    decideRecovery: {
      prepare: async () => ({ recovery: await proposed(), decision: 'DEMAND', reason: '经复核属实。' }),
    },
    recordRecovery: {
      prepare: async () => {
        const recovery = await proposed();
        const decision = { recovery, decision: 'DEMAND', reason: '经复核属实。' };
        const second = { ...officer, sub: 'reviewer' };
        await made('decideRecovery', 'DecideRecoveryInput', 'grant { id }', decision, second);
        return { recovery, amount: '100', receivedOn: '2026-11-30', reference: 'HD2026-0001' };
      },
    },
    objectToGrant: { prepare: async () => ({ grant: await shown(), text: '该企业去年已享受同类补贴。' }) },
    decideObjection: {
      prepare: async () => {
        const objection = await made(
          'objectToGrant',
          'ObjectToGrantInput',
          'objection',
          { grant: await shown(), text: '该企业去年已享受同类补贴。' },
          enterprise(OTHER),
        );
        return { objection, upheld: true, reason: '经核实属实。' };
      },
    },
    decideGrant: {
      prepare: async () => {
        const grant = await identified();
        await policies().know({ [OWN]: { employees: 3 } });
        await moved(grant, 'NOTIFY');
        return { grant, decision: 'KEEP', reason: '核实后仍符合条件。' };
      },
    },
    confirmGrant: {
      prepare: async () => {
        const grant = await identified();
        await moved(grant, 'NOTIFY');
        return { grant, ...account };
      },
    },
    applyWithPledge: just(application),
    checkPledge: {
      prepare: async () => {
        await published();
        return {
          grant: idIn(
            await made('applyWithPledge', 'ApplyWithPledgeInput', 'grant { id }', application, enterprise(OWN)),
          ),
          kept: true,
        };
      },
    },
    publishLoanProduct: { department: BANK, prepare: async () => Promise.resolve(product) },
    endLoanProduct: {
      department: BANK,
      prepare: async () => {
        await offered();
        return { product: 'credit' };
      },
    },
    stateFinancingNeed: just(need),
    withdrawFinancingNeed: { prepare: async () => ({ need: await needed() }) },
    giveFinancingConsent: {
      prepare: async () => {
        await offered();
        return { need: await needed(), product: 'credit' };
      },
    },
    withdrawFinancingConsent: {
      prepare: async () => {
        await offered();
        const consent = { need: await needed(), product: 'credit' };
        await made('giveFinancingConsent', 'FinancingConsentInput', 'need { id }', consent, enterprise(OWN));
        return consent;
      },
    },
    subscribeToTopic: just(topic),
    unsubscribeFromTopic: {
      prepare: async () => {
        for (const uscc of [OWN, OTHER])
          await made(
            'subscribeToTopic',
            'PolicyTopicInput',
            'subscriptions { value }',
            { ...topic, value: uscc === OWN ? topic.value : '补贴' },
            enterprise(uscc),
          );
        return topic;
      },
    },
    markNotificationsRead: just({ notifications: null }),
    askPolicyQuestion: just(question),
    answerPolicyQuestion: {
      prepare: async () => ({ question: await asked(), expectedVersion: 1, text: '可以申请，请先确认账户。' }),
    },
    declinePolicyQuestion: {
      prepare: async () => ({ question: await asked(), expectedVersion: 1, reason: '与本政策无关，请咨询其他部门。' }),
    },
    publishPolicyQuestion: {
      prepare: async () => {
        const id = await asked();
        await made(
          'answerPolicyQuestion',
          'AnswerPolicyQuestionInput',
          'question { id }',
          { question: id, expectedVersion: 1, text: '可以申请，请先确认账户。' },
          officer,
        );
        return {
          question: id,
          expectedVersion: 2,
          publicQuestion: '新招用人员的企业能申请吗?',
          publicAnswer: '可以申请。',
        };
      },
    },
    reportPayment: { prepare: async () => ({ order: await ordered(), settled: true }) },
  };
}
