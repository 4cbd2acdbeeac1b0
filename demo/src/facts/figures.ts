import type { DesignatedSizeList } from '../designated-size.js';
import type { IndustryUse } from '../industries.js';
import type { RandomStream } from '../random.js';
import { scaleClassOf } from '../scale.js';
import type { ScaleFigures } from '../scale.js';
import type { Scale } from '../types.js';

/** An enterprise's size in one year. Money is whole yuan. */
export interface YearFigures extends ScaleFigures {
  readonly year: number;
}

/**
 * Typical revenue of one employee in yuan and assets for one yuan of revenue, by section; orders of magnitude, not
 * statistics.
 */
const ECONOMY: Readonly<Record<string, readonly [revenuePerHead: number, assetsPerYuan: number]>> = {
  A: [160_000, 1.4],
  B: [600_000, 1.3],
  C: [700_000, 0.9],
  D: [900_000, 2.6],
  E: [480_000, 0.9],
  F: [900_000, 0.5],
  G: [420_000, 0.8],
  H: [160_000, 0.9],
  I: [420_000, 0.8],
  J: [600_000, 3],
  K: [500_000, 2.4],
  L: [300_000, 1.2],
  M: [380_000, 0.9],
  N: [320_000, 1.8],
  O: [130_000, 0.5],
  P: [150_000, 0.6],
  Q: [240_000, 0.9],
  R: [180_000, 1.1],
  S: [150_000, 0.6],
};

export interface FiguresRequest {
  readonly industryCode: string;
  readonly use: IndustryUse;
  /** The list that the industry belongs to; null when there is none. */
  readonly list: DesignatedSizeList | null;
  /** The class to aim at for an enterprise above designated size. */
  readonly aim: Scale;
  /** Newest year first. */
  readonly years: readonly number[];
  /** How many of the newest years an enterprise above designated size has been on its list. */
  readonly yearsOnList: number;
}

/**
 * Draws an enterprise's figures, newest year first. One above designated size reaches its list's revenue bound in the
 * years on the list and misses it before; one below stays under the bound in every year.
 */
export function drawFigures(random: RandomStream, request: FiguresRequest): YearFigures[] {
  const { use, list, years, yearsOnList } = request;
  const newest = use === 'aboveSize' ? drawAboveSize(random, request) : drawBelowSize(random, request);
  let { employees, revenueYuan, assetsYuan } = newest;
  const bound = list?.leastRevenueYuan ?? 0;
  // One that joined the list lately has just passed the bound, so that the year before is not a leap.
  if (use === 'aboveSize' && yearsOnList < years.length && bound > 0)
    revenueYuan = Math.min(revenueYuan, bound * (1.03 + 0.35 * random.fraction()));
  return years.map((year, back) => {
    if (back > 0) {
      const growth = 1 + Math.max(-0.4, random.normal(0.08, 0.16));
      revenueYuan = revenueYuan / growth;
      employees = Math.max(1, Math.round(employees / (1 + (growth - 1) * 0.4)));
      assetsYuan = assetsYuan / (1 + (growth - 1) * 0.6);
    }
    if (bound > 0) {
      if (use === 'aboveSize' && back < yearsOnList) revenueYuan = Math.max(revenueYuan, bound * 1.02);
      else if (revenueYuan >= bound) revenueYuan = bound * (0.7 + 0.25 * random.fraction());
    }
    return { year, employees, revenueYuan: round(revenueYuan), assetsYuan: round(assetsYuan) };
  });
}

function drawAboveSize(random: RandomStream, { industryCode, list, aim }: FiguresRequest): ScaleFigures {
  const { bounds } = scaleClassOf(industryCode);
  const [perHead, perYuan] = economyOf(industryCode);
  const [leastHeads, mostHeads] = band(bounds.employees, aim, 1);
  const [leastRevenue, mostRevenue] = band(bounds.revenueYuan, aim, list?.leastRevenueYuan ?? 0);
  const [leastAssets, mostAssets] = band(bounds.assetsYuan, aim, 0);
  const noise = Math.exp(random.normal(0, 0.35));
  let employees: number;
  let revenueYuan: number;
  if (bounds.employees) {
    employees = logUniform(random, leastHeads, mostHeads);
    revenueYuan = clamp(employees * perHead * noise, leastRevenue * (1.02 + random.fraction()), mostRevenue);
  } else {
    revenueYuan = logUniform(random, Math.max(leastRevenue, 3_000_000), mostRevenue);
    employees = revenueYuan / (perHead * noise);
  }
  const assetsYuan = clamp(revenueYuan * perYuan * Math.exp(random.normal(0, 0.4)), leastAssets * 1.02, mostAssets);
  return { employees: Math.max(2, Math.ceil(employees)), revenueYuan, assetsYuan };
}

function drawBelowSize(random: RandomStream, { industryCode, use }: FiguresRequest): ScaleFigures {
  const [perHead, perYuan] = economyOf(industryCode);
  const [typicalHeads, mostHeads, share] =
    use === 'individuals' ? [2, 18, 0.3] : use === 'cooperatives' ? [9, 60, 0.7] : [7, 180, 0.6];
  const employees = Math.round(clamp(typicalHeads * Math.exp(random.normal(0, 0.75)), 1, mostHeads));
  const revenueYuan = Math.max(12_000, employees * perHead * share * Math.exp(random.normal(-0.1, 0.7)));
  return { employees, revenueYuan, assetsYuan: revenueYuan * perYuan * Math.exp(random.normal(0, 0.6)) };
}

/** Lower and upper bound of one indicator for a class, the upper one open when another bound already passed it. */
function band(bounds: readonly [number, number, number] | undefined, aim: Scale, least: number): [number, number] {
  const [large, medium, small] = bounds ?? [0, 0, 0];
  if (!bounds) return [least, Number.MAX_SAFE_INTEGER];
  const lower = Math.max(least, aim === 'LARGE' ? large : aim === 'MEDIUM' ? medium : aim === 'SMALL' ? small : 0);
  const upper = aim === 'LARGE' ? large * 5 : aim === 'MEDIUM' ? large : aim === 'SMALL' ? medium : small;
  return [lower, upper * 0.99 > lower ? upper * 0.99 : lower * 8];
}

function economyOf(industryCode: string): readonly [number, number] {
  const economy = ECONOMY[industryCode.charAt(0)];
  if (!economy) throw new RangeError(`No economy for industry "${industryCode}".`);
  return economy;
}

const logUniform = (random: RandomStream, min: number, max: number): number =>
  Math.exp(Math.log(min) + random.fraction() * Math.log(max / min));
const clamp = (value: number, min: number, max: number): number => Math.min(Math.max(value, min), Math.max(min, max));
/** Whole hundreds of yuan, as reports give them. */
const round = (yuan: number): number => Math.round(yuan / 100) * 100;
