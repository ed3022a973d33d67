import { romanNumber } from './roman-number.ts';

/** How an automatic number is written, by the names that Word uses. (ECMA-376 part 1, 17.18.59.) */
export function numberText(format: string | undefined, number: number): string {
  return (formats[format ?? 'decimal'] ?? String)(number);
}

const chineseDigits = '〇一二三四五六七八九';

const formats: Record<string, (number: number) => string> = {
  decimal: String,
  decimalZero: (number) => String(number).padStart(2, '0'),
  decimalFullWidth: (number) =>
    [...String(number)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(''),
  decimalEnclosedCircle: (number) =>
    number >= 1 && number <= 20 ? String.fromCodePoint(0x245f + number) : String(number),
  decimalEnclosedCircleChinese: (number) =>
    number >= 1 && number <= 20 ? String.fromCodePoint(0x245f + number) : String(number),
  decimalEnclosedParen: (number) => `(${number})`,
  decimalEnclosedFullstop: (number) => `${number}.`,
  numberInDash: (number) => `- ${number} -`,
  lowerLetter: (number) => letters(number, 'abcdefghijklmnopqrstuvwxyz'),
  upperLetter: (number) => letters(number, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'),
  russianLower: (number) => letters(number, 'абвгдежзиклмнопрстуфхцчшщыэюя'),
  russianUpper: (number) => letters(number, 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ'),
  lowerRoman: (number) => roman(number).toLowerCase(),
  upperRoman: roman,
  ordinal,
  chineseCounting: chinese,
  chineseCountingThousand: chinese,
  chineseLegalSimplified: chinese,
  taiwaneseCounting: chinese,
  taiwaneseCountingThousand: chinese,
  japaneseCounting: chinese,
  koreanCounting: chinese,
  ideographDigital: (number) => [...String(number)].map((digit) => chineseDigits[Number(digit)]).join(''),
  japaneseDigitalTenThousand: (number) => [...String(number)].map((digit) => chineseDigits[Number(digit)]).join(''),
  ideographTraditional: (number) => letters(number, '甲乙丙丁戊己庚辛壬癸'),
  ideographZodiac: (number) => letters(number, '子丑寅卯辰巳午未申酉戌亥'),
  aiueo: (number) =>
    letters(number, 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'),
  aiueoFullWidth: (number) =>
    letters(number, 'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン'),
  iroha: (number) =>
    letters(number, 'イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス'),
  ganada: (number) => letters(number, '가나다라마바사아자차카타파하'),
  chosung: (number) => letters(number, 'ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ'),
  none: () => '',
};

/** a … z, then aa, bb, as Word counts. */
function letters(number: number, alphabet: string): string {
  const characters = [...alphabet];
  if (number < 1) return '';
  const repeats = Math.min(20, Math.floor((number - 1) / characters.length) + 1);
  return (characters[(number - 1) % characters.length] ?? '').repeat(repeats);
}

function roman(number: number): string {
  return number < 1 || number > 4999 ? String(number) : romanNumber(number);
}

function ordinal(number: number): string {
  const endings = ['th', 'st', 'nd', 'rd'];
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${(isTeen ? undefined : endings[number % 10]) ?? 'th'}`;
}

function chinese(number: number): string {
  if (number < 0 || number > 99) return String(number);
  const [tens, ones] = [Math.floor(number / 10), number % 10];
  const one = ones === 0 && tens > 0 ? '' : (chineseDigits[ones] ?? '');
  if (tens === 0) return one;
  return `${tens === 1 ? '' : (chineseDigits[tens] ?? '')}十${one}`;
}

/** Numbers the paragraphs of a drawing's shape. (ECMA-376 part 1, 21.1.2.4.1.) */
export function createNumbering() {
  let counts: number[] = [];
  return {
    next(level: number, { type = 'arabicPeriod', startAt = '1' }: Record<string, string>): string {
      counts = counts.slice(0, level + 1);
      const number = (counts[level] ?? Number(startAt) - 1) + 1;
      counts[level] = number;
      const text = numberText(drawingFormat(type), number);
      if (type.endsWith('ParenBoth')) return `(${text}) `;
      if (type.endsWith('ParenR')) return `${text}) `;
      return `${text}${type.endsWith('Plain') ? '' : '.'} `;
    },
    skip(level: number, label: string): string {
      counts = counts.slice(0, level);
      return label;
    },
  };
}

function drawingFormat(type: string): string {
  if (type.startsWith('alphaLc')) return 'lowerLetter';
  if (type.startsWith('alphaUc')) return 'upperLetter';
  if (type.startsWith('romanLc')) return 'lowerRoman';
  if (type.startsWith('romanUc')) return 'upperRoman';
  if (/^ea1(Chs|Cht|Jpn)/.test(type)) return 'chineseCounting';
  if (type.startsWith('circleNum')) return 'decimalEnclosedCircle';
  return 'decimal';
}
