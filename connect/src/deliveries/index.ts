export { dropFolder, type DropFolder, type DropRound, type TakenFile } from './drop-folder.js';
export { runDelivery, type DeliveredFile, type DeliveryTools } from './run-delivery.js';
export { LOOK_EVERY_MS, watchFolders } from './watch-folders.js';
