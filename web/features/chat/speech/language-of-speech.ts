/** A language with a region, which browsers want for speech. */
export function languageOfSpeech(locale: string, wanted: readonly string[]): string {
  if (locale.includes('-')) return locale;
  const regional = wanted.find((each) => each.startsWith(`${locale}-`));
  return regional ?? { en: 'en-US', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' }[locale] ?? locale;
}
