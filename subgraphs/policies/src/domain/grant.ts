/** Where a grant stands [免申即享的各环节]. */
export const GRANT_STATUSES = ['IDENTIFIED', 'NOTIFIED', 'CONFIRMED', 'PUBLICISED', 'APPROVED', 'PAYING', 'PAID', 'RETURNED', 'CLOSED', 'WITHDRAWN'] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];
