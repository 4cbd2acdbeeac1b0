import {
  asStored,
  attachmentFaults,
  intakeFaults,
  textFaults,
  type IntakeInput,
} from '../../../../subgraphs/cases/src/domain/intake.js';
import { USCC } from '../../support/a-case.js';

const form = (part: Partial<IntakeInput> = {}): IntakeInput => ({
  title: '银行要求提前还贷',
  text: '贷款到期前两个月银行通知不再续贷。',
  labels: [],
  attachments: [],
  region: '421202',
  industry: 'C',
  uscc: USCC,
  enterpriseName: null,
  homeRegion: null,
  contactPhone: null,
  ...part,
});
const elsewhere = { uscc: null, enterpriseName: '东莞某公司', homeRegion: '441900' };
const links = (count: number) => Array.from({ length: count }, (_, index) => `https://f.example.cn/${String(index)}`);

describe('what an intake form takes and what it answers to the rest', () => {
  it.each<[string, Partial<IntakeInput>]>([
    ['a text of five characters', { text: '不给续贷啊' }],
    ['a title of a hundred', { title: '长'.repeat(100) }],
    ['a text of five thousand', { text: '长'.repeat(5000) }],
    ['spaces around, which are not counted', { title: `${' '.repeat(20)}${'长'.repeat(100)}` }],
    ['ten labels of twenty characters', { labels: Array.from({ length: 10 }, () => '标'.repeat(20)) }],
    ['ten links', { attachments: links(10) }],
    ['no industry', { industry: null }],
    ['sections A and T', { industry: 'T' }],
    ['no telephone', { contactPhone: null }],
    ['a telephone of five characters', { contactPhone: '12345' }],
    ['one of twenty, with country code', { contactPhone: '+86 138-1234-5678 00' }],
    ['a name of two characters from elsewhere', { ...elsewhere, enterpriseName: '东莞' }],
    ['a line break of either kind and a tab', { text: '第一行\r\n第二行\n\t第三行' }],
  ])('takes %s', (_what, part) => expect(intakeFaults(form(part))).toEqual([]));

  it.each<[string, Partial<IntakeInput>, string[], string]>([
    ['four characters', { text: ' 不给续贷 ' }, ['text'], 'at least 5 characters, not 4'],
    ['one too many', { title: '长'.repeat(101) }, ['title'], 'at most 100 characters, not 101'],
    ['far too many', { title: '长'.repeat(201) }, ['title'], 'at most 100 characters, not 201'],
    ['eleven labels', { labels: Array.from({ length: 11 }, () => '标签') }, ['labels'], 'at most 10 entries, not 11'],
    ['a long label', { labels: ['好', '标'.repeat(21)] }, ['labels', '1'], 'at most 20 characters, not 21'],
    ['an empty label', { labels: [' '] }, ['labels', '0'], 'at least 1 characters, not 0'],
    ['eleven links', { attachments: links(11) }, ['attachments'], 'at most 10 entries, not 11'],
    [
      'a plain link',
      { attachments: ['https://f.example.cn/1', 'http://f.example.cn/2'] },
      ['attachments', '1'],
      '"http://f.example.cn/2" is not an https link of at most 500 characters',
    ],
    [
      'a region of seven digits',
      { region: '4212021' },
      ['region'],
      '"4212021" is not a region code of six digits (GB/T 2260)',
    ],
    [
      'a region in a text',
      { region: '区421202' },
      ['region'],
      '"区421202" is not a region code of six digits (GB/T 2260)',
    ],
    ['a division', { industry: 'C13' }, ['industry'], '"C13" is not a section letter A to T of GB/T 4754'],
    ['a section in a text', { industry: 'XC' }, ['industry'], '"XC" is not a section letter A to T of GB/T 4754'],
    [
      'a telephone after a word',
      { contactPhone: '电话12345' },
      ['contactPhone'],
      'the telephone number must be 5 to 20 digits, spaces or hyphens',
    ],
    [
      'a telephone before a word',
      { contactPhone: '12345转' },
      ['contactPhone'],
      'the telephone number must be 5 to 20 digits, spaces or hyphens',
    ],
    [
      'no name',
      { ...elsewhere, enterpriseName: null },
      ['enterpriseName'],
      'an enterprise registered elsewhere needs its name; a local one its uscc',
    ],
    [
      'a name of one character',
      { ...elsewhere, enterpriseName: '东' },
      ['enterpriseName'],
      'at least 2 characters, not 1',
    ],
    [
      'a home region that is none',
      { ...elsewhere, homeRegion: '4419001' },
      ['homeRegion'],
      'an enterprise registered elsewhere needs its home region as a code of six digits (GB/T 2260)',
    ],
    [
      'a home region after a word',
      { ...elsewhere, homeRegion: '省441900' },
      ['homeRegion'],
      'an enterprise registered elsewhere needs its home region as a code of six digits (GB/T 2260)',
    ],
    [
      'no home region',
      { ...elsewhere, homeRegion: null },
      ['homeRegion'],
      'an enterprise registered elsewhere needs its home region as a code of six digits (GB/T 2260)',
    ],
    ['a bell', { text: '贷款\u0007到期不再续贷' }, ['text'], 'holds the control character U+0007'],
    ['an override', { text: '贷款\u202e到期不再续贷' }, ['text'], 'holds the control character U+202E'],
    ['half a character', { text: '贷款到期不再续贷\ud83d' }, ['text'], 'holds half of a character (a lone surrogate)'],
  ])('refuses %s', (_what, part, path, message) => expect(intakeFaults(form(part))).toMatchObject([{ path, message }]));

  it('shows at most sixty characters of what it refuses, and no control characters', () => {
    expect(intakeFaults(form({ region: 'x'.repeat(61) }))[0]?.message).toContain(`"${'x'.repeat(60)}…"`);
    expect(intakeFaults(form({ region: 'x'.repeat(60) }))[0]?.message).toContain(`"${'x'.repeat(60)}"`);
    expect(intakeFaults(form({ region: '42\u0000\u0085' }))[0]?.message).toContain('"42??"');
  });
});

describe('texts and links', () => {
  it('takes a link of 500 characters, and none with an account in it', () => {
    const long = `https://f.example.cn/${'a'.repeat(479)}`;
    expect(attachmentFaults([long])).toEqual([]);
    expect(attachmentFaults([`${long}a`])).toHaveLength(1);
    expect(attachmentFaults(['https://user@f.example.cn/', 'https://:word@f.example.cn/'])).toHaveLength(2);
  });

  it('needs five characters when no other minimum is given', () => {
    expect(textFaults('四个字符', ['note'], { longest: 10 })).toMatchObject([
      { path: ['note'], message: 'at least 5 characters, not 4' },
    ]);
    expect(textFaults('四个字符', ['note'], { longest: 10, shortest: 4 })).toEqual([]);
  });

  it('stores a text composed, with plain line breaks and nothing around it', () => {
    expect(asStored('  e\u0301te\u0301\r\n第二行 ')).toBe('\u00e9t\u00e9\n第二行');
  });
});
