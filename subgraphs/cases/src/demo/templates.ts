import { readFileSync } from 'node:fs';
import type { RandomStream } from '@zhitong/demo';
import { z } from 'zod';
import { CATEGORIES, type ListedCategory } from '../domain/taxonomy.js';

const templateSchema = z.object({
  title: z.string(),
  text: z.string(),
  lead: z.string(),
  assisting: z.array(z.string()).default([]),
  answer: z.string(),
});

/** What enterprises of the demo city ask for, and what the departments answer. `{slots}` are filled in. */
export type CaseTemplate = z.infer<typeof templateSchema>;

/** Reads the texts of the demo cases, by category. */
export function caseTemplates(): Readonly<Record<ListedCategory, readonly CaseTemplate[]>> {
  const data: unknown = JSON.parse(readFileSync(new URL('../../data/demo-cases.json', import.meta.url), 'utf8'));
  return z.record(z.enum(CATEGORIES), z.array(templateSchema).min(1)).parse(data);
}

const BANKS = [
  '农业银行咸宁分行',
  '建设银行咸宁分行',
  '工商银行咸宁分行',
  '湖北银行咸宁分行',
  '咸宁农商银行',
  '邮储银行咸宁分行',
];
const PRODUCTS = ['砖茶', '桂花食品', '竹制品', '苎麻纺织品', '汽车零部件', '电子元件', '建筑板材', '水产加工品'];
const OPENINGS = ['', '您好，', '领导您好：', '我们是一家本地企业。', '反映一个情况：'];
const CLOSINGS = ['', '盼复。', '谢谢！', '望尽快处理。', '请有关部门关注。', '麻烦尽快回复，联系人全天可接听电话。'];

/** A title and a text made of a template. */
export function filledTemplate({ title, text }: CaseTemplate, random: RandomStream): { title: string; text: string } {
  const slots: Readonly<Record<string, string>> = {
    bank: random.pick(BANKS),
    product: random.pick(PRODUCTS),
    amount: String(random.int(5, 200) * 10),
    months: String(random.int(2, 9)),
    years: String(random.int(2, 8)),
    n: String(random.int(2, 12) * random.pick([1, 5, 10])),
    km: String(random.int(2, 15)),
  };
  const fill = (pattern: string): string => pattern.replace(/\{(\w+)\}/g, (_slot, name: string) => slots[name] ?? '');
  return { title: fill(title), text: `${random.pick(OPENINGS)}${fill(text)}${random.pick(CLOSINGS)}` };
}
