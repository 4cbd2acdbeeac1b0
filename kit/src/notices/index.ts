export { LATEST_NOTICE_FIRST, NOTICE_INDEXES, noticeBox, type Notice, type NoticeBox } from './notice-box.js';
export { noticeConnection, noticeIdsArgument } from './notice-list.js';
export { noticeDays, purgeJob, purgeNotices } from './purge-notices.js';
