import {
  chooseDemoGrants,
  REPORTED,
  type DemoCandidate,
} from '../../../subgraphs/policies/src/demo/choose-demo-grants.js';

const candidates: DemoCandidate[] = Array.from({ length: 600 }, (_, number) => ({
  uscc: `E${String(number % 300)}`,
  policyId: `p${String(number % 7)}`,
  fen: 1_000_00 + ((number * 7_919) % 900) * 1_000_00,
}));

describe('chooseDemoGrants', () => {
  it('comes near the reported sum with the reported number of enterprises, each with one grant', () => {
    const chosen = chooseDemoGrants(candidates);
    expect(new Set(chosen.map(({ uscc }) => uscc)).size).toBe(REPORTED.enterprises);
    const fen = chosen.reduce((sum, candidate) => sum + candidate.fen, 0);
    expect(Math.abs(fen - REPORTED.fen)).toBeLessThan(REPORTED.fen / 100);
    expect(new Set(chosen.map(({ policyId }) => policyId)).size).toBe(7);
  });

  it('chooses the same of the same candidates, in whatever order they come', () => {
    expect(chooseDemoGrants([...candidates].reverse())).toEqual(chooseDemoGrants(candidates));
  });

  it('takes what there is when there is too little', () => {
    expect(chooseDemoGrants(candidates.slice(0, 3))).toHaveLength(3);
  });
});
