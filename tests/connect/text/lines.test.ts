import iconv from 'iconv-lite';
import { examineText, headerText, readLines, toHalfWidth, visibleText } from '../../../connect/src/text/index.js';
import type { Encoding, TextLine } from '../../../connect/src/text/index.js';
import { fileOf } from '../support/files.js';

async function linesOf(
  bytes: Buffer,
  encoding: Encoding,
  {
    chunk,
    longest = 1_000_000,
    from = { byte: 0, line: 1 },
  }: { chunk?: number; longest?: number; from?: { byte: number; line: number } } = {},
): Promise<TextLine[]> {
  const lines: TextLine[] = [];
  for await (const part of readLines(fileOf(bytes), { encoding, from, longest, chunk })) lines.push(...part);
  return lines;
}

/**
 * 𠮷 has four bytes in GB18030 (95 32 B7 36), 镕 two with an upper byte beyond GB2312, 䶮 is FE 9F; 夛 is 8A 7C, whose
 * second byte is `|`.
 */
const TEXT = '𠮷祥|朱镕|䶮|夛|€';

describe('lines of a file', () => {
  it.each([1, 2, 3, 5, 7, 4096])('come whole out of pieces of %i bytes, in every encoding', async (chunk) => {
    for (const encoding of ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const) {
      const bytes = iconv.encode(`${TEXT}\r\n二\n\r三\r${TEXT}`, encoding);
      const lines = await linesOf(bytes, encoding, { chunk });
      expect(lines.map(({ text }) => text)).toEqual([TEXT, '二', '', '三', TEXT]);
      expect(lines.map(({ end }) => end)).toEqual(['\r\n', '\n', '\r', '\r', '']);
      expect(lines.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    }
  });

  it('tell the byte after each, at which reading goes on', async () => {
    const bytes = iconv.encode('甲\r\n乙\n丙', 'gb18030');
    const lines = await linesOf(bytes, 'gb18030');
    expect(lines.map(({ endsAt }) => endsAt)).toEqual([4, 7, 9]);
    const rest = await linesOf(bytes, 'gb18030', { from: { byte: 4, line: 2 } });
    expect(rest.map(({ text, number, endsAt }) => [text, number, endsAt])).toEqual([
      ['乙', 2, 7],
      ['丙', 3, 9],
    ]);
  });

  it('that are broken are told apart from those around them, also a last character that is cut off', async () => {
    const bytes = Buffer.concat([
      iconv.encode('好\n', 'gb18030'),
      Buffer.from([0xff, 0x0a]),
      iconv.encode('好\n吉', 'gb18030').subarray(0, -1),
    ]);
    const lines = await linesOf(bytes, 'gb18030');
    expect(lines.map(({ text, fault }) => [text, fault])).toEqual([
      ['好', null],
      ['', 'BROKEN'],
      ['好', null],
      ['', 'BROKEN'],
    ]);
  });

  it('that are too long are passed over, and the next has its number and byte', async () => {
    const bytes = Buffer.from(`a\n${'x'.repeat(5000)}\nb\n${'y'.repeat(3000)}`);
    const lines = await linesOf(bytes, 'utf-8', { longest: 100, chunk: 64 });
    expect(lines.map(({ text, fault, number, endsAt }) => [text, fault, number, endsAt])).toEqual([
      ['a', null, 1, 2],
      ['', 'TOO_LONG', 2, 5003],
      ['b', null, 3, 5005],
      ['', 'TOO_LONG', 4, 8005],
    ]);
  });
});

describe('the encoding of a file', () => {
  const found = async (bytes: Buffer, stated: Encoding | null = null): Promise<[string, number]> => {
    const { encoding, mark } = await examineText(fileOf(bytes), { stated });
    return [encoding, mark];
  };
  const chinese = '企业名称,统一社会信用代码\n西藏本源水利水电设备有限公司,91540000735548579F\n';

  it('is UTF-8 when every byte of it is, also where the same bytes were GB18030', async () => {
    expect(await found(Buffer.from(chinese))).toEqual(['utf-8', 0]);
    expect(() => new TextDecoder('gb18030', { fatal: true }).decode(Buffer.from('中文企业'))).not.toThrow();
    expect(await found(Buffer.from('中文企业'))).toEqual(['utf-8', 0]);
    expect(await found(Buffer.from('a,b\n1,2\n'))).toEqual(['utf-8', 0]);
  });

  it('is GB18030 when every byte of it is, with characters of two and of four bytes', async () => {
    expect(await found(iconv.encode(chinese, 'gb18030'))).toEqual(['gb18030', 0]);
    expect(await found(iconv.encode('𠮷', 'gb18030'))).toEqual(['gb18030', 0]);
  });

  it.each([
    ['utf-8', 'utf8', 3],
    ['utf-16le', 'utf-16le', 2],
    ['utf-16be', 'utf-16be', 2],
  ] as const)('is %s by its mark', async (encoding, codec, mark) => {
    expect(await found(iconv.encode(chinese, codec, { addBOM: true }))).toEqual([encoding, mark]);
  });

  it('is what is stated, against everything else', async () => {
    expect(await found(Buffer.from(chinese), 'gb18030')).toEqual(['gb18030', 0]);
    expect(await found(iconv.encode('臺灣', 'big5'), 'big5')).toEqual(['big5', 0]);
  });

  it('is that of nearly all lines where a few are broken', async () => {
    const many = Buffer.from(chinese.repeat(20));
    expect(await found(Buffer.concat([many, Buffer.from([0xff, 0xfe, 0x0a]), many]))).toEqual(['utf-8', 0]);
    const gb = iconv.encode(chinese.repeat(20), 'gb18030');
    expect(await found(Buffer.concat([gb, Buffer.from([0xff, 0x0a]), gb]))).toEqual(['gb18030', 0]);
  });

  it('is none for bytes that are no text', async () => {
    await expect(found(Buffer.from([1, 0, 2, 0, 3]))).rejects.toThrow('zero bytes');
    await expect(found(Buffer.from('ÿ\nþ\n', 'latin1'))).rejects.toThrow('neither UTF-8');
  });

  it('comes with the digest of all bytes', async () => {
    // echo -n abc | sha256sum (FIPS 180-4, example)
    expect((await examineText(fileOf('abc'), { stated: null })).digest).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});

describe('normal forms', () => {
  it('of what a cell shows', () => {
    expect(visibleText('\uFEFF\u3000拉萨\u200B市 \u0000')).toBe('拉萨市');
    expect(visibleText('第一行\n第二行')).toBe('第一行\n第二行');
  });

  it('of full-width characters, and of no others', () => {
    expect(toHalfWidth('ＡＢ１２（号）　①㎡')).toBe('AB12(号) ①㎡');
  });

  it('of headers', () => {
    expect(headerText(' 注册 资本\r\n（万元）')).toBe('注册资本(万元)');
    expect(headerText('Unit  Name')).toBe('Unit Name');
  });
});
