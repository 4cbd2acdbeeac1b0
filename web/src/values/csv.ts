/** A cell that a spreadsheet would take for a formula or a command, in every width, as the hub's files have it. */
const COMMAND = /^\s*[=@+\-＝＠＋－]/;
/** Characters that end a line or steer a program: in a cell they begin a new row, or hide what follows. */
const CONTROLS = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** One cell by RFC 4180: quoted, in one line, without control characters, never a formula; a number stays one. */
function cell(value: string | number): string {
  const text = String(value).replace(CONTROLS, ' ').trim();
  const harmless = COMMAND.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return NUMBER.test(harmless) ? harmless : `"${harmless.replaceAll('"', '""')}"`;
}

/** A table as CSV (RFC 4180) that spreadsheets open as UTF-8: with a byte order mark and CRLF. */
export const csvText = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;
