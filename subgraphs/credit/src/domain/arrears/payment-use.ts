/**
 * What the number of a bank receipt or delivery note is used for: an entry of a commitment's ledger, or a payment of a
 * debt.
 */
export type PaymentUse =
  { readonly commitmentId: string; readonly seq: number } | { readonly arrearId: string; readonly no: number };

/** Why a receipt cannot be used once more, with what it is used for. */
export function usedAlready(
  reference: string,
  use: PaymentUse,
): { readonly message: string; readonly details: Readonly<Record<string, string | number>> } {
  return 'arrearId' in use
    ? {
        message: `${reference} is already recorded as payment ${use.no} of the debt ${use.arrearId}`,
        details: { arrear: use.arrearId, payment: use.no },
      }
    : {
        message: `${reference} is already recorded as entry ${use.seq} of commitment ${use.commitmentId}`,
        details: { commitmentId: use.commitmentId, entry: use.seq },
      };
}
