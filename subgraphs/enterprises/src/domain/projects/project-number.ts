const NUMBER = /^[A-Z0-9][A-Z0-9-]{2,39}$/;
/** The city gives such numbers itself (`XN-2024-0007`), and counts on from the last one of a year. */
const OWN = /^XN-/;
const OWN_WHOLE = /^XN-\d{4}-\d{4}$/;

/**
 * What is wrong with the number of a project that another system delivers, in Chinese; null for nothing. One in the
 * form of the city's own must be whole, because the next number is counted from it.
 */
export function projectNumberFault(id: string): string | null {
  if (!NUMBER.test(id)) return `项目编号“${id.slice(0, 40)}”须为 3 至 40 位大写字母、数字和连字符`;
  return OWN.test(id) && !OWN_WHOLE.test(id) ? `项目编号“${id}”须为 XN-年份-四位序号，例如 XN-2024-0007` : null;
}
