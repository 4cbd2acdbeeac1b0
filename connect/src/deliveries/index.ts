export { dropFolder, type DropFolder, type DropRound, type TakenFile } from './drop-folder.js';
export { pushRoute, type PushTools } from './push-route.js';
export { pushRoutes } from './push-routes.js';
export { runDelivery, type DeliveredFile, type DeliveryTools } from './run-delivery.js';
export { LOOK_EVERY_MS, watchFolders } from './watch-folders.js';
