import { rm } from 'node:fs/promises';

export default async function stop() {
  await globalThis.zhitongTestMongo?.stop();
  await rm(process.env.ZHITONG_TEST_RUN_DIR, { recursive: true, force: true });
}
