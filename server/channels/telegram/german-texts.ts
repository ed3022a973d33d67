import type { PlaceParts } from '../../../contract/place-parts.ts';
import type { UntakenKind } from './message-words.ts';
import type { commands as englishCommands, TelegramTexts } from './texts.ts';

const minutesOf = (minutes: number) => (minutes === 1 ? 'einer Minute' : `${minutes} Minuten`);

/** Behind “entgegennehmen kann ich … nicht”. */
const untaken: Record<UntakenKind, string> = {
  gif: 'ein GIF',
  voice: 'eine Sprachnachricht',
  audio: 'eine Tondatei',
  video: 'ein Video',
  sticker: 'einen Sticker',
  story: 'eine Story',
  paidMedia: 'bezahlte Medien',
  game: 'ein Spiel',
  invoice: 'eine Rechnung von Telegram',
  unknown: 'eine solche Nachricht',
};

export const texts: TelegramTexts = {
  pair: (code, minutes) =>
    `Hallo! Um hier mit mir zu reden, öffnen Sie Pinchy, gehen Sie zu Einstellungen → Telegram und geben Sie dort innerhalb von ${minutesOf(minutes)} diesen Code ein: <code>${code}</code>`,
  pairLater: (minutes) =>
    `Sie haben zuletzt mehrere Codes bekommen. Schreiben Sie mir in ${minutesOf(minutes)} wieder, dann bekommen Sie einen neuen.`,
  linked:
    'Ihr Telegram-Konto ist verknüpft. Sie sprechen hier mit einer KI, die sich irren kann: Prüfen Sie, worauf es ankommt. Schreiben Sie mir, wann immer Sie wollen; /help zeigt, was ich verstehe.',
  welcome: (agent) =>
    `Hallo! Hier ist ${agent}, eine KI, die sich irren kann: Prüfen Sie, worauf es ankommt. Schreiben Sie mir wie im Browser; es ist dieselbe Unterhaltung.`,
  refused:
    'Hier kann ich Ihnen leider nicht helfen. Fragen Sie einen Admin Ihres Pinchy, wenn Sie meinen, dass ich es sollte.',
  group: 'Ich rede leider nur in privaten Chats. Schreiben Sie mir direkt.',
  begun: 'Eine neue Unterhaltung beginnt. Die frühere bleibt im Browser.',
  stopped: 'Angehalten.',
  idle: 'Es läuft gerade nichts.',
  recording: 'Aufnahmen kann ich leider weder anhören noch ansehen. Ich lese Text, Fotos und Dokumente.',
  untaken: (kind) =>
    `Entgegennehmen kann ich ${untaken[kind]} leider nicht, ebenso wenig Aufnahmen. Ich lese Text, Fotos, Dokumente, Orte, Kontakte und Umfragen.`,
  edited: 'Ich habe eine Nachricht geändert. Sie lautet jetzt:',
  editedCommand:
    'Ein Befehl gilt, wenn er gesendet wird, nicht wenn eine Nachricht in einen geändert wird. Senden Sie ihn als neue Nachricht.',
  fileRefused: 'An eine Datei, die Sie gesendet haben, komme ich leider nicht heran. Laden Sie sie im Browser hoch.',
  fileUnreachable: (filename) =>
    `Telegram hat die Datei ${filename} leider nicht herausgegeben. Senden Sie sie später noch einmal, oder laden Sie sie im Browser hoch.`,
  unread:
    'Ich habe kein Werkzeug, um Dateien zu lesen: Ich erfahre ihre Namen und nichts von dem, was in ihnen steht. Bilder kann man mir zeigen.',
  tooLarge: 'Eine Datei darf auf Telegram leider höchstens 20 MB haben. Laden Sie sie im Browser hoch.',
  lost: 'Mit Ihrer Nachricht ist leider etwas schiefgegangen. Bitte senden Sie sie noch einmal.',
  button: 'Das wartet nicht mehr auf eine Antwort.',
  approve: 'Zustimmen',
  deny: 'Ablehnen',
  askToDecide: (minutes) => `Soll ich das tun? Entscheiden Sie innerhalb von ${minutesOf(minutes)}.`,
  decideInBrowser: (minutes) =>
    `Das ist zu lang, um hier gezeigt zu werden. Entscheiden Sie innerhalb von ${minutesOf(minutes)} im Browser, oder lehnen Sie es ab.`,
  waitsElsewhere: (agent, what, minutes) =>
    `${agent} wartet in einer anderen Unterhaltung auf Ihre Entscheidung: ${what}. Entscheiden Sie innerhalb von ${minutesOf(minutes)} in Pinchy, unter „Wartet auf Sie“.`,
  approved: 'Zugestimmt.',
  denied: 'Abgelehnt.',
  noLongerWaits: 'Das wartet nicht mehr.',
  refusedByTelegram: 'Telegram hat einen Teil dieser Antwort nicht angenommen. Sie steht in Pinchy, im Browser.',
  approvalRefused:
    'Etwas wartet auf Ihre Entscheidung, das Telegram mich hier nicht zeigen lässt. Entscheiden Sie im Browser.',
  cutOff: {
    length:
      'Diese Antwort ist abgeschnitten: Sie hat erreicht, was das Modell höchstens schreiben darf. Schreiben Sie „weiter“ für den Rest.',
    filter: 'Der Inhaltsfilter des Anbieters hat diese Antwort angehalten. Stellen Sie die Frage anders.',
    step_limit:
      'Der Agent hat alle Schritte einer Antwort verbraucht, also kann etwas fehlen. Schreiben Sie „weiter“, damit es weitergeht.',
    aborted: 'Von Ihnen angehalten.',
  },
  answeredBy: (model) => `Beantwortet von ${model}: Das Modell des Agenten konnte nicht antworten.`,
  sources: 'Quellen:',
  place: placeText,
  moreSources: (count) => `und ${count} weitere, in Pinchy`,
  empty: '(Der Agent endete ohne eine Antwort.)',
  askedElsewhere: 'Sie, im Browser:',
  help: [
    'Schreiben Sie mir, oder senden Sie Fotos und Dokumente bis 20 MB, Orte, Kontakte und Umfragen.',
    '',
    '/new – eine neue Unterhaltung beginnen',
    '/stop – die Antwort anhalten, die gerade geschrieben wird',
    '/help – dies hier zeigen',
  ].join('\n'),
};

function placeText(parts: PlaceParts): string {
  switch (parts.kind) {
    case 'page':
      return `Seite ${parts.number}`;
    case 'slide':
      return `Folie ${parts.number}`;
    case 'line':
      return `Zeile ${parts.number}`;
    case 'rows':
      return `Blatt ${parts.sheet}, Zeilen ${parts.from}–${parts.to}`;
    case 'row':
      return `Blatt ${parts.sheet}, Zeile ${parts.row}`;
    case 'sheet':
      return `Blatt ${parts.sheet}`;
    case 'picture':
      return 'Bild';
  }
}

export const commands: typeof englishCommands = [
  { command: 'new', description: 'Eine neue Unterhaltung beginnen' },
  { command: 'stop', description: 'Die Antwort anhalten' },
  { command: 'help', description: 'Was ich verstehe' },
];
