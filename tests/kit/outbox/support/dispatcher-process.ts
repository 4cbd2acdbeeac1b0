// A dispatcher in a process of its own, to be killed: node dispatcher-process URI DATABASE
import { connectMongo } from '../../../../kit/src/mongo/connect.js';
import { createOutbox } from '../../../../kit/src/outbox/index.js';

const [uri, database] = process.argv.slice(2);
if (uri === undefined || database === undefined) throw new Error('Say the URI and the database.');
const { db } = await connectMongo({ uri, database });
if (db === undefined) throw new Error('The connection is not open.');
const logger = {
  info: () => undefined,
  warn: () => undefined,
  error: (fields: object, message: string) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
};
createOutbox({ db, source: 'urn:zhitong:example', logger, allowedHosts: ['127.0.0.1'] })
  .dispatcher()
  .start();
