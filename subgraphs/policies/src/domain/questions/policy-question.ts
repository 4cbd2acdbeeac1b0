import { unshownIn } from '../format/readable-text.js';
import { said, type Said } from '../refusal-words.js';

/** Where a question about a policy stands [政策问答]. */
export type QuestionStatus = 'OPEN' | 'ANSWERED' | 'DECLINED';

/** What an officer can do with a question. An answered one is answered again to correct the answer. */
export type QuestionMove = 'ANSWER' | 'CORRECT' | 'DECLINE' | 'PUBLISH';

/** Questions of one enterprise that wait for an answer, at most. */
export const MOST_OPEN_QUESTIONS = 5;

/** Length of a text in characters, both bounds included. */
export interface TextLimits {
  readonly least: number;
  readonly most: number;
}

export const QUESTION_TEXT: TextLimits = { least: 5, most: 1_000 };
export const ANSWER_TEXT: TextLimits = { least: 2, most: 2_000 };

/** Why a trimmed text cannot be used in a field, or null. */
export function textProblem(field: string, text: string, { least, most }: TextLimits): Said | null {
  const length = [...text].length;
  if (length < least || length > most) return said('TEXT_OF_OTHER_LENGTH', { field, length, least, most });
  return unshownIn(field, text);
}

/** What can be done with a question as it stands. */
export function legalQuestionMoves(status: QuestionStatus): readonly QuestionMove[] {
  switch (status) {
    case 'OPEN':
      return ['ANSWER', 'DECLINE'];
    case 'ANSWERED':
      return ['CORRECT', 'PUBLISH'];
    case 'DECLINED':
      return [];
  }
}

/** A question with everything that was said about it. */
export interface QuestionFacts {
  readonly id: string;
  readonly policyId: string;
  readonly department: string;
  readonly uscc: string;
  readonly text: string;
  readonly answer: string | null;
  readonly declinedBecause: string | null;
  readonly status: QuestionStatus;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
  /** Reviewed texts for everybody; null while it is not published. */
  readonly published: {
    readonly question: string;
    readonly answer: string;
    readonly at: Date;
    readonly by: string;
  } | null;
  readonly version: number;
}

/** A question as one caller sees it. Whoever sees only what is published learns nothing about the enterprise. */
export interface QuestionView {
  readonly id: string;
  readonly policyId: string;
  readonly question: string;
  readonly answer: string | null;
  readonly declinedBecause: string | null;
  readonly status: QuestionStatus;
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
  readonly publicQuestion: string | null;
  readonly publicAnswer: string | null;
  readonly publishedAt: Date | null;
  /** Null for whoever sees only what is published, as is the version. */
  readonly uscc: string | null;
  readonly version: number | null;
}

/** Whose questions a caller sees in full, beside all that are published. */
export type QuestionsSeen =
  | { readonly kind: 'all' }
  | { readonly kind: 'department'; readonly department: string }
  | { readonly kind: 'enterprise'; readonly uscc: string }
  | { readonly kind: 'published' };

const seesAllOf = (seen: QuestionsSeen, { department, uscc }: Pick<QuestionFacts, 'department' | 'uscc'>): boolean =>
  seen.kind === 'all' ||
  (seen.kind === 'department' && seen.department === department) ||
  (seen.kind === 'enterprise' && seen.uscc === uscc);

/** The question as the caller sees it; null when it is not for the caller. */
export function questionView(question: QuestionFacts, seen: QuestionsSeen): QuestionView | null {
  const { id, policyId, status, askedAt, answeredAt, published } = question;
  const base = {
    id,
    policyId,
    status,
    askedAt,
    answeredAt,
    publicQuestion: published?.question ?? null,
    publicAnswer: published?.answer ?? null,
    publishedAt: published?.at ?? null,
  };
  if (seesAllOf(seen, question))
    return {
      ...base,
      question: question.text,
      answer: question.answer,
      declinedBecause: question.declinedBecause,
      uscc: question.uscc,
      version: question.version,
    };
  return published === null
    ? null
    : {
        ...base,
        question: published.question,
        answer: published.answer,
        declinedBecause: null,
        uscc: null,
        version: null,
      };
}
