interface Refusal {
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** Every refusal has a reason for programs, and words in English and in Chinese whose parameters are filled in. */
export function expectWords(refusal: Refusal | null | undefined): void {
  if (!refusal) return;
  const { reason, zh } = refusal.details ?? {};
  expect([refusal.message, reason]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/^[A-Z_]+$/)]);
  expect([refusal.message, zh]).toEqual([refusal.message, expect.stringMatching(/^[^{}]*[\u4e00-\u9fff][^{}]*$/u)]);
}
