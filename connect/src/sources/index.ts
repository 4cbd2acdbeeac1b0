export { sourceOf, type SourceOfMapping } from './open-source.js';
export type { SourceSurroundings } from './secret.js';
export type { SourceSection } from './source-section.js';
