// Figures and tables in Markdown.

/** With as many digits as are worth reading. */
export const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
/** The median with (smallest–largest). */
export const spreadText = ({ median, min, max }, scale = 1) =>
  `${number(median * scale)} (${number(min * scale)}–${number(max * scale)})`;
/** A table of texts. */
export const table = (head, rows) =>
  [
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');
