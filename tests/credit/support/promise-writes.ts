import { officer, type CreditUnderTest } from './credit-under-test.js';
import { expectWords } from './refusal-words.js';

/** The enterprise to which the promises of `promiseInput` are made. */
export const USCC = '91421200MA4F5E6G3P';

const SHOWN = `commitment { id version state title promisor { code } originalPromisor { code } outstandingAmount { amount } fulfilledAmount { amount } waivedAmount { amount }
  milestones { done total } document { number } official { name } predecessors { name } conditions { no status } entries { seq kind effectiveOn reverses amount { amount } recordedBy } }
  refusal { code message path details }`;
export interface Shown {
  id: string;
  version: number;
  state: string;
  outstandingAmount: { amount: string } | null;
  fulfilledAmount: { amount: string } | null;
  promisor: { code: string };
  entries: { seq: number; kind: string; recordedBy: string }[];
}
interface Payload {
  commitment: Shown | null;
  refusal: { code: string; message: string; path: string[]; details: Record<string, unknown> | null } | null;
}
const INPUTS: Readonly<Record<string, string>> = {
  recordCommitment: 'RecordCommitmentInput',
  recordFulfilment: 'RecordFulfilmentInput',
  correctLedgerEntry: 'CorrectLedgerEntryInput',
  transferCommitment: 'TransferCommitmentInput',
  waiveCommitment: 'WaiveCommitmentInput',
  handOverCommitment: 'HandOverCommitmentInput',
  attachCommitmentDocument: 'AttachCommitmentDocumentInput',
  assessCommitmentCondition: 'AssessCommitmentConditionInput',
};

/** A promise of 1,000 yuan in two instalments, as its department records it. */
export const promiseInput = (changes: Record<string, unknown> = {}) => ({
  title: '固定资产投资奖励',
  kind: 'CASH',
  promisor: 'ZSZX',
  uscc: USCC,
  districtCode: '421202',
  promisedOn: '2026-01-15',
  document: { number: '咸招协〔2026〕1号', date: '2026-01-10' },
  instalments: [
    { dueOn: '2026-06-30', amount: '600.00' },
    { dueOn: '2026-12-31', amount: '400.00' },
  ],
  conditions: ['按期开工'],
  official: { name: '王建国', post: '科长' },
  ...changes,
});

/** Writes to the ledger of promises, each with a key of its own. @param credit the department, once it is open. */
export function promiseWrites(credit: () => CreditUnderTest) {
  let keys = 0;
  const key = () => `key-${String((keys += 1)).padStart(8, '0')}`;
  const write = async (mutation: string, input: Record<string, unknown>, actor = officer('ZSZX')) => {
    const { data, errors } = await credit().ask<Record<string, Payload | null>>(
      `mutation ($input: ${INPUTS[mutation] ?? ''}!) { ${mutation}(input: $input) { ${SHOWN} } }`,
      {
        variables: { input: { idempotencyKey: key(), ...input } },
        actor,
      },
    );
    expectWords(data?.[mutation]?.refusal);
    return { commitment: data?.[mutation]?.commitment ?? null, refusal: data?.[mutation]?.refusal ?? null, errors };
  };
  const aPromise = async (changes: Record<string, unknown> = {}): Promise<string> => {
    const { commitment, refusal, errors } = await write('recordCommitment', promiseInput(changes));
    if (!commitment) throw new Error(JSON.stringify({ refusal, errors }));
    return commitment.id;
  };
  const payment = (commitment: string, changes: Record<string, unknown> = {}) => ({
    commitment,
    amount: '100.00',
    effectiveOn: '2026-06-01',
    paymentReference: `HD-${key()}`,
    evidence: '银行回单',
    ...changes,
  });
  return { key, write, aPromise, payment };
}
