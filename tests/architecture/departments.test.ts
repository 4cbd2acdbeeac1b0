import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { departmentFileJsonSchema, inLoadingOrder, readDepartments } from '@zhitong/kit/departments';
import { departmentNames, departments } from '../support/departments.js';

const root = path.resolve(import.meta.dirname, '..', '..');
const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('what departments say of themselves', () => {
  it('is read by everybody in one order, by port', () => {
    const read = departments.map(({ name, port }) => [name, port]);
    expect(read.slice(0, 4)).toEqual([
      ['enterprises', 4001],
      ['cases', 4002],
      ['policies', 4003],
      ['credit', 4004],
    ]);
    expect(read).toEqual([...read].sort(([, a], [, b]) => Number(a ?? Infinity) - Number(b ?? Infinity)));
  });

  it('orders the loading of the demo city: the register first, the policies after everybody at whom they look', () => {
    const order = inLoadingOrder(departments).map(({ name }) => name);
    expect(order[0]).toBe('enterprises');
    for (const before of ['enterprises', 'credit', 'cases'])
      expect(order.indexOf(before)).toBeLessThan(order.indexOf('policies'));
  });

  it('has the JSON schema that editors are given', () => {
    expect(JSON.parse(read('subgraphs/department.schema.json'))).toEqual(departmentFileJsonSchema());
  });

  it('is not known by name to gateway and launcher', () => {
    const word = new RegExp(`['"\`](${departmentNames.join('|')})['"\`]`);
    const naming = ['gateway/src', 'launcher/src'].flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .map((file) => path.join(folder, file))
        .filter((file) => file.endsWith('.ts') && word.test(withoutComments(read(file)))),
    );
    expect(naming).toEqual([]);
  });

  it('names as senders of events only departments that are there', () => {
    for (const { name, hears } of departments)
      for (const { from } of hears) expect([name, departmentNames]).toEqual([name, expect.arrayContaining([from])]);
  });
});

describe('a description that cannot be used', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'zhitong-departments-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const good = { name: 'permits', port: 4101, owner: '@city/permits' };
  const reading =
    (files: Readonly<Record<string, unknown>>): (() => unknown) =>
    () => {
      const root = mkdtempSync(path.join(folder, 'case-'));
      for (const [name, content] of Object.entries(files)) {
        mkdirSync(path.join(root, name));
        writeFileSync(
          path.join(root, name, 'department.json'),
          typeof content === 'string' ? content : JSON.stringify(content),
        );
      }
      return readDepartments(root);
    };

  it.each<[string, Readonly<Record<string, unknown>>, RegExp]>([
    ['no JSON', { permits: '{' }, /permits: .*department\.json is not JSON/],
    ['no owner', { permits: { ...good, owner: undefined } }, /permits: [\s\S]*owner/],
    ['a port that is none', { permits: { ...good, port: 70_000 } }, /permits: [\s\S]*port/],
    ['neither port nor url', { permits: { ...good, port: undefined } }, /must have either a port or a url/],
    ['an unknown member', { permits: { ...good, colour: 'red' } }, /colour/],
    ['another name than its folder', { licences: good }, /licences: .* names the department "permits"/],
    [
      'a port that another has',
      { permits: good, licences: { ...good, name: 'licences' } },
      /takes the port 4101, which is that of/,
    ],
    [
      'a department before it that is not there',
      { permits: { ...good, loadAfter: ['harbour'] } },
      /loadAfter names the department "harbour", which is not there/,
    ],
    [
      'a circle',
      {
        permits: { ...good, loadAfter: ['licences'] },
        licences: { ...good, name: 'licences', port: 4102, loadAfter: ['permits'] },
      },
      /goes in a circle: permits, licences, permits/,
    ],
  ])('is refused: %s', (_what, files, message) => {
    expect(reading(files)).toThrow(message);
  });

  it('is none: a department that runs elsewhere has a url in place of a port', () => {
    expect(
      reading({ permits: { name: 'permits', url: 'https://permits.city.example/graphql', owner: '@city/permits' } })(),
    ).toMatchObject([
      { name: 'permits', url: 'https://permits.city.example/graphql', loadAfter: [], hears: [], demo: [] },
    ]);
  });
});
