import { rm } from 'node:fs/promises';

export default async function stop() {
  globalThis.zhitongTestsDone = true;
  await globalThis.zhitongTestMongo?.stop();
  await rm(process.env.ZHITONG_TEST_RUN_DIR, { recursive: true, force: true });
}
