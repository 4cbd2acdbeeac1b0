import type { Actor } from '@zhitong/kit';
import { startReceiver, type Receiver } from '../../kit/outbox/support/receiver.js';
import { USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { aSubmission, mutate, run, type Outcome } from '../support/mutations.js';

/* A day on which somebody's telephone number and names are in every text that can be written. */
const PERSON = '欧阳青莲';
const ENTERPRISE = '咸宁市恒达机械制造厂';
const TELEPHONES = ['13812345678', '0715-8123456'];
const SAID = `我是${PERSON}，${ENTERPRISE}的厂长，电话${TELEPHONES[0] ?? ''}，座机${TELEPHONES[1] ?? ''}`;
const BY_FORM = `我是${PERSON}，${ENTERPRISE}的厂长，电话［手机号］，座机［电话］`;
const PERSONAL = /欧阳|青莲|恒达|1381234567|8123456|91110000600037341L/i;

let cases: CasesUnderTest;
let receiver: Receiver;
beforeAll(async () => {
  cases = await casesUnderTest(import.meta.url, '2026-03-16');
  cases.registry.names = { [USCC]: [ENTERPRISE] };
  receiver = await startReceiver();
  await cases.outbox.registerWebhook({ id: 'department', url: receiver.url, eventTypes: [] });
});
afterAll(async () => {
  await receiver.close();
  await cases.close();
});

const answers: Outcome[] = [];
async function moved(name: string, input: Record<string, unknown>, actor: Parameters<typeof mutate>[3]): Promise<void> {
  const last = answers.at(-1)?.case;
  const { outcome, message } = await mutate(
    cases,
    name,
    { caseNumber: last?.caseNumber, expectedVersion: last?.version, ...input },
    actor,
  );
  if (!outcome?.case) throw new Error(`${name}: ${message ?? outcome?.refusal?.message ?? 'nothing'}`);
  answers.push(outcome);
}

/** Every move with words in it, as far as one case can live through them. */
async function aDay(anonymous: boolean): Promise<void> {
  const lead = people.officer('JRB');
  const { coordinator, owner } = people;
  const input = aSubmission({
    title: `${ENTERPRISE}的贷款`,
    text: SAID,
    contactName: PERSON,
    contactPhone: TELEPHONES[0],
    anonymous,
  });
  const submitted = await mutate(cases, 'submitCase', input, owner);
  if (!submitted.outcome?.case) throw new Error(submitted.message);
  answers.push(submitted.outcome);
  const assisting = [{ department: 'RSJ', duty: SAID }];
  await moved('assignCase', { lead: 'JRB', assisting, reason: SAID }, coordinator);
  await moved('returnCase', { reason: SAID }, lead);
  await moved('assignCase', { lead: 'JRB', assisting, reason: SAID }, coordinator);
  await moved('acceptCase', {}, lead);
  await moved('recordCaseContact', { note: SAID }, lead);
  await moved('recordCaseStep', { note: SAID }, lead);
  await moved('pauseCase', { note: SAID }, lead);
  await moved('supplementCase', { text: SAID, expectedVersion: undefined }, owner);
  await moved('requestCaseExtension', { workingDays: 3, reason: SAID }, lead);
  await moved('ruleCaseExtension', { granted: true, reason: SAID }, coordinator);
  await moved('urgeCase', { note: SAID, expectedVersion: undefined }, owner);
  await moved('superviseCase', { instruction: SAID, dueOn: '2026-03-20' }, coordinator);
  await moved('escalateCase', { level: 'JOINT_MEETING', reason: SAID }, coordinator);
  await moved('resolveCase', { answer: SAID }, lead);
  await moved('rateCase', { process: 1, result: 1, reason: SAID }, owner);
  await moved('recordCheckFinding', { outcome: 'NOT_RESOLVED', finding: SAID }, coordinator);
  await moved('resolveCase', { answer: SAID }, lead);
  const evidence = ['https://files.example.cn/1.pdf'];
  const persons = [{ name: PERSON, post: SAID }];
  await moved('referCase', { department: 'JRB', reason: SAID, evidence, persons }, coordinator);
  await moved('closeCase', { reason: SAID }, coordinator);
  await moved('addInternalNote', { note: SAID }, coordinator);
  const evaluation = { settlement: 'SETTLED', cause: 'POLICY', isCommon: false, measure: SAID, note: SAID };
  await moved('evaluateCase', evaluation, coordinator);
  const { data } = await cases.ask<{ case: { referrals: { id: string }[] } }>(
    `{ case(caseNumber: "${answers.at(-1)?.case?.caseNumber ?? ''}") { referrals { id } } }`,
    {},
    coordinator,
  );
  const referral = data?.case.referrals[0]?.id;
  const cleared = { referral, outcome: 'CLEARED', note: SAID, persons: [{ person: 1 }] };
  await moved('concludeReferral', cleared, coordinator);
  const second = { ...coordinator, sub: 'coordinator-2' };
  await moved('issueClearingNotice', { referral, text: SAID, scope: 'DEPARTMENT' }, second);
}

/** The moves with words in them of those that take the case away from its department. */
async function otherDays(): Promise<void> {
  const { coordinator, owner } = people;
  const begun = async (): Promise<string | undefined> => {
    const { outcome } = await mutate(cases, 'submitCase', aSubmission({ title: SAID.slice(0, 30), text: SAID }), owner);
    if (outcome) answers.push(outcome);
    return outcome?.case?.caseNumber;
  };
  const into = await begun();
  await begun();
  await moved(
    'splitCase',
    { category: 'TAX_AND_FEES', title: SAID.slice(0, 30), text: SAID, reason: SAID },
    coordinator,
  );
  await moved('assignCase', { lead: 'RSJ', reason: SAID }, coordinator);
  await moved('transferCase', { lead: 'JRB', reason: SAID }, coordinator);
  await moved('recategoriseCase', { category: 'UTILITIES', reason: SAID }, coordinator);
  await moved('mergeCase', { into, reason: SAID }, coordinator);
  await moved('undoCaseMerge', { reason: SAID }, coordinator);
  await begun();
  await moved('declineCase', { competent: SAID, reason: SAID }, coordinator);
}

it('nothing that is sent or logged has a telephone number, a name or a code of the enterprise in it', async () => {
  for (const anonymous of [false, true]) await aDay(anonymous);
  await otherDays();
  const planned = await run<{ id: string }>(
    cases,
    ['planMeeting', 'PlanMeetingInput', 'meeting'],
    'id',
    { kind: 'MONTHLY_JOINT_MEETING', date: '2026-03-17', title: SAID.slice(0, 40) },
    people.coordinator,
  );
  expect(planned.result?.id).toEqual(expect.any(String));
  // What is refused, and what fails.
  const wrong = [
    ['submitCase', aSubmission({ title: '', text: SAID, contactPhone: SAID, contactName: PERSON }), people.owner],
    ['recordCaseStep', { caseNumber: 'SQ2026-000001', expectedVersion: 1, note: SAID }, people.officer('JRB')],
    ['closeCase', { caseNumber: 'SQ2026-000001', expectedVersion: 21, reason: SAID }, people.officer('RSJ')],
  ] as const;
  const refusals = [];
  for (const [name, input, actor] of wrong) refusals.push(await mutate(cases, name, input, actor));
  expect(refusals.every(({ outcome }) => (outcome?.case ?? null) === null)).toBe(true);
  const dispatcher = cases.outbox.dispatcher();
  await dispatcher.runOnce();
  await dispatcher.stop();

  const kept = async (name: string) => cases.connection.collection(name).find({}).toArray();
  const emitted: Record<string, unknown[]> = {
    events: await kept('outbox'),
    deliveries: await kept('outboxDeliveries'),
    sent: receiver.requests.entries.map(({ headers, body }) => [headers, body]),
    refusals,
    logged: [...cases.logged],
  };
  expect(emitted['sent']?.length).toBeGreaterThan(40);
  for (const [where, things] of Object.entries(emitted))
    for (const thing of things)
      expect([where, JSON.stringify(thing)]).not.toEqual([where, expect.stringMatching(PERSONAL)]);
});

interface Written {
  readonly party: string;
  readonly reason: string | null;
}
interface Read {
  readonly isAnonymous: boolean;
  readonly answer: string | null;
  readonly history: readonly Written[];
}

it('what the department reads of an anonymous case has none of them either, wherever it stands', async () => {
  const read =
    '{ cases(first: 20) { nodes { caseNumber isAnonymous title text question answer labels responsibilities { duty } supervision { instruction } rating { reason } checks { finding } history { party reason } complainant { name contactName contactPhone } enterprise { uscc } supplements { text } } } }';
  const readers: readonly Actor[] = [people.officer('JRB'), people.officer('RSJ'), people.auditor];
  for (const actor of readers) {
    const { data, errors } = await cases.ask<{ cases: { nodes: Read[] } }>(read, {}, actor);
    expect(errors).toBeUndefined();
    const anonymous = data?.cases.nodes.filter(({ isAnonymous }) => isAnonymous) ?? [];
    expect(anonymous).toHaveLength(1);
    // But for what the department wrote, which may not know who it is either: it reads that as it wrote it, and others
    // what is left without what has the form of a number, in whatever case it stands (two-offices.test.ts).
    for (const { answer, history, ...others } of anonymous) {
      const isOfDepartment = ({ party }: Written): boolean => party === 'LEAD';
      const written = history.filter(isOfDepartment).flatMap(({ reason }) => reason ?? []);
      expect(written.length).toBeGreaterThan(5);
      const words = actor.department === 'JRB' ? SAID : BY_FORM;
      expect([...new Set([...written, answer])]).toEqual([words]);
      const told = { ...others, history: history.filter((each) => !isOfDepartment(each)) };
      expect(JSON.stringify(told)).not.toMatch(PERSONAL);
    }
  }
});
