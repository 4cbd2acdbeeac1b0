import type { Actor } from '@zhitong/kit';
import {
  coordinator,
  enterprise,
  enterprisesUnderTest,
  type EnterprisesUnderTest,
} from '../../support/enterprises-under-test.js';

let enterprises: EnterprisesUnderTest;
beforeAll(async () => void (enterprises = await enterprisesUnderTest(import.meta.url, 200)));
afterAll(async () => enterprises.close());

it.each<[string, Actor | null, string, string, string]>([
  [
    '{ searchEnterprises(text: "一") { totalCount } }',
    coordinator,
    'text has 1 characters; search for 2 to 100.',
    '检索词有 1 个字，须为 2 至 100 个字',
    'TEXT_OF_OTHER_LENGTH',
  ],
  [
    '{ enterprises(filter: { region: ["4212"] }) { totalCount } }',
    coordinator,
    'filter.region: "4212" is not six digits of GB/T 2260 such as 421202.',
    '筛选项 filter.region 的值 "4212" 形式有误，应为 GB/T 2260 的六位代码，例如 421202',
    'FILTER_WRONG_SHAPE',
  ],
  [
    '{ projects(filter: { uscc: "91110000600037341L" }) { totalCount } }',
    enterprise('91421200MA4F5E6G3P'),
    'The projects of 91110000600037341L are for the enterprise itself and for officials of the government.',
    '企业 91110000600037341L 的项目仅供该企业和政府工作人员查阅',
    'PROJECTS_OF_ARE_FOR',
  ],
  [
    '{ project(id: "nobody") { name } }',
    null,
    'Query.project needs a bearer token with one of the roles ENTERPRISE, OFFICER, COORDINATOR, AUDITOR, SERVICE.',
    'Query.project 须先登录，且具有以下角色之一：企业、经办人员、统筹协调、审计监督、系统服务',
    'ROLE_NEEDED_ANONYMOUS',
  ],
])('%s is refused in English and in Chinese', async (question, actor, message, zh, reason) => {
  const { errors } = await enterprises.ask(question, { actor });
  expect(errors?.map((error) => [error.message, error.extensions?.['zh'], error.extensions?.['reason']])).toEqual([
    [message, zh, reason],
  ]);
});
