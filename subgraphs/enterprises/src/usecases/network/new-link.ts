import { randomUUID } from 'node:crypto';
import type { LegalDay } from '@zhitong/values';
import { placeOf, type Holder } from '../../domain/service-network/roles.js';
import type { LinkBasis, ServiceLinkRecord } from '../../models/network/service-link.js';

/** Makes a link that holds from today on. */
export const newLink = (
  holder: Holder,
  how: { readonly from: LegalDay; readonly basis: LinkBasis; readonly reason: string | null; readonly by: string },
): ServiceLinkRecord => ({
  ...holder,
  ...how,
  id: randomUUID(),
  until: null,
  endReason: null,
  place: placeOf(holder),
});
