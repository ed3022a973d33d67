import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { assetDirectory } from '../reader-assets.ts';
import type { OcrLanguage } from './guess-language.ts';

/** The part of tesseract.js-core (Tesseract 5 as WebAssembly) that we use. It reads PNG, JPEG, TIFF, BMP, WebP and PNM. */
interface TesseractCore {
  FS: { writeFile(path: string, bytes: Uint8Array): void };
  TessBaseAPI: new () => {
    /** 0 when it worked. Of the modes, 1 is the neural network alone. */
    Init(directory: string, language: string, mode: number): number;
    /** Takes /input, turned as the orientation of EXIF says (1 to 8) and by an angle in radians. 0 when it worked. */
    SetImageFile(orientation: number, angle: number): number;
    Recognize(monitor: null): number;
    GetTSVText(page: number): string;
    MeanTextConf(): number;
  };
}

export interface RecognisedWords {
  /** Tab-separated: a line per word with its place, see `wordsOf`. */
  table: string;
  /** Percent. */
  confidence: number;
}

const unzip = promisify(gunzip);
const coreFile = 'tesseract-core-simd-lstm.js';
const neuralNetwork = 1;

/** Starts Tesseract in this thread; what it does blocks the thread, and ends with it. */
export async function startTesseract() {
  const directory = assetDirectory('tesseract');
  const createCore = createRequire(import.meta.url)(join(directory, coreFile)) as () => Promise<TesseractCore>;
  const core = await createCore();
  const api = new core.TessBaseAPI();
  const loaded = new Set<OcrLanguage>();
  let current: OcrLanguage | undefined;

  async function use(language: OcrLanguage): Promise<void> {
    if (language === current) return;
    if (!loaded.has(language)) {
      const file = join(assetDirectory(language), `${language}.traineddata.gz`);
      core.FS.writeFile(`/${language}.traineddata`, await unzip(await readFile(file)));
      loaded.add(language);
    }
    if (api.Init('/', language, neuralNetwork) !== 0)
      throw new Error(`Tesseract does not take its data of ${language}.`);
    current = language;
  }

  return {
    /** @throws Error when the picture cannot be decoded */
    async recognise(picture: Uint8Array, language: OcrLanguage, orientation: number): Promise<RecognisedWords> {
      await use(language);
      core.FS.writeFile('/input', picture);
      if (api.SetImageFile(orientation, 0) !== 0) throw new Error('The picture cannot be decoded.');
      if (api.Recognize(null) !== 0) throw new Error('The picture cannot be read.');
      return { table: api.GetTSVText(0), confidence: api.MeanTextConf() };
    },
  };
}

export type Tesseract = Awaited<ReturnType<typeof startTesseract>>;
