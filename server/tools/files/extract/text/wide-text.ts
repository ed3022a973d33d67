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
  // The sample's last unit may be cut.
  const unitBytes = label.startsWith('utf-32') ? 4 : 2;
  const text = decoderOf(label).write(sample.subarray(0, sample.length - (sample.length % unitBytes)));
  const strange = text.match(strangeCharacters)?.length ?? 0;
  const usual = text.match(/[\s\p{L}\p{N}\p{P}\p{M}\p{S}]/gu)?.length ?? 0;
  const isTyped = /[\s!-~]/.test(text);
  return isTyped && strange <= text.length * 0.005 && usual >= text.length * 0.95;
}

const strangeCharacters = /(?!\s)[\p{Cc}\p{Co}\p{Cn}\p{Cs}\ufffd]/gu;
