const maxCharacters = 8_000;

const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
];
const latin = 0;
const greek = 2;
/** Of the West; other letters of the Latin script are rarer. */
const usualLetters = new Set('äöüÄÖÜßéèêëàâáãçñóòôõíìîïúùûøåæœšžÉ');
/** Of Icelandic; in texts of others they come from a wrong encoding. */
const rareLetters = new Set('ðÐþÞýÝÿ');
const usualSigns = /[\u2500-\u259f§°€£«»„“”’‘–—…ºª½¼¾±²³·•。、！？：；（）「」『』《》【】“”　・％＋－／＝￥]/u;
const signsInWords = /[’‘·\-–]/;

/**
 * From 0.01 to 1: whether what stands beyond ASCII looks like text. Signs within words, scripts that mix within a word, capitals
 * within one and characters that nobody types come from a wrong encoding.
 */
export function plausibilityOf(text: string): number {
  const characters = Array.from(text.slice(0, maxCharacters));
  let counted = 0;
  let faults = 0;
  characters.forEach((character, index) => {
    if (character < '\u0080') return;
    counted += 1;
    faults += faultOf(character, characters[index - 1] ?? ' ', characters[index + 1] ?? ' ');
  });
  return counted === 0 ? 1 : Math.max(0.01, 1 - faults / counted);
}

function faultOf(character: string, before: string, after: string): number {
  if (/[\u0080-\u009f\ufffd\p{Co}\p{Cn}]/u.test(character)) return 3;
  if (!/[\p{L}\p{M}]/u.test(character)) {
    const isInWord = /\p{L}/u.test(before) && /\p{L}/u.test(after) && !signsInWords.test(character);
    if (isInWord) return 1;
    return usualSigns.test(character) ? 0 : 0.3;
  }
  let faults = 0;
  const script = scriptOf(character);
  const mixes = (other: string) => script >= 0 && scriptOf(other) >= 0 && scriptOf(other) !== script;
  if (mixes(before) || mixes(after)) faults += 1;
  if (/\p{Lu}/u.test(character) && /\p{Ll}/u.test(before)) faults += 0.8;
  if (character >= '\uff61' && character <= '\uff9f') faults += 0.7;
  if (script === greek && character === 'ϖ') faults += 0.5;
  if (script !== latin) return faults;
  if (before >= '\u0080' && scriptOf(before) === latin) faults += 0.25;
  if (rareLetters.has(character)) return faults + 0.35;
  return usualLetters.has(character) ? faults : faults + 0.05;
}

function scriptOf(character: string): number {
  return scripts.findIndex((script) => script.test(character));
}
