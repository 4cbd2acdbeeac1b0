import { bearer, FIRST, startSmallCity, type SmallCity } from '../support/small-city.js';
import { errorIn, languageOf } from '../../../gateway/src/http/reader-language.js';

describe('the language that a caller reads', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['zh', 'zh'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['zh-Hans-CN', 'zh'],
    ['ZH-cn', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['en;q=0.3, zh;q=0.7', 'zh'],
    ['fr-FR,fr;q=0.9,zh;q=0.5,en;q=0.4', 'zh'],
    ['fr-FR', 'en'],
    ['zh;q=0, en', 'en'],
    ['not a header at all; q=x', 'en'],
  ])('%s is %s', (header, language) => {
    expect(languageOf(header === undefined ? {} : { 'accept-language': header })).toBe(language);
  });
});

it('an error has its Chinese words as its message where Chinese is read, and else stays as it is', () => {
  const error = { message: 'Needs a token.', extensions: { code: 'UNAUTHENTICATED', zh: '须先登录' } };
  expect(errorIn('zh', error)).toEqual({ ...error, message: '须先登录' });
  expect(errorIn('en', error)).toBe(error);
  const unavailable = {
    message: 'No answer.',
    extensions: { code: 'DEPARTMENT_UNAVAILABLE', subgraph: 'cases' },
  };
  expect(errorIn('zh', unavailable).message).toBe('部门系统“cases”没有响应，其内容暂缺');
  const inside = { message: 'Something.', extensions: { code: 'INTERNAL', reference: 'abc-1' } };
  expect(errorIn('zh', inside).message).toBe('系统内部出错，编号 abc-1');
  const invalid = { message: 'Cannot query field "x".', extensions: { code: 'BAD_USER_INPUT' } };
  expect(errorIn('zh', invalid)).toBe(invalid);
});

describe('a caller through the gateway', () => {
  let city: SmallCity;
  beforeAll(async () => void (city = await startSmallCity()));
  afterAll(async () => city.stop());
  const CHINESE = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
  const words = async (headers: Record<string, string>) => {
    const { body } = await city.ask({ query: `{ enterprise(uscc: "${FIRST}") { contact } }` }, headers);
    return body.errors?.[0]?.message;
  };

  it('reads errors of the gateway and of a token in Chinese, and in English without a word on it', async () => {
    expect(await words(CHINESE)).toBe('Enterprise.contact 须先登录，且具有角色：经办人员或审计监督');
    expect(await words({})).toMatch(/bearer token/);
    expect(await words({ ...bearer('no-token'), ...CHINESE })).toMatch(/[\u4E00-\u9FFF]{4}/);
    expect(await words({ ...bearer('no-token') })).toMatch(/token/);
  });

  it('is asked of by the department in the same language', async () => {
    const officer = await city.token('OFFICER', { department: 'RSJ' });
    const told = () => city.registry.received.at(-1)?.headers['accept-language'];
    await words({ ...bearer(officer), ...CHINESE });
    expect(told()).toBe('zh');
    await words(bearer(officer));
    expect(told()).toBeUndefined();
  });
});
