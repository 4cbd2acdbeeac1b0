export { byteOrderMark, ENCODING_LABELS, encodingOf, ENCODINGS, strictDecoder, type Encoding } from './encoding.js';
export { examineText, type ExaminedText } from './examine.js';
export { readLines, type LineFault, type LineOptions, type TextLine } from './lines.js';
export { headerText, LOST_CHARACTER, toHalfWidth, visibleText } from './normal.js';
