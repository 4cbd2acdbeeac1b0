/** A decimal number as text, also as JavaScript writes very large and very small ones. */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/;
/** Denominators are reduced once they are this long, which decimals added and multiplied seldom become. */
const LONG = 10n ** 40n;
const TEN = 10n;
/** Digits behind the point that a number without an end is written with. */
const WRITTEN_DIGITS = 40;

/** How a number becomes a whole one: towards zero, to the nearest (halves away from zero), away from zero. */
export type RoundingMode = 'DOWN' | 'HALF_UP' | 'UP';

class Fraction {
  private constructor(
    private readonly numerator: bigint,
    /** Above zero. */
    private readonly denominator: bigint,
  ) {}

  /** @throws RangeError for a text that is no decimal number, and for NaN and Infinity */
  static of(value: number | bigint | string): Fraction {
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value)))
      return new Fraction(BigInt(value), 1n);
    const match = DECIMAL.exec(String(value));
    if (match === null) throw new RangeError(`${JSON.stringify(String(value))} is not a decimal number`);
    const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
    const digits = BigInt(`${sign}${whole}${fraction}`);
    const power = Number(exponent) - fraction.length;
    return power >= 0 ? new Fraction(digits * TEN ** BigInt(power), 1n) : new Fraction(digits, TEN ** BigInt(-power));
  }

  /** In lowest terms where the denominator has become long. */
  static #reduced(numerator: bigint, denominator: bigint): Fraction {
    const divisor = denominator > LONG ? greatestCommonDivisor(numerator, denominator) : 1n;
    return new Fraction(numerator / divisor, denominator / divisor);
  }

  plus(other: Fraction): Fraction {
    if (this.denominator === other.denominator) return new Fraction(this.numerator + other.numerator, this.denominator);
    return Fraction.#reduced(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Fraction): Fraction {
    return this.plus(other.negated());
  }

  times(other: Fraction): Fraction {
    return Fraction.#reduced(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws RangeError for a division by zero */
  dividedBy(other: Fraction): Fraction {
    if (other.numerator === 0n) throw new RangeError('a number cannot be divided by zero');
    const [numerator, denominator] = [this.numerator * other.denominator, this.denominator * other.numerator];
    return denominator < 0n ? Fraction.#reduced(-numerator, -denominator) : Fraction.#reduced(numerator, denominator);
  }

  negated(): Fraction {
    return new Fraction(-this.numerator, this.denominator);
  }

  abs(): Fraction {
    return this.numerator < 0n ? this.negated() : this;
  }

  isZero(): boolean {
    return this.numerator === 0n;
  }

  /** Below zero, zero or above it, as this number is less than, equal to or greater than the other. */
  comparedTo(other: Fraction): number {
    const [mine, theirs] = [this.numerator * other.denominator, other.numerator * this.denominator];
    return mine < theirs ? -1 : Number(mine > theirs);
  }

  greaterThan(other: Fraction): boolean {
    return this.comparedTo(other) > 0;
  }

  /** The greatest whole number that is not above this one. */
  floor(): Fraction {
    const whole = this.#towardsZero();
    return new Fraction(this.numerator < 0n && !this.#isWhole() ? whole - 1n : whole, 1n);
  }

  /** The least whole number that is not below this one. */
  ceil(): Fraction {
    return this.negated().floor().negated();
  }

  /** A whole number. */
  rounded(mode: RoundingMode): Fraction {
    const whole = this.#towardsZero();
    if (mode === 'DOWN' || this.#isWhole()) return new Fraction(whole, 1n);
    const rest = (this.numerator < 0n ? -this.numerator : this.numerator) % this.denominator;
    const away = mode === 'UP' || rest * 2n >= this.denominator;
    return new Fraction(away ? whole + (this.numerator < 0n ? -1n : 1n) : whole, 1n);
  }

  /** The whole number that this is; above what a number can hold exactly it is the nearest one. */
  toNumber(): number {
    return Number(this.#towardsZero());
  }

  /**
   * In decimals; a number whose decimals have no end is cut behind the fortieth.
   */
  toFixed(): string {
    const sign = this.numerator < 0n ? '-' : '';
    const size = this.numerator < 0n ? -this.numerator : this.numerator;
    let rest = size % this.denominator;
    let fraction = '';
    while (rest !== 0n && fraction.length < WRITTEN_DIGITS) {
      rest *= TEN;
      fraction += String(rest / this.denominator);
      rest %= this.denominator;
    }
    return `${sign}${String(size / this.denominator)}${fraction === '' ? '' : `.${fraction}`}`;
  }

  /** Number of digits before the point. */
  wholeDigits(): number {
    return String(this.#towardsZero()).replace('-', '').length;
  }

  #isWhole(): boolean {
    return this.numerator % this.denominator === 0n;
  }

  #towardsZero(): bigint {
    return this.numerator / this.denominator;
  }
}

/**
 * An exact number: a fraction of whole numbers of any size. Nothing is ever cut or rounded unless it is asked for, so a
 * third of one, three times, is one, and a threshold that is met exactly is met.
 */
export type Rational = Fraction;

/**
 * The number that is written so in decimals; of a JavaScript number the decimals that it is shown with.
 * @throws RangeError for a text that is no decimal number, and for NaN and Infinity
 * @example rational('0.1').plus(rational(0.2)).toFixed() //=> '0.3'
 * @example rational(1).dividedBy(rational(3)).times(rational(3)).toFixed() //=> '1'
 * @example rational('-2.5').rounded('HALF_UP').toFixed() //=> '-3'
 */
export const rational = (value: number | bigint | string): Rational => Fraction.of(value);

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [larger, smaller] = [one < 0n ? -one : one, other];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}
