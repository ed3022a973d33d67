/** Texts of dictating, and of having answers read aloud. */
export const speech = {
  askTitle: 'Dictate with this browser?',
  askCloud:
    'This browser turns speech into text with a service of its maker: what you say, and what else the microphone hears, is sent there. Pinchy neither gets nor keeps the sound.',
  askInstall:
    'It can also do so on this device, once it has loaded a language pack from its maker. Then no sound leaves the device.',
  useCloud: 'Send sound to the browser’s maker',
  install: 'Load the language pack',
  installing: 'Loading the language pack …',
  installFailed: 'The language pack could not be loaded.',
  notNow: 'Not now',
  readTitle: 'Read aloud with this browser?',
  readCloud:
    'This browser has no voice for this language on the device: it sends the text of the answer to a service of the voice’s maker.',
  useReadCloud: 'Send the text to the maker',
  errors: {
    notAllowed: 'The browser may not use the microphone. Allow it in the browser’s settings for this page.',
    noMicrophone: 'No microphone was found.',
    network: 'The browser’s speech service cannot be reached.',
    language: 'The browser cannot understand this language.',
    other: 'Dictation ended unexpectedly.',
    reading: 'The browser could not read this aloud.',
  },
};
