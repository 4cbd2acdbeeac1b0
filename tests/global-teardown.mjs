export default async function stop() {
  await globalThis.zhitongTestMongo?.stop();
}
