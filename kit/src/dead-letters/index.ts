export {
  deadLetterDesk,
  type DeadLetterConnectionRows,
  type DeadLetterDesk,
  type DeadLetterView,
} from './dead-letter-desk.js';
