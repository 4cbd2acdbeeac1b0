// Checks a mapping file against a whole source, in a process of its own whose heap a test bounds.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { checkMapping } from '@zhitong/connect';

const [file] = process.argv.slice(2);
const field = (type, header) => ({ type, required: header === '编号', description: header, headers: [header] });
const target = {
  name: 'item',
  key: ['number'],
  fields: {
    number: field({ kind: 'text', longest: 20 }, '编号'),
    amount: field({ kind: 'money' }, '金额(元)'),
    day: field({ kind: 'day' }, '日期'),
  },
};
await checkMapping(
  {
    file,
    text: readFileSync(file, 'utf8'),
    targets: new Map([['item', target]]),
    surroundings: { folder: path.dirname(file), environment: {} },
    seen: null,
    isWhole: true,
  },
  process.stdout,
);
