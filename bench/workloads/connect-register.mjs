// A register of enterprises as a market regulator's system exports it: made up, with valid codes, the same in every
// run.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import iconv from 'iconv-lite';
import { organisationCheckCharacter, usccCheckCharacter } from '../../values/dist/index.js';

export const SOURCE = 'bench-register';
const COLUMNS =
  '企业名称,统一社会信用代码,企业类型,所属区县,行业代码,行业名称,注册资本(万元),币种,成立日期,登记状态,联系人,联系电话,住所';
/** The mapping of the register, which lies beside it. */
export const MAPPING = `name: ${SOURCE}
target: enterprise
department: SCJGJ
source: { kind: csv, path: register.csv }
fields:
  uscc: 统一社会信用代码
  name: 企业名称
  legalForm: 企业类型
  region: 所属区县
  industry: 行业代码
  industryName: 行业名称
  registeredCapital: { column: 注册资本(万元), currencyColumn: 币种 }
  registeredOn: 成立日期
  status: 登记状态
  contactName: 联系人
  contactTelephone: 联系电话
  contactAddress: 住所
`;

const DISTRICTS = [
  ['421202', '咸安区'],
  ['421221', '嘉鱼县'],
  ['421222', '通城县'],
  ['421223', '崇阳县'],
  ['421224', '通山县'],
  ['421281', '赤壁市'],
];
const TRADES = [
  ['I651', '软件开发'],
  ['E47', '房屋建筑业'],
  ['F521', '综合零售'],
  ['C133', '植物油加工'],
];
const WORDS = [...'恒达华鑫瑞丰泰隆祥和兴盛安康宏远嘉禾天成永利德信金源'];

/** Enterprises with codes of their own; after so many the same come again. */
export const DIFFERENT = 1_000_000;

/** Line of one enterprise; its code is valid, and the same number always gives the same. */
function lineOf(number) {
  const [district, districtName] = DISTRICTS[number % DISTRICTS.length];
  const [trade, tradeName] = TRADES[number % TRADES.length];
  const organisation = `MA${number.toString().padStart(6, '0')}`;
  const first17 = `91${district}${organisation}${organisationCheckCharacter(organisation)}`;
  const word = [0, 1, 2, 3].map((place) => WORDS[Math.floor(number / WORDS.length ** place) % WORDS.length]).join('');
  const day = `${2001 + (number % 25)}-${String(1 + (number % 12)).padStart(2, '0')}-${String(1 + (number % 28)).padStart(2, '0')}`;
  const landline = `0715-8${String(number % 1_000_000).padStart(6, '0')}`;
  return `${districtName}${word}商贸有限公司,${first17}${usccCheckCharacter(first17)},有限责任公司,${districtName},${trade},${tradeName},${1 + (number % 900)}万元,人民币,${day},存续,王建国,${landline},湖北省咸宁市${districtName}长江路${1 + (number % 999)}号\n`;
}

/** Writes the register in GB18030, a piece at a time. */
export async function writeRegister(file, enterprises) {
  const out = createWriteStream(file);
  let piece = `${COLUMNS}\n`;
  for (let number = 0; number < enterprises; number += 1) {
    piece += lineOf(number % DIFFERENT);
    if (piece.length < 500_000 && number < enterprises - 1) continue;
    if (!out.write(iconv.encode(piece, 'gb18030'))) await once(out, 'drain');
    piece = '';
  }
  out.end();
  await once(out, 'finish');
}
