// One real MongoDB for the whole run, through the same resolver as the product; each test file has a database of its own.
import { kitConfig } from '@zhitong/kit';
import { startEmbeddedMongo } from '@zhitong/kit/mongo';

export default async function start() {
  const config = kitConfig();
  if (config.mongo.uri !== undefined) {
    process.env.ZHITONG_TEST_MONGODB_URI = config.mongo.uri;
    return;
  }
  const server = await startEmbeddedMongo({ config });
  process.env.ZHITONG_TEST_MONGODB_URI = server.uri;
  globalThis.zhitongTestMongo = server;
}
