import { analysedLanguage, noLanguage } from '../analysis/languages.ts';

const sampleCharacters = 2_000;
const fewestLetters = 12;

/** The language under which a document is analysed, by its beginning and its middle. */
export async function recogniseLanguage(texts: string[]): Promise<string> {
  const { eld } = await import('eld/extrasmall');
  const middle = texts.slice(Math.floor(texts.length / 2));
  const sample = `${beginning(texts)}\n${beginning(middle)}`;
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < fewestLetters) return noLanguage;
  return analysedLanguage(eld.detect(sample).language);
}

function beginning(texts: string[]): string {
  let sample = '';
  for (const text of texts) {
    sample += `${text.slice(0, sampleCharacters)}\n`;
    if (sample.length >= sampleCharacters) break;
  }
  return sample.slice(0, sampleCharacters);
}
