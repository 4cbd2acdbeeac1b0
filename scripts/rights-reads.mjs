// Prints who may read what as a document: docs/rights/reads.md, from the table that the tests try against the
// departments.
// With --check it only says whether the document is current (exit code 1 when it is not).
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const DOCUMENT = path.join(root, 'docs/rights/reads.md');
const { callers, classes, things, fields } = JSON.parse(
  readFileSync(path.join(root, 'tests/rights/reads.json'), 'utf8'),
);

const HEAD = `# Who may read what

Made by \`npm run rights\` from \`tests/rights/reads.json\`; \`tests/rights/*-reads.test.ts\` ask the departments for entities by each way that leads to them, as each caller, and a field of a schema without a row fails them. ● reads it.

- *Concerned* is the department to which the thing belongs: that of the steward or of a project's leader for a contact, the one that handles a case, pays a grant, recorded a credit record, owes a promise. *Another* is any other department of the government, *bank* one that is a financial institution. A caller whose token names a department that the city does not have is never concerned, and no purpose opens anything to it. *service* is the machine identity of the appeals office, *service, another* that of another department.
- A purpose is stated in the header \`x-purpose\`: percent-encoded UTF-8, 4 to 200 characters. Where one would help, the refusal is FORBIDDEN with \`extensions.reason\` PURPOSE_REQUIRED. What is read for it is recorded before the answer goes out: \`enterpriseDataAccesses\`, \`caseDataAccesses\`, \`policyDataAccesses\`, \`creditDataAccesses\`.
- What a caller may not read is null with FORBIDDEN (UNAUTHENTICATED without a token) at its place; a list holds what the caller may read, with counts to match. Whether a case, a promise, a debt, a grant or a project exists is told only to whom it may be shown: any other number is FORBIDDEN, too.
`;

const MARKS = { a: '●', o: '◐', p: '○', '.': '' };
const line = (cells) => `| ${cells.join(' | ')} |`;
const part = [
  HEAD,
  '## Classes of data',
  '',
  line(['class', ...callers, 'who']),
  line(['---', ...callers.map(() => ':-:'), '---']),
  ...Object.entries(classes).map(([name, { may, who }]) =>
    line([name, ...[...may].map((mark) => (mark === 'y' ? '●' : '')), who]),
  ),
  '',
  '## One thing by its key',
  '',
  "Asked for by its own field, as a reference (`_entities`) or at any edge that leads to it. ● reads all of them, ◐ those that concern the caller, ○ for a stated purpose. For a key under which there is nothing ● gets null without an error; everybody else gets what stands at a thing that is not theirs to read: null with FORBIDDEN (UNAUTHENTICATED without a token, reason PURPOSE_REQUIRED at ○ without a purpose). Another department's entities (an `Enterprise` in cases, a `Project` in credit) are known there by their key alone.",
  '',
  line(['department', 'thing', ...callers]),
  line(['---', '---', ...callers.map(() => ':-:')]),
  ...Object.entries(things).flatMap(([department, rows]) =>
    Object.entries(rows).map(([thing, { may }]) => line([department, thing, ...[...may].map((mark) => MARKS[mark])])),
  ),
  '',
];
const section = ([department, types]) => [
  `## ${department}`,
  '',
  line(['type', 'class', 'fields']),
  line(['---', '---', '---']),
  ...Object.entries(types).flatMap(([type, rows]) =>
    Object.entries(rows).map(([name, names]) => line([type, name, names])),
  ),
  '',
];
const document = [...part, ...Object.entries(fields).flatMap(section)].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(DOCUMENT, 'utf8') !== document) {
    process.stderr.write('docs/rights/reads.md is not current: run npm run rights.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(DOCUMENT, document);
  process.stdout.write('docs/rights/reads.md is written.\n');
}
