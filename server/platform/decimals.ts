/** A decimal without zeros that say nothing. */
export function plainDecimal(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const rest = fraction.replace(/0+$/, '');
  return `${whole.replace(/^0+(?=\d)/, '')}${rest && `.${rest}`}`;
}

/** Ten digits after the point at most, never an exponent, for a number that is not below 0. */
export function decimalOf(number: number): string {
  return plainDecimal(number < 1e21 ? number.toFixed(10) : BigInt(number).toString());
}
