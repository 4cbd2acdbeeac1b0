// Prints who may write what as a document: docs/rights/mutations.md, from the same table that the tests try cell by
// cell.
// With --check it only says whether the document is current (exit code 1 when it is not).
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const TABLE = path.join(root, 'tests/rights/mutations.json');
const DOCUMENT = path.join(root, 'docs/rights/mutations.md');

/** Columns: the callers of the tests, and how the document calls them. */
const COLUMNS = [
  ['ENTERPRISE own', 'Enterprise, own'],
  ['ENTERPRISE foreign', 'Enterprise, another'],
  ['OFFICER own', 'Officer, owner'],
  ['OFFICER foreign', 'Officer, another'],
  ['OFFICER keeper', 'Officer, keeper'],
  ['OFFICER bank', 'Officer, bank'],
  ['COORDINATOR', 'Coordinator'],
  ['AUDITOR', 'Auditor'],
  ['ADMIN', 'Admin'],
  ['SERVICE own', 'Service, owner'],
  ['SERVICE foreign', 'Service, another'],
];

const HEAD = `# Who may write what

Made by \`npm run rights\` from \`tests/rights/mutations.json\`; the tests \`tests/<department>/schema/write-rights.test.ts\` try every cell against the real department, and a mutation without a row fails them. ● may; ○ may for an enterprise that is registered elsewhere and has no account here; everybody else is refused and changes nothing.

- *Owner* is the department to which the thing belongs, as the last column says; *another* is any other department of the city; *keeper* is the office that keeps the department's register (the business-environment office YSB; for credit the ledger's office FGW); *bank* is the department that stands for the financial institutions (RMYH).
- Callers without a token write nothing, nor does anybody whose token names a department that the city does not have or an enterprise that is not registered.
- Whatever an input names (department, region, enterprise, project, official) must exist, or the input is refused with its place.
- Of two presses with two idempotency keys, *once* means that the second is refused, *each* that both are done. The same key acts once for whom an account acts for; the same account for another enterprise or department has keys of its own.
`;

function section(department, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const body = Object.entries(rows).map(([mutation, { own, may, elsewhere = [], twice }]) =>
    line([
      `\`${mutation}\``,
      ...COLUMNS.map(([caller]) => (may.includes(caller) ? '●' : elsewhere.includes(caller) ? '○' : '')),
      twice,
      own,
    ]),
  );
  return [
    `## ${department}`,
    '',
    line(['mutation', ...COLUMNS.map(([, title]) => title), 'two keys', 'whose it is']),
    line(['---', ...COLUMNS.map(() => ':-:'), '---', '---']),
    ...body,
    '',
  ].join('\n');
}

const table = JSON.parse(readFileSync(TABLE, 'utf8'));
const document = [HEAD, ...Object.entries(table).map(([department, rows]) => section(department, rows))].join('\n');

if (process.argv.includes('--check')) {
  let current = '';
  try {
    current = readFileSync(DOCUMENT, 'utf8');
  } catch {
    // A document that is not there is not current.
  }
  if (current !== document) {
    process.stderr.write('docs/rights/mutations.md is not current: run npm run rights.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(DOCUMENT, document);
  process.stdout.write('docs/rights/mutations.md is written.\n');
}
