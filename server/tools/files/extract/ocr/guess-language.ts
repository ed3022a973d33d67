/** Languages whose letters can be recognised, by Tesseract's names, each with the words that are most frequent in it. */
const frequentWords = {
  eng: 'the and of to in is for that with be are this by or on as not at from shall',
  deu: 'der die das und ist nicht mit von den des im zu ein eine auf werden bei wird dem oder sie',
  fra: 'le la les des et est du une dans pour que qui par sur pas au avec vous aux ce',
  spa: 'el los las del que por con una para se es su al lo como más este sus no',
  ita: 'il di che del della per un una con non sono dei nel si le gli alla da come',
  nld: 'het een van en is op te dat voor met niet zijn aan door bij of worden deze',
  por: 'do da que em um uma os com para não por dos das se ao na no mais pela',
} as const;

export type OcrLanguage = keyof typeof frequentWords;

/** The language of a text in which letters may be wrong; English where nothing speaks for another. */
export function guessLanguage(text: string): OcrLanguage {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  let best: { language: OcrLanguage; count: number } = { language: 'eng', count: 0 };
  for (const [language, list] of Object.entries(frequentWords) as [OcrLanguage, string][]) {
    const known = new Set(list.split(' '));
    const count = words.filter((word) => known.has(word)).length;
    if (count > best.count) best = { language, count };
  }
  return best.count >= 3 ? best.language : 'eng';
}
