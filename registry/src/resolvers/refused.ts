import type { ErrorCode } from '@zhitong/kit';
import { GraphQLError } from 'graphql';
import { RegistryRefusal, type RefusalCode } from '../domain/registry-refusal.js';
import type { CheckReport } from '../domain/report.js';
import type { Publication } from '../models/publication.js';
import type { DraftNote } from '../models/draft.js';

/** Refusals that a payload tells; the others are errors, as everywhere in the city's graph. */
type ToldCode = Exclude<RefusalCode, ErrorCode>;

interface Refused {
  readonly refusal: { readonly code: ToldCode; readonly message: string; readonly messageZh: string };
  readonly report: CheckReport | null;
}

export type PublicationPayloadRecord =
  Refused | { readonly publication: Publication; readonly report: CheckReport; readonly isRepeat: boolean };
export type DraftPayloadRecord = Refused | { readonly draft: DraftNote; readonly report: CheckReport };

const isTold = (code: RefusalCode): code is ToldCode => code === 'CHECK_FAILED' || code === 'OVERTAKEN';

/** What a mutation came to, or why nothing was done. @throws GraphQLError for what the caller may not or cannot ask */
export const orRefused = async <Payload>(work: Promise<Payload>): Promise<Payload | Refused> =>
  work.catch((error: unknown) => {
    if (!(error instanceof RegistryRefusal) || !isTold(error.code)) throw asError(error);
    const { code, message, messageZh, report } = error;
    return { refusal: { code, message, messageZh }, report };
  });

/** What was read. @throws GraphQLError with the registry's code and words */
export const orError = async <Result>(work: Promise<Result>): Promise<Result> =>
  work.catch((error: unknown) => {
    throw asError(error);
  });

const asError = (error: unknown): unknown =>
  error instanceof RegistryRefusal
    ? new GraphQLError(error.message, { extensions: { code: error.code, zh: error.messageZh } })
    : error;
