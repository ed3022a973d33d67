import { decoderOf } from './text-decoder.ts';

const sampleBytes = 64 * 1024;

/**
 * UTF-16 or UTF-32 without a mark, by the first bytes of a text: letters of every language stand beside blanks, line ends or
 * digits, whose other bytes are zero, and hardly a unit is a control character or unassigned.
 */
export function unmarkedWideEncoding(bytes: Buffer): string | undefined {
  const sample = bytes.subarray(0, Math.min(sampleBytes, bytes.length));
  if (!sample.includes(0)) return undefined;
  const zeros = [0, 0, 0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 4] = (zeros[index % 4] ?? 0) + 1;
  });
  const [first = 0, second = 0, third = 0, fourth = 0] = zeros;
  const units = Math.floor(sample.length / 4);
  const candidates = [];
  if (units > 0 && fourth === units && first < units) candidates.push('utf-32le');
  if (units > 0 && first === units && fourth < units) candidates.push('utf-32be');
  const isLittle = second + fourth >= first + third;
  candidates.push(...(isLittle ? ['utf-16le', 'utf-16be'] : ['utf-16be', 'utf-16le']));
  return candidates.find((label) => isText(sample, label));
}

function isText(sample: Buffer, label: string): boolean {
  // A unit at the sample's end may be cut.
  const text = decoderOf(label).write(sample.subarray(0, sample.length - (sample.length % 4)));
  if (sample.length >= 2 && text.length === 0 && sample.length >= 4) return false;
  const whole = text === '' ? decoderOf(label).write(sample) : text;
  const strange =
    whole.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\ufffd\ufffe\uffff\p{Co}\p{Cn}\p{Cs}]/gu)
      ?.length ?? 0;
  const usual = whole.match(/[\s\p{L}\p{N}\p{P}]/gu)?.length ?? 0;
  return whole !== '' && strange <= whole.length * 0.005 && usual >= whole.length * 0.7;
}
