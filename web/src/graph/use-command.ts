import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { problemOf, problemsOf, type Problem, type StatedRefusal } from './problems.js';

/** What every mutation of the graph answers: its result, or why nothing was changed. */
export interface RefusablePayload {
  readonly refusal?: StatedRefusal | null;
}

/** A mutation whose one root field is called `change`, with one variable `input`. */
export type CommandDocument<Payload extends RefusablePayload> = TypedDocumentNode<
  { readonly change?: Payload | null },
  never
>;

/** One command to the graph, as a component gives it. */
export interface Command<Payload extends RefusablePayload> {
  readonly isRunning: boolean;
  /** Why the last try changed nothing, as far as is known. */
  readonly problem: Problem | undefined;
  /** Tries it; undefined when it was not acknowledged as done. A second call while one runs does nothing. */
  readonly run: (input: Readonly<Record<string, unknown>>) => Promise<Payload | undefined>;
}

/**
 * Lets a component give one command to the graph. The idempotency key stays the same until the graph has acknowledged
 * this very input or refused it, so that pressing twice, or again after a broken connection, acts once.
 */
export function useCommand<Payload extends RefusablePayload>(document: CommandDocument<Payload>): Command<Payload> {
  const client = useClient();
  const pending = useRef<{ text: string; key: string } | undefined>(undefined);
  const running = useRef(false);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>();

  const run: Command<Payload>['run'] = async (input) => {
    if (running.current) return undefined;
    running.current = true;
    setRunning(true);
    setProblem(undefined);
    const text = JSON.stringify(input);
    if (pending.current?.text !== text) pending.current = { text, key: crypto.randomUUID() };
    try {
      const variables = { input: { ...input, idempotencyKey: pending.current.key } };
      const { data, error } = await client.mutation<{ change?: Payload | null }>(document, variables).toPromise();
      const [problem] = problemsOf(error);
      if (problem?.code !== 'NO_ANSWER') pending.current = undefined;
      const payload = data?.change;
      if (problem !== undefined || payload == null) {
        setProblem(problem);
        return undefined;
      }
      if (payload.refusal == null) return payload;
      setProblem(problemOf(payload.refusal));
      return undefined;
    } finally {
      running.current = false;
      setRunning(false);
    }
  };
  return { isRunning, problem, run };
}
