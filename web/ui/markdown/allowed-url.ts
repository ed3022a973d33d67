const allowedProtocols = new Set(['http:', 'https:', 'mailto:']);

/** Other addresses come out empty, relative ones too: who wrote the text does not know the pages of this app. */
export function allowedUrl(url: string): string {
  try {
    return allowedProtocols.has(new URL(url).protocol) ? url : '';
  } catch {
    return '';
  }
}
