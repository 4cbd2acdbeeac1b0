import type { Target } from '@zhitong/connect';
import { commitmentTarget } from './commitment-target.js';
import { creditRecordTarget } from './credit-record-target.js';
import { paymentTarget } from './payment-target.js';
import type { TargetTools } from './target-parts.js';

/** The kinds of records that the department takes from connectors. */
export const connectorTargets = (tools: TargetTools): readonly Target[] => [
  commitmentTarget(tools),
  paymentTarget(tools),
  creditRecordTarget(tools),
];
