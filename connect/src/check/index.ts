export { checkMapping, firstRecords, type CheckInput } from './check-mapping.js';
export { guessFile, type GuessFileInput } from './guess-file.js';
