/**
 * Built-in number formats that depend on the language of Excel (ECMA-376 part 1, 18.8.30). A workbook does not say which language
 * that was; the character set of its fonts does.
 */
export type FormatLanguage = 'zh-CN' | 'zh-TW' | 'ja' | 'ko' | 'th';

/** The character sets of fonts (`<charset val="134"/>`). */
export const languagesOfCharsets: Record<string, FormatLanguage> = {
  '128': 'ja',
  '129': 'ko',
  '134': 'zh-CN',
  '136': 'zh-TW',
  '222': 'th',
};

const chinese = {
  month: 'yyyy"年"m"月"',
  day: 'm"月"d"日"',
  time: 'AM/PM h"时"mm"分"',
  seconds: 'AM/PM h"时"mm"分"ss"秒"',
};
const taiwanese = {
  short: '[$-404]e/m/d',
  long: '[$-404]e"年"m"月"d"日"',
  time: 'AM/PM hh"時"mm"分"',
  seconds: 'AM/PM hh"時"mm"分"ss"秒"',
};
const japanese = {
  short: '[$-411]ge.m.d',
  long: '[$-411]ggge"年"m"月"d"日"',
  month: 'yyyy"年"m"月"',
  day: 'm"月"d"日"',
};
const korean = { long: 'yyyy"年" mm"月" dd"日"', short: 'yyyy-mm-dd', day: 'mm-dd' };

/** Formats 27 to 36, then 50 to 58. */
const byLanguage: Record<Exclude<FormatLanguage, 'th'>, string[]> = {
  'zh-CN': [
    ...[chinese.month, chinese.day, chinese.day, 'm-d-yy', 'yyyy"年"m"月"d"日"', 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'],
    ...[
      chinese.time,
      chinese.seconds,
      chinese.month,
      chinese.month,
      chinese.day,
      chinese.month,
      chinese.day,
      chinese.day,
    ],
    ...[chinese.time, chinese.seconds, chinese.month, chinese.day],
  ],
  'zh-TW': [
    ...[taiwanese.short, taiwanese.long, taiwanese.long, 'm/d/yy', 'yyyy"年"m"月"d"日"', 'hh"時"mm"分"'],
    ...['hh"時"mm"分"ss"秒"', taiwanese.time, taiwanese.seconds, taiwanese.short, taiwanese.short, taiwanese.long],
    ...[
      taiwanese.time,
      taiwanese.seconds,
      taiwanese.long,
      taiwanese.time,
      taiwanese.seconds,
      taiwanese.short,
      taiwanese.long,
    ],
  ],
  ja: [
    ...[
      japanese.short,
      japanese.long,
      japanese.long,
      'm/d/yy',
      'yyyy"年"m"月"d"日"',
      'h"時"mm"分"',
      'h"時"mm"分"ss"秒"',
    ],
    ...[japanese.month, japanese.day, japanese.short, japanese.short, japanese.long, japanese.month, japanese.day],
    ...[japanese.long, japanese.month, japanese.day, japanese.short, japanese.long],
  ],
  ko: [
    ...[
      korean.long,
      korean.day,
      korean.day,
      'mm-dd-yy',
      'yyyy"년" mm"월" dd"일"',
      'h"시" mm"분"',
      'h"시" mm"분" ss"초"',
    ],
    ...[korean.short, korean.short, korean.long, korean.long, korean.day, korean.short, korean.short, korean.day],
    ...[korean.short, korean.short, korean.long, korean.day],
  ],
};

const thai: Record<number, string> = {
  59: '0',
  60: '0.00',
  61: '#,##0',
  62: '#,##0.00',
  67: '0%',
  68: '0.00%',
  69: '# ?/?',
  70: '# ??/??',
  71: 'd/m/bbbb',
  72: 'd-mmm-yy',
  73: 'd-mmm',
  74: 'mmm-yy',
  75: 'h:mm',
  76: 'h:mm:ss',
  77: 'd/m/bbbb h:mm',
  78: 'mm:ss',
  79: '[h]:mm:ss',
  80: 'mm:ss.0',
  81: 'd/m/bb',
};

/** Shows any date or time, where the language is not known. */
export const anyDateOrTime = 'any';

export function eastAsianFormat(id: number, language: FormatLanguage | undefined): string | undefined {
  if (id >= 59) return thai[id];
  const index = id >= 27 && id <= 36 ? id - 27 : id >= 50 && id <= 58 ? id - 40 : -1;
  if (index < 0) return undefined;
  return language && language !== 'th' ? byLanguage[language][index] : anyDateOrTime;
}
