export { compileMapping, keyReader, naturalKey, type TargetShape } from './compile.js';
export type { MappingFault } from './faults.js';
export { secrecyOf } from './secrecy.js';
export { loadMapping, secondsOf, type LoadedMapping } from './load.js';
export { UNKNOWN_TEXTS, type Contract, type FieldMapping, type Mapping, type Watermark } from './mapping.js';
export { MAPPING_SCHEMA_FILE } from './schema.js';
export {
  differenceText,
  driftOf,
  shapesOf,
  type Difference,
  type Drift,
  type Effect,
  type SeenColumns,
  type Shape,
} from './drift.js';
export { holdsIdentityNumber, withNumbersHidden } from './readers/shown.js';
export { guessMapping, type GuessInput } from './guess.js';
