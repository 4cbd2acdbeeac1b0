import { addDays, type LegalDay } from '@zhitong/values';
import type { OpenDepartment } from '../service.js';
import { isPaidOut } from '../domain/benefit/benefit-life.js';
import type { GrantMove, GrantStatus } from '../domain/grant/grant.js';
import type { PolicyContent } from '../domain/policy/policy.js';
import type { BudgetRecord, PaymentRecord } from '../models/funds.js';
import type { GrantEventRecord, GrantRecord } from '../models/grants/grant-record.js';
import { chooseDemoGrants, type DemoCandidate } from './choose-demo-grants.js';

/** What was done with a paid grant, with the days before its settlement on which it was. */
const STEPS: readonly (readonly [move: GrantMove | 'IDENTIFY', status: GrantStatus, daysBefore: number])[] = [
  ['IDENTIFY', 'IDENTIFIED', 20],
  ['NOTIFY', 'NOTIFIED', 19],
  ['CONFIRM', 'CONFIRMED', 16],
  ['PUBLICISE', 'PUBLICISED', 12],
  ['APPROVE', 'APPROVED', 5],
  ['PAY', 'PAYING', 3],
  ['SETTLE', 'PAID', 0],
];
const BY = 'demo';
/** Who sends the money is somebody else than who approved it. */
const CASHIER = 'demo-cashier';
const BUSY_HOURS = 'T02:00:00Z';
/** The latest settlement lies a few days back, the earliest most of a year. */
const LATEST_DAYS = 4;
const SPREAD_DAYS = 290;

/**
 * Gives the demo city a history of paid grants, the size that one programme reported, from what its enterprises are
 * eligible for. Does nothing when there are grants already. Answers what was paid, in fen.
 */
export async function loadDemoGrants(
  { connection, stores, shelf }: Pick<OpenDepartment, 'connection' | 'stores' | 'shelf'>,
  referenceDate: LegalDay,
): Promise<{ readonly grants: number; readonly fen: number } | null> {
  if ((await stores.grants.count({})) > 0) return null;
  // A policy without an issuer has nobody who could pay: users may have imported such ones.
  const exempt = new Map(
    shelf
      .all()
      .flatMap((policy) =>
        isPayable(policy.content)
          ? [[policy.content.id, { ...policy, department: policy.content.issuerCode }] as const]
          : [],
      ),
  );
  const candidates: DemoCandidate[] = [];
  for await (const { uscc, amounts } of stores.matches.withAmounts([...exempt.keys()])) {
    for (const [policyId, fen] of Object.entries(amounts))
      if (exempt.has(policyId) && fen !== null && fen > 0) candidates.push({ uscc, policyId, fen });
  }
  const chosen = chooseDemoGrants(candidates);
  const enterprises = new Map(
    (await stores.facts.byUscc(chosen.map(({ uscc }) => uscc))).map((record) => [record.uscc, record]),
  );
  const made = chosen.flatMap(({ uscc, policyId, fen }, index) => {
    const [policy, enterprise] = [exempt.get(policyId), enterprises.get(uscc)];
    if (policy === undefined || enterprise === undefined) return [];
    const settledOn = addDays(referenceDate, -(LATEST_DAYS + ((index * 37) % SPREAD_DAYS)));
    const place = { policyId, uscc, department: policy.department, regionCode: enterprise.region.code };
    const account = {
      holder: enterprise.name,
      bank: '咸宁农村商业银行',
      number: `6210${String(100_000_000_000 + index * 7_919)}`,
    };
    return [
      paidGrant({
        id: `G-DEMO-${String(index + 1).padStart(4, '0')}`,
        place,
        fen,
        account,
        settledOn,
        policyVersion: policy.record.version,
      }),
    ];
  });
  const budgets = new Map<string, BudgetRecord>();
  for (const { grant } of made) {
    const { reservedFen, paidFen } = budgets.get(grant.policyId) ?? { reservedFen: 0, paidFen: 0 };
    budgets.set(grant.policyId, {
      policyId: grant.policyId,
      limitFen: exempt.get(grant.policyId)?.content.budgetFen ?? null,
      reservedFen: reservedFen + grant.amountFen,
      paidFen: paidFen + grant.paidFen,
    });
  }
  // In one transaction: a load that is killed leaves nothing behind and is done again.
  await connection.transaction(async (session) => {
    await stores.funds.putBudgets([...budgets.values()], session);
    await stores.funds.putAll(
      made.map(({ payment }) => payment),
      session,
    );
    await stores.grants.putHistory(
      made.map(({ grant }) => grant),
      made.flatMap(({ events }) => events),
      session,
    );
  });
  return { grants: made.length, fen: made.reduce((sum, { grant }) => sum + grant.amountFen, 0) };
}

/** Whether grants under a policy are paid without an application, and somebody is there to pay them. */
const isPayable = (content: PolicyContent): content is PolicyContent & { readonly issuerCode: string } =>
  content.exemptFromApplication &&
  isPaidOut(content.benefit.kind) &&
  content.stage === 'FINAL' &&
  content.issuerCode !== null &&
  content.issuerCode !== '';

interface PaidGrant {
  readonly grant: GrantRecord;
  readonly payment: PaymentRecord;
  readonly events: readonly GrantEventRecord[];
}

function paidGrant({
  id,
  place,
  fen,
  account,
  settledOn,
  policyVersion,
}: {
  id: string;
  place: Pick<GrantRecord, 'policyId' | 'uscc' | 'department' | 'regionCode'>;
  fen: number;
  account: PaymentRecord['account'];
  settledOn: LegalDay;
  policyVersion: number;
}): PaidGrant {
  const at = (daysBefore: number): Date => new Date(`${addDays(settledOn, -daysBefore)}${BUSY_HOURS}`);
  const settledAt = at(0);
  return {
    grant: {
      ...place,
      id,
      policyVersion,
      period: 'ALL',
      amountFen: fen,
      paidFen: fen,
      instalmentsFen: [fen],
      settled: 1,
      publicityDays: 5,
      publicUntil: addDays(settledOn, -8),
      reserved: true,
      account,
      status: 'PAID',
      version: STEPS.length,
      identifiedAt: at(20),
      updatedAt: settledAt,
    },
    payment: {
      ...place,
      id: `${id}-1-1`,
      grantId: id,
      instalment: 0,
      attempt: 1,
      amountFen: fen,
      account,
      status: 'SETTLED',
      sentAt: at(3),
      settledAt,
      settledOn,
      reason: '',
    },
    events: STEPS.map(([move, status, daysBefore], index) => ({
      grantId: id,
      version: index + 1,
      move,
      status,
      at: at(daysBefore),
      by: move === 'PAY' ? CASHIER : BY,
      note: '',
    })),
  };
}
