/** Characters of a cell that are kept of a refused row: one that has so many may have had more. */
const KEPT_CHARACTERS = 500;
/** What stands in a refused row in place of a name, a number of a person, or a text that nobody may see. */
const MASK = /\*|\[withheld\]|（身份证号）|（号码）|（电话）|不予显示/;

/**
 * Whether a cell of a refused row, as it is kept, is not all that was given: masked, withheld or cut. Of a column of
 * personal data nothing that is kept is taken for the whole.
 */
export const isWithheld = (text: string, isPersonal: boolean): boolean =>
  text !== '' && (isPersonal || [...text].length >= KEPT_CHARACTERS || MASK.test(text));
