import type { Actor } from '@zhitong/kit';
import type { CaseEvent, Complainant } from '../../../subgraphs/cases/src/domain/case-event.js';
import { aHistory, anAuthor, anIntake, assigned, USCC } from '../support/a-case.js';
import { casesUnderTest, people, type CasesUnderTest } from '../support/cases-under-test.js';
import { caseMoves } from '../support/moves.js';
import { mutate } from '../support/mutations.js';

/*
 * A desk takes an anonymous case down for an enterprise of its choice, and writes guesses into it: who has spoken for
 * that enterprise in an anonymous case that another desk took down? What it reads, alone and together with an office
 * that reads the other case, must be the same whoever it was: also once the coordinator has joined the two.
 */
const OTHER = '91110108551385082Q';
const [OWN, FOREIGN] = ['SQ2026-000092', 'SQ2026-000091'] as const;
const GUESSES = '赵六、孙七都反映过；李四海；电话13811112222或13833334444';
const desk = people.officer('GSL');
const [whoTookItDown, lead] = [{ ...desk, sub: 'desk-1' }, people.officer('JRB')] as const;

let cases: CasesUnderTest;
const { done } = caseMoves(() => cases);
beforeAll(async () => void (cases = await casesUnderTest(import.meta.url, '2026-03-16')));
afterAll(async () => cases.close());

const takenDown = ([first, ...rest]: readonly CaseEvent[], sub: string, department: string): CaseEvent[] =>
  first === undefined ? [] : [{ ...first, by: { ...anAuthor('DESK'), sub, department } }, ...rest];
const anonymous = (part: Partial<Complainant>): Complainant => ({
  ...anIntake().complainant,
  anonymous: true,
  contactName: null,
  contactPhone: null,
  ...part,
});

/** The two cases; of the foreign one by whom it was brought. */
async function given(foreign: Partial<Complainant>): Promise<void> {
  await cases.empty();
  cases.registry.names = { [USCC]: ['咸宁市恒达机械制造有限公司'], [OTHER]: ['咸宁市远景食品厂'] };
  cases.registry.identifying = {
    [USCC]: { persons: ['李四海'], telephones: [], addresses: [] },
    [OTHER]: { persons: ['赵大江'], telephones: [], addresses: [] },
  };
  const own = { complainant: anonymous({ contactName: '周八' }), receivedBy: 'GSL', channel: 'MAIL' } as const;
  await cases.given(
    takenDown(
      aHistory('2026-03-12', [], { complainant: anonymous(foreign), receivedBy: 'ZWB' }, FOREIGN),
      'desk-2',
      'ZWB',
    ),
    takenDown(
      aHistory(
        '2026-03-13',
        [],
        { ...own, title: `${GUESSES}的贷款`, text: `${GUESSES}；周八经办`, labels: ['赵六', '孙七'] },
        OWN,
      ),
      'desk-1',
      'GSL',
    ),
  );
}

const WORDS = 'title text labels internalNotes { note } history { type reason }';
async function read(actor: Actor, number: string): Promise<string> {
  const { data, errors } = await cases.ask<{ case: object | null }>(
    `{ case(caseNumber: "${number}") { ${WORDS} status mergedInto absorbed duplicateHints { case { caseNumber } } } }`,
    {},
    actor,
  );
  expect(errors).toBeUndefined();
  return JSON.stringify(data?.case, null, 1);
}
/** All that a desk reads of its own case, of lists, figures and whatever names the enterprise. */
async function readByDesk(actor: Actor): Promise<string> {
  const { data, errors } = await cases.ask(
    `{ cases(first: 50) { totalCount nodes { caseNumber title } }
       ${['赵六', '孙七', '李四海'].map((word, at) => `w${at}: cases(filter: { words: "${word}" }) { totalCount nodes { caseNumber } }`).join(' ')}
       caseStatistics(from: "2026-03-01", to: "2026-03-31") { total { received enterprisesHelped } } }`,
    {},
    actor,
  );
  expect(errors).toBeUndefined();
  return JSON.stringify([await read(actor, OWN), data]);
}

/** Why the coordinator may not merge the one into the other; null where they go on as one. */
async function refusalOf(caseNumber: string, into: string, expectedVersion = 1): Promise<unknown> {
  const input = { caseNumber, expectedVersion, into, reason: '同一事项' };
  const { outcome, message } = await mutate(cases, 'mergeCase', input, people.coordinator);
  expect(message).toBeUndefined();
  return outcome?.refusal?.details?.['reason'] ?? null;
}

/** Joins the two as it was possible before the coordinator was refused it. */
async function joined(from: string, into: string): Promise<void> {
  const [of, other] = [await cases.stores.events.of(from), await cases.stores.events.of(into)];
  const [first] = of;
  if (first?.change.type !== 'SUBMITTED') throw new Error('A history begins with an intake.');
  const { title, text, complainant } = first.change.intake;
  const { uscc, name, contactName, contactPhone } = complainant;
  const on = { at: '2026-03-15T04:00:00.000Z', by: anAuthor('COORDINATOR', { department: 'YSB' }) };
  await cases.given(
    [...of, { ...on, caseNumber: from, seq: of.length + 1, change: { type: 'MERGED', into, reason: '同一事项' } }],
    [
      ...other,
      {
        ...{ ...on, caseNumber: into, seq: other.length + 1 },
        change: { type: 'ABSORBED', from, title, text, contacts: [{ uscc, name, contactName, contactPhone }] },
      },
    ],
  );
}

it('learns nothing of another desk’s anonymous case, nor whether the enterprise has brought one', async () => {
  const told = [];
  for (const foreign of [
    { contactName: '赵六', contactPhone: '13811112222' },
    { contactName: '孙七', contactPhone: '13833334444' },
    { uscc: OTHER, contactName: '赵六' },
  ]) {
    await given(foreign);
    told.push([await readByDesk(whoTookItDown), await readByDesk(desk)]);
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
  // What the desk was told itself is masked, and what the registry has of the enterprise that it named.
  expect(told[0]?.[0]).toContain('赵六、孙七都反映过；某；');
  expect(told[0]?.[0]).not.toContain('周八');
});

describe('once the two are joined, as they could be before, learns of no contact of the other', () => {
  it.each<[string, string, string]>([
    ['its own case goes on in the other', OWN, FOREIGN],
    ['the other one goes on in its own', FOREIGN, OWN],
  ])('%s', async (_what, from, into) => {
    const told: string[][] = [];
    for (const [contactName, contactPhone] of [
      ['赵六', '13811112222'],
      ['孙七', '13833334444'],
    ] as const) {
      // The earlier case takes the later one up.
      await given({ contactName, contactPhone });
      if (into === OWN)
        for (const collection of ['case_events', 'cases'])
          await cases.connection
            .collection(collection)
            .updateMany(
              { caseNumber: OWN },
              collection === 'cases'
                ? { $set: { receivedAt: '2026-03-11T04:00:00.000Z' } }
                : { $set: { at: '2026-03-11T04:00:00.000Z' } },
            );
      await joined(from, into);
      const at = { caseNumber: OWN, version: 2, status: '' };
      // The account that took it down writes more guesses, wherever the case stands by now.
      await done('addInternalNote', at, { note: GUESSES }, whoTookItDown);
      await done('addInternalNote', { ...at, version: 3 }, { note: '赵六和孙七都知道' }, people.coordinator);
      const seen = [await read(whoTookItDown, OWN), await read(desk, OWN), await read(people.auditor, OWN)];
      const notes = seen.map((each) => (JSON.parse(each) as { internalNotes: { note: string }[] }).internalNotes);
      // The coordinator knows both, and is masked by both.
      const other = contactName === '赵六' ? '某和孙七都知道' : '赵六和某都知道';
      expect(notes.map((each) => each[1]?.note)).toEqual([other, other, other]);
      told.push(seen.map((each) => each.replaceAll(other, '')));
    }
    expect(told[1]).toEqual(told[0]);
    expect(told[0]?.[0]).toContain('赵六、孙七都反映过；某；');
    expect(told[0]?.join()).not.toContain('周八');
  });

  it('nor together with the department that handles the other, which reads its words there', async () => {
    const told: string[] = [];
    for (const [contactName, contactPhone] of [
      ['赵六', '13811112222'],
      ['孙七', '13833334444'],
    ] as const) {
      await given({ contactName, contactPhone });
      await done(
        'assignCase',
        { caseNumber: FOREIGN, version: 1, status: '' },
        { lead: 'JRB', assisting: [] },
        people.coordinator,
      );
      await joined(OWN, FOREIGN);
      told.push(await read(lead, FOREIGN));
    }
    expect(told[1]).toEqual(told[0]);
  });
});

describe('two anonymous cases', () => {
  const said = (uscc = USCC): Partial<Complainant> => ({ uscc, contactName: '赵六', contactPhone: '13811112222' });
  const [PORTAL, PART] = ['SQ2026-000093', 'SQ2026-000094'] as const;
  const byItself = (number: string): CaseEvent[] =>
    aHistory('2026-03-14', [], { complainant: anonymous(said()) }, number).map((event) => ({
      ...event,
      by: anAuthor('ENTERPRISE', { uscc: USCC }),
    }));

  it('are not joined where another account took each down: both would learn that one enterprise brought them', async () => {
    const seen = [];
    for (const uscc of [USCC, OTHER]) {
      await given(said(uscc));
      expect(await refusalOf(OWN, FOREIGN)).toBe(uscc === USCC ? 'KNOWN_APART' : 'OTHER_ENTERPRISE');
      seen.push([await readByDesk(whoTookItDown), await readByDesk(desk)]);
    }
    // Refused or not there at all: the account that took its own down reads the same.
    expect(seen[1]).toEqual(seen[0]);
  });

  it('are not joined where an account took one down, and the enterprise brought the other itself', async () => {
    await given(said());
    await cases.given(byItself(PORTAL));
    expect(await refusalOf(PORTAL, OWN)).toBe('KNOWN_APART');
  });

  it('are joined where the enterprise brought both, or one account took both down', async () => {
    await given(said());
    await cases.given(byItself(PORTAL), byItself(PART));
    expect(await refusalOf(PART, PORTAL)).toBeNull();
    const again = aHistory('2026-03-14', [], { complainant: anonymous(said()), receivedBy: 'GSL' }, 'SQ2026-000095');
    await cases.given(takenDown(again, 'desk-1', 'GSL'));
    expect(await refusalOf('SQ2026-000095', OWN)).toBeNull();
  });

  it('are told apart by who had one while it was a named one, and a part of a case by who knows that', async () => {
    await given(said());
    const named = aHistory(
      '2026-03-13',
      [
        ['2026-03-13', assigned()],
        ['2026-03-14', { type: 'CORRECTED', correction: { anonymous: true }, reason: '企业要求匿名' }],
      ],
      { complainant: { ...anonymous(said()), anonymous: false } },
      PORTAL,
    );
    await cases.given(named, byItself(PART));
    expect(await refusalOf(PART, PORTAL)).toBe('KNOWN_APART');
    const split = await mutate(
      cases,
      'splitCase',
      {
        ...{ caseNumber: OWN, expectedVersion: 1, reason: '两件事', category: 'FINANCE' },
        ...{ title: '贷款利率偏高', text: '贷款利率偏高' },
      },
      people.coordinator,
      'splitInto',
    );
    const [part = ''] = (split.outcome?.case?.['splitInto'] ?? []) as string[];
    expect(split.outcome?.refusal).toBeNull();
    expect(await refusalOf(part, PART)).toBe('KNOWN_APART');
    expect(await refusalOf(part, OWN)).toBeNull();
  });
});
