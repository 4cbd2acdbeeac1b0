/** A refusal in the two languages of its readers: who runs the connector, and who delivers. */
export interface Words {
  readonly english: string;
  readonly chinese: string;
}

const words = (english: string, chinese: string): Words => ({ english, chinese });
const FORMATS = {
  text: ['a text', '文本文件'],
  xlsx: ['a ZIP archive, as .xlsx files are', 'ZIP 压缩包（.xlsx 即此格式）'],
  ole: [
    'an OLE container, as old .xls files and .xlsx files with a password are',
    'OLE 容器（旧式 .xls 或加了密码的 .xlsx）',
  ],
  pdf: ['a PDF', 'PDF 文件'],
  image: ['a picture', '图片'],
  archive: ['a compressed archive', '压缩包'],
  empty: ['empty', '空文件'],
} as const;
/** What a file is taken for, by the kind of its source. */
const KINDS = {
  csv: ['CSV or TSV', ' CSV 或 TSV 文件'],
  json: ['JSON', ' JSON 文件'],
  xls: ['an old .xls workbook', '旧式 .xls 工作簿'],
  xlsx: ['an .xlsx workbook', ' .xlsx 工作簿'],
} as const;
/** A kind of files that are read. */
export type FileKind = keyof typeof KINDS;
/** What a file is, by its first bytes; `text` for everything without the mark of another format. */
export type FileFormat = keyof typeof FORMATS;

/** Why a source cannot be read, by code: what was found, and what to do. */
export const SOURCE_REFUSALS = {
  CANNOT_OPEN: ({ name, why }: { name: string; why: string }) =>
    words(`${name} cannot be opened (${why}).`, `${name} 无法打开（${why}）。`),
  EMPTY: ({ name }: { name: string }) =>
    words(`${name} is empty: it has not even a header.`, `${name} 是空文件，连表头都没有。`),
  PASSWORD: ({ name }: { name: string }) =>
    words(
      `${name} is not an .xlsx file but ${FORMATS.ole[0]}. Take its password away and save it again as .xlsx, or state kind: xls for an old one.`,
      `${name} 不是 .xlsx 文件，而是${FORMATS.ole[1]}。请去掉密码并另存为 .xlsx；若是旧式工作簿，请在映射文件中写 kind: xls。`,
    ),
  OTHER_FORMAT: ({ name, expected, found }: { name: string; expected: FileKind; found: FileFormat }) =>
    words(
      `${name} should be ${KINDS[expected][0]}, but it is ${FORMATS[found][0]}. Nothing of it was read; send the file that is meant, or state its kind.`,
      `${name} 应当是${KINDS[expected][1]}，实际是${FORMATS[found][1]}，未读取任何内容；请重新发送正确的文件，或更正映射文件中的 kind。`,
    ),
  FILE_CHANGED: () =>
    words(
      'The file has changed since the run that is to go on: its position would lead to another record. Begin a new run.',
      '文件在上次运行中断后已改变，原位置会指向另一条记录；请重新开始一次运行。',
    ),
  OTHER_POSITION: ({ name }: { name: string }) =>
    words(
      `The position has no ${name}: it is of another source. Begin a new run.`,
      `保存的位置没有 ${name}，属于另一个来源；请重新开始一次运行。`,
    ),
  ZERO_BYTES: () =>
    words(
      'The file holds zero bytes, which no text has. If it is UTF-16 without a byte order mark, state its encoding.',
      '文件中有零字节，文本文件不会有；如果是没有字节序标记的 UTF-16，请在映射文件中写明 encoding。',
    ),
  NO_ENCODING: ({ utf8, gb18030 }: { utf8: string; gb18030: string }) =>
    words(
      `The text is neither UTF-8 (${utf8} lines with other characters than ASCII are broken) nor GB18030 (${gb18030}). State the encoding that the sending system writes.`,
      `文字既不是 UTF-8（含非 ASCII 字符的行中损坏 ${utf8}），也不是 GB18030（${gb18030}）；请写明来源系统使用的 encoding。`,
    ),
  NO_HEADER: ({ name }: { name: string }) =>
    words(`${name} has no row with headers.`, `${name} 中找不到表头所在的行。`),
  HEADER_LINE: ({ line }: { line: number }) =>
    words(
      `Line ${String(line)} is blank or broken; headerRow names the line with the headers.`,
      `第 ${String(line)} 行是空行或已损坏；headerRow 应当是表头所在的行。`,
    ),
  HEADER_CUT: ({ rows }: { rows: number }) =>
    words(`The file ends within its ${String(rows)} rows of headers.`, `文件在 ${String(rows)} 行表头中间就结束了。`),
  HEADER_EMPTY: () =>
    words(
      'The header row is empty. State headerRow: the row that names the columns.',
      '表头行是空的；请用 headerRow 写明列名所在的行。',
    ),
  HEADER_BROKEN: ({ column }: { column: number }) =>
    words(
      `The header of column ${String(column)} holds U+FFFD: its text was broken before it came here. State the encoding, or have the file sent again.`,
      `第 ${String(column)} 列的表头含有 U+FFFD，文字在上游已经损坏；请写明 encoding，或请对方重新发送。`,
    ),
  HEADER_TWICE: ({ first, second, name }: { first: number; second: number; name: string }) =>
    words(
      `Columns ${String(first)} and ${String(second)} are both called "${name}": which of them is meant nobody can tell. Rename one.`,
      `第 ${String(first)} 列和第 ${String(second)} 列都叫“${name}”，无法判断指哪一列；请改名。`,
    ),
  NO_RECORDS: ({ name, at }: { name: string; at: string }) =>
    words(
      `${name} has no records${at === '' ? '' : ` at ${at}`}.`,
      `${name}${at === '' ? '' : ` 的 ${at} 处`}没有记录。`,
    ),
  BROKEN_JSON: ({ name, index, why }: { name: string; index: number; why: string }) =>
    words(
      `${name} is no sound JSON after its record ${String(index)} (${why}). Have it sent again whole.`,
      `${name} 在第 ${String(index)} 条记录之后不是完整的 JSON（${why}）；请对方重新发送完整文件。`,
    ),
  TOO_LARGE: ({ name, bytes, most, kind }: { name: string; bytes: number; most: number; kind: 'xls' | 'sqlite' }) =>
    kind === 'xls'
      ? words(
          `${name} has ${String(bytes)} bytes; old workbooks are read up to ${String(most)}. Save it as .xlsx.`,
          `${name} 有 ${String(bytes)} 字节，旧式工作簿最多 ${String(most)} 字节；请另存为 .xlsx。`,
        )
      : words(
          `${name} has ${String(bytes)} bytes; SQLite files are read up to ${String(most)}.`,
          `${name} 有 ${String(bytes)} 字节，SQLite 文件最多 ${String(most)} 字节。`,
        ),
  NOT_SQLITE: ({ name }: { name: string }) =>
    words(`${name} should be a SQLite file, but it is none.`, `${name} 应当是 SQLite 文件，但不是。`),
  NO_COLUMN: ({ missing, present }: { missing: string; present: string }) =>
    words(`There is no column ${missing}; there is ${present}.`, `没有列 ${missing}；现有的列是 ${present}。`),
  NO_FILE_STATED: () =>
    words('The mapping does not say which SQLite file is meant.', '映射文件没有写明是哪个 SQLite 文件。'),
  NO_ADDRESS_STATED: () =>
    words('The mapping does not say where the address of the database is.', '映射文件没有写明数据库地址在哪里。'),
  DATABASE_ANSWERS: ({ answer }: { answer: string }) =>
    words(`The database answers: ${answer}`, `来源数据库答复：${answer}`),
  SHEET_EMPTY: ({ sheet }: { sheet: string }) =>
    words(
      `Sheet ${JSON.stringify(sheet)} is empty. State another sheet.`,
      `工作表“${sheet}”是空的；请写明另一个工作表。`,
    ),
  NO_SHEETS: () => words('The workbook has no sheets.', '工作簿中没有工作表。'),
  NO_SHEET: ({ sheet, present }: { sheet: string | number; present: readonly string[] }) =>
    words(
      `There is no sheet ${JSON.stringify(sheet)}; the workbook has ${present.map((one) => JSON.stringify(one)).join(', ')}.`,
      `没有工作表“${String(sheet)}”；工作簿中有${present.map((one) => `“${one}”`).join('、')}。`,
    ),
  SHEET_BROKEN: ({ sheet, name }: { sheet: string; name: string }) =>
    words(
      `Sheet ${JSON.stringify(sheet)} of ${name} cannot be read. Save it as .xlsx.`,
      `${name} 的工作表“${sheet}”无法读取；请另存为 .xlsx。`,
    ),
  OLD_WORKBOOK: ({ name, why }: { name: string; why: string }) =>
    words(
      `${name} cannot be read as an old workbook (${why}). If it has a password, take it away; else save it as .xlsx.`,
      `${name} 无法作为旧式工作簿读取（${why}）；若有密码请去掉，否则请另存为 .xlsx。`,
    ),
  SHARED_TEXTS: ({ most }: { most: number }) =>
    words(
      `The workbook's shared texts have more than ${String(most)} characters. Send it as CSV, or in parts.`,
      `工作簿的共享文字超过 ${String(most)} 个字符；请改用 CSV，或分成几份发送。`,
    ),
  BROKEN_WORKBOOK: ({ name, why }: { name: string; why: string }) =>
    words(
      `${name} is a broken .xlsx file (${why}). Have it sent again.`,
      `${name} 是损坏的 .xlsx 文件（${why}）；请对方重新发送。`,
    ),
  NO_WORKBOOK: ({ name, part }: { name: string; part: string }) =>
    words(`${name} has no part ${part}: it is no workbook.`, `${name} 缺少 ${part}，不是工作簿。`),
  UNREADABLE: ({ name, why }: { name: string; why: string }) =>
    words(`${name} cannot be read (${why}).`, `${name} 无法读取（${why}）。`),
  BROKEN_PART: ({ name, part, why }: { name: string; part: string; why: string }) =>
    words(
      `${part} of ${name} is broken (${why}). Have it sent again.`,
      `${name} 的 ${part} 已损坏（${why}）；请对方重新发送。`,
    ),
  LARGE_INSIDE: ({ name, why }: { name: string; why: string }) =>
    words(
      `${name} is larger inside than a workbook may be: ${why}. Take it apart, or send it as CSV.`,
      `${name} 解压后超过工作簿允许的大小（${why}）；请拆分，或改用 CSV。`,
    ),
  BROKEN_XML: ({ part, why }: { part: string; why: string }) =>
    words(
      `${part} is no sound XML (${why}). Have the file sent again.`,
      `${part} 不是完好的 XML（${why}）；请对方重新发送文件。`,
    ),
  DOCUMENT_TYPE: ({ part }: { part: string }) =>
    words(
      `${part} has a document type, with which XML reads other files. No spreadsheet program writes one.`,
      `${part} 带有文档类型声明，可借以读取其他文件；电子表格程序不会写这种声明，未读取。`,
    ),
  MANY_PAGES: ({ source, pages }: { source: string; pages: number }) =>
    words(
      `${source} gives more than ${String(pages)} pages. State mostPages if there are so many.`,
      `${source} 给出的页数超过 ${String(pages)}；如确有这么多，请写明 mostPages。`,
    ),
  PAGING_CIRCLE: ({ source }: { source: string }) =>
    words(
      `${source} leads back to a page that was read: its paging never ends.`,
      `${source} 又指回已读过的页，翻页不会结束。`,
    ),
  SAME_PAGE: ({ source, by }: { source: string; by: string | null }) =>
    words(
      `${source} gives the same page twice: it does not heed ${by ?? 'its links'}.`,
      `${source} 两次给出同一页，没有理会${by === null ? '自己的链接' : `参数 ${by}`}。`,
    ),
  NO_LIST: ({ source, at }: { source: string; at: string | null }) =>
    words(
      `${source} gives no list at ${at ?? 'the top of its answer'}. State records: where the list stands.`,
      `${source} 的答复在${at === null ? '最外层' : ` ${at} 处`}不是列表；请用 records 写明列表的位置。`,
    ),
  OTHER_ORIGIN: ({ source, origin }: { source: string; origin: string }) =>
    words(
      `${source} links to ${origin}, which would get our key. State it in otherOrigins if it is meant.`,
      `${source} 的下一页指向 ${origin}，会把我们的密钥发给它；如确需如此，请写入 otherOrigins。`,
    ),
  LONG_ANSWER: ({ most }: { most: number }) =>
    words(
      `The interface's answer has more than ${String(most)} bytes. Ask for smaller pages, or state mostBytes.`,
      `接口的答复超过 ${String(most)} 字节；请减小每页条数，或写明 mostBytes。`,
    ),
  INTERFACE_ANSWERS: ({ where, status, body }: { where: string; status: number; body: string }) =>
    words(
      `${where} answers ${String(status)}: ${JSON.stringify(body)}.`,
      `${where} 答复 ${String(status)}：${JSON.stringify(body)}。`,
    ),
  UNREACHABLE: ({ why }: { why: string }) =>
    words(`The interface cannot be reached (${why}).`, `接口无法连接（${why}）。`),
  NOT_JSON: ({ where, status, type, body }: { where: string; status: number; type: string; body: string }) =>
    words(
      `${where} answers ${String(status)} with ${type}, which is no JSON: ${JSON.stringify(body)}. A login page, perhaps?`,
      `${where} 答复 ${String(status)}，内容类型 ${type} 不是 JSON：${JSON.stringify(body)}。可能是登录页。`,
    ),
  NO_TOKEN: ({ where }: { where: string }) =>
    words(`${where} gave no access_token.`, `${where} 没有给出 access_token。`),
  WATERMARK: ({ mark }: { mark: string }) =>
    words(
      `The watermark ${JSON.stringify(mark)} is neither a time nor a number: it cannot be gone back from.`,
      `水位线 ${JSON.stringify(mark)} 既不是时间也不是数字，无法回退。`,
    ),
  SECRET_VARIABLE: ({ variable }: { variable: string }) =>
    words(
      `The variable ${variable} of the environment is not set; the mapping reads a secret from it.`,
      `环境变量 ${variable} 没有设置，映射文件要从中读取密钥。`,
    ),
  SECRET_FILE: ({ file, why }: { file: string; why: string }) =>
    words(
      `The file ${file} cannot be read (${why}); the mapping reads a secret from it.`,
      `文件 ${file} 无法读取（${why}），映射文件要从中读取密钥。`,
    ),
  SECRET_EMPTY: ({ file }: { file: string }) =>
    words(
      `The file ${file} is empty; the mapping reads a secret from it.`,
      `文件 ${file} 是空的，映射文件要从中读取密钥。`,
    ),
  NO_COLLECTION: ({ collection }: { collection: string }) =>
    words(
      `There is no collection ${collection}, or the login may not see it.`,
      `没有集合 ${collection}，或所用账号无权查看。`,
    ),
  NO_PRE_IMAGES: ({ collection }: { collection: string }) =>
    words(
      `${collection} keeps no pre-images, so that a deletion does not say what was deleted. Have changeStreamPreAndPostImages enabled for it, or leave sweep out.`,
      `集合 ${collection} 不保留删除前的内容，无法知道删除了什么；请来源系统为它启用 changeStreamPreAndPostImages，或去掉 sweep。`,
    ),
  CHANGES_LOST: ({ collection }: { collection: string }) =>
    words(
      `The changes of ${collection} since the last run are not kept any more: its log has gone on. Run once with --whole, which reads the collection from its beginning.`,
      `集合 ${collection} 自上次运行以来的变更已不再保留（日志已被覆盖）；请用 --whole 运行一次，从头读取整个集合。`,
    ),
  COLLECTION_GONE: ({ collection, operation }: { collection: string; operation: string }) =>
    words(
      `The collection ${collection} was dropped or renamed (${operation}): nothing can be followed any more. When it is there again, run once with --whole.`,
      `集合 ${collection} 已被删除或改名（${operation}），无法再跟踪变更；恢复后请用 --whole 运行一次。`,
    ),
  DELETIONS: ({ deleted, had, most }: { deleted: number; had: number; most: number }) =>
    words(
      `The source has deleted more than ${String(most)} of ${String(had)} records (${String(deleted)} so far): more than the safety share allows. Nothing of this batch was written; if it is meant, raise sweep.safetyShare and run again.`,
      `来源删除的记录超过允许的 ${String(most)} 条（原有 ${String(had)} 条，已到 ${String(deleted)} 条），本批未写入任何数据；如确属实，请调高 sweep.safetyShare 后再运行。`,
    ),
} as const;

export type SourceRefusalCode = keyof typeof SOURCE_REFUSALS;

/** A source that cannot be read at all. The message is English; `chinese` says the same to who delivers. */
export class SourceRefused<Code extends SourceRefusalCode = SourceRefusalCode> extends Error {
  override readonly name = 'SourceRefused';
  readonly code: Code;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly chinese: string;

  constructor(code: Code, ...parameters: Parameters<(typeof SOURCE_REFUSALS)[Code]>) {
    const inWords: (parameters: never) => Words = SOURCE_REFUSALS[code];
    const { english, chinese } = inWords((parameters[0] ?? {}) as never);
    super(english);
    this.code = code;
    this.parameters = parameters[0] ?? {};
    this.chinese = chinese;
  }
}
