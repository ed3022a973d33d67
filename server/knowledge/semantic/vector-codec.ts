/** Half floats are exact to three digits, of which comparing needs two. */
export function packVector(vector: Float32Array): Buffer {
  return Buffer.from(Float16Array.from(vector).buffer);
}

export function unpackVector(bytes: Buffer): Float32Array {
  return Float32Array.from(new Float16Array(new Uint8Array(bytes).buffer));
}

/** The sign of each number, as PostgreSQL reads bits. */
export function signBits(vector: Float32Array): string {
  let bits = '';
  for (const value of vector) bits += value > 0 ? '1' : '0';
  return bits;
}

/** The cosine of two vectors of length 1. */
export function similarity(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
