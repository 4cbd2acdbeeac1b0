import { readFileSync } from 'node:fs';
import { CITY_AUTHORITIES, recordersOf } from '../../../../subgraphs/enterprises/src/domain/fact-authorities.js';
import { factSheet, priorYearFacts } from '../../../../subgraphs/enterprises/src/domain/fact-sheet.js';
import { recordedFacts, type FactKind } from '../../../../subgraphs/enterprises/src/domain/fact-vocabulary.js';
import { allFacts, factDefinition } from '../../../../subgraphs/policies/src/domain/facts/facts.js';

/** How the registry's kinds are called in policies. */
const TYPES: Readonly<Record<FactKind, readonly string[]>> = {
  money: ['MONEY'],
  number: ['NUMBER'],
  integer: ['INTEGER'],
  boolean: ['BOOLEAN'],
  text: ['TEXT', 'ENUM'],
  texts: ['TITLES'],
  date: ['DATE'],
  records: ['RECORDS'],
};

/** Which offices keep the originals, by what each is called in the city's programmes. */
const OFFICE_OF: Readonly<Record<string, string>> = {
  人社局: 'RSJ',
  统计局: 'TJJ',
  税务局: 'SHUIWJ',
  市场监管局: 'SCJGJ',
  经信局: 'JXJ',
  商务局: 'SWUJ',
  海关: 'SWUJ',
  放贷银行: 'RMYH',
  财政局: 'CZJ',
  发改委: 'FGW',
  生态环境局: 'STHJJ',
  国资委: 'GZW',
  水电气公司: 'ZJJ',
  金融办: 'SZFB',
  知识产权局: 'SCJGJ',
  药监局: 'SCJGJ',
  认定部门: 'JXJ',
  当地政府: 'XAQZF',
};

interface Criterion {
  readonly fact?: string;
}
const isTree = (value: unknown): value is Readonly<Record<string, unknown>> | readonly unknown[] =>
  typeof value === 'object' && value !== null;
/** The facts that a part of a policy file names. */
function factsIn(part: unknown): string[] {
  if (!isTree(part)) return [];
  const own = (part as Criterion).fact;
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(part).flatMap(factsIn)];
}

describe('the vocabulary of policies, held against those who know', () => {
  it.each(recordedFacts())(
    '%s is known in the kind in which the registry records it (%s), and from an office that may record it',
    (name, kind) => {
      const definition = factDefinition(name);
      expect(TYPES[kind]).toContain(definition?.type);
      if (definition === null || definition.source === '平台推算') return;
      expect([definition.source, recordersOf(name, CITY_AUTHORITIES)]).toEqual([
        definition.source,
        expect.arrayContaining([OFFICE_OF[definition.source]]) as unknown,
      ]);
    },
  );

  it('has each fact that the register tells of itself, and those against which growth is measured', () => {
    const register = {
      legalForm: 'LIMITED_COMPANY',
      scale: 'SMALL',
      industryCode: 'C1330',
      regionCode: '421281',
      registeredOn: '2019-05-20',
      status: 'IN_OPERATION',
      honours: [{ title: '高新技术企业', awardedOn: '2024-01-01', validTo: null, firstTime: true }],
    };
    const told = factSheet(
      register,
      { asOf: '2025-12-31', values: { yearsAboveScale: 2 }, prior: {} },
      '2026-11-20',
    ).values;
    for (const name of Object.keys(told)) expect([name, factDefinition(name) !== null]).toEqual([name, true]);
    const present = Object.fromEntries(
      recordedFacts().flatMap(([name, kind]) => (kind === 'money' || kind === 'integer' ? [[name, 1]] : [])),
    );
    const growing = Object.keys(priorYearFacts(present)).toSorted();
    expect(
      allFacts()
        .flatMap(({ priorYear }) => priorYear ?? [])
        .toSorted(),
    ).toEqual(growing);
  });

  it('has each fact that a collected policy asks for', () => {
    const collected = JSON.parse(
      readFileSync(new URL('../../../../subgraphs/policies/data/real-policies.json', import.meta.url), 'utf8'),
    ) as unknown;
    const asked = [...new Set(factsIn(collected))];
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((name) => factDefinition(name) === null)).toEqual([]);
  });
});
