import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of what is entered, in German. */
export const forms: Sentences = {
  'Enter a domain such as example.com, without https:// or paths.':
    'Geben Sie eine Domain wie example.com ein, ohne https:// und Pfade.',
  'Enter a host such as wiki.example.internal or 10.0.0.7, without http://, port or path.':
    'Geben Sie einen Host wie wiki.example.internal oder 10.0.0.7 ein, ohne http://, Port und Pfad.',
  'A starter needs words.': 'Ein Einstieg braucht Worte.',
  'At most {{maxStarters}} starters.': 'Höchstens {{maxStarters}} Einstiege.',
  'Name at least one field to change.': 'Nennen Sie mindestens ein Feld, das geändert werden soll.',
  'The file holds at most 64 KiB.': 'Die Datei fasst höchstens 64 KiB.',
  'Text must not contain NUL characters.': 'Text darf keine NUL-Zeichen enthalten.',
  'Enter a name.': 'Geben Sie einen Namen ein.',
  'A name has at most 100 characters.': 'Ein Name hat höchstens 100 Zeichen.',
  'A name has no control characters.': 'Ein Name hat keine Steuerzeichen.',
  'An e-mail address has at most 254 characters.': 'Eine E-Mail-Adresse hat höchstens 254 Zeichen.',
  'Enter an e-mail address such as ada@example.com.': 'Geben Sie eine E-Mail-Adresse wie ada@example.com ein.',
  'A password has at least 8 characters.': 'Ein Passwort hat mindestens 8 Zeichen.',
  'A password has at most 128 characters.': 'Ein Passwort hat höchstens 128 Zeichen.',
  'A context holds at most 16,000 characters.': 'Ein Kontext fasst höchstens 16.000 Zeichen.',
  'Give a whole number.': 'Geben Sie eine ganze Zahl an.',
  'Enter a title.': 'Geben Sie einen Titel ein.',
  'A title has at most 200 characters.': 'Ein Titel hat höchstens 200 Zeichen.',
  'A conversation is pinned or archived, not both.': 'Eine Unterhaltung ist angeheftet oder archiviert, nicht beides.',
  'Choose at least one conversation.': 'Wählen Sie mindestens eine Unterhaltung.',
  'Choose at most {{maxChosenConversations}} conversations.':
    'Wählen Sie höchstens {{maxChosenConversations}} Unterhaltungen.',
  'Say what to change.': 'Sagen Sie, was geändert werden soll.',
  'Give the ids of conversations with commas between them.':
    'Geben Sie die Kennungen der Unterhaltungen durch Kommas getrennt an.',
  'Name a path below /data/.': 'Nennen Sie einen Pfad unter /data/.',
  'This cannot be a path.': 'Das kann kein Pfad sein.',
  'A description has at most 500 characters.': 'Eine Beschreibung hat höchstens 500 Zeichen.',
  'Name somebody to add or to remove.': 'Nennen Sie jemanden, der dazukommt oder geht.',
  'Nobody can be added and removed at once.': 'Niemand kann zugleich hinzugefügt und entfernt werden.',
  'At most {{maximum}} characters.': 'Höchstens {{maximum}} Zeichen.',
  'Enter the address, such as https://odoo.example.com.': 'Geben Sie die Adresse ein, etwa https://odoo.example.com.',
  'Enter an address that begins with https:// or http://.':
    'Geben Sie eine Adresse ein, die mit https:// oder http:// beginnt.',
  'Enter the plain address, without user name, password, ? or #.':
    'Geben Sie die bloße Adresse ein, ohne Benutzername, Passwort, ? und #.',
  'Enter the API key.': 'Geben Sie den API-Schlüssel ein.',
  'An API key has no blanks or special characters.': 'Ein API-Schlüssel hat keine Leerzeichen und keine Sonderzeichen.',
  'Enter the name of the database.': 'Geben Sie den Namen der Datenbank ein.',
  'A database name has no blanks or special characters.':
    'Ein Datenbankname hat keine Leerzeichen und keine Sonderzeichen.',
  'Enter the user name.': 'Geben Sie den Benutzernamen ein.',
  'At most 1,000 characters.': 'Höchstens 1.000 Zeichen.',
  'A model is named like sale.order.': 'Ein Modell heißt etwa sale.order.',
  'A path cannot contain a NUL character.': 'Ein Pfad kann kein NUL-Zeichen enthalten.',
  'Say what to search for.': 'Sagen Sie, wonach gesucht werden soll.',
  'A search has at most 1,000 characters.': 'Eine Suche hat höchstens 1.000 Zeichen.',
  'At least 0.05.': 'Mindestens 0,05.',
  'At most 1.': 'Höchstens 1.',
  'Enter the name of a folder.': 'Geben Sie den Namen eines Ordners ein.',
  'Enter the name of one folder, without slashes.':
    'Geben Sie den Namen eines einzelnen Ordners ein, ohne Schrägstriche.',
  'At most 100 folders.': 'Höchstens 100 Ordner.',
  'This is missing.': 'Das fehlt.',
  'This must be {{word}}.': 'Das muss {{word}} sein.',
  'Enter the address.': 'Geben Sie die Adresse ein.',
  'Enter the address, such as http://localhost:11434.': 'Geben Sie die Adresse ein, etwa http://localhost:11434.',
  'This provider takes no {{other}}.': 'Dieser Anbieter nimmt kein {{other}}.',
  'Enter a whole number of tokens.': 'Geben Sie eine ganze Zahl von Tokens ein.',
  'Enter at least {{min}} tokens.': 'Geben Sie mindestens {{min}} Tokens ein.',
  'Enter at most {{max}} tokens.': 'Geben Sie höchstens {{max}} Tokens ein.',
  'Enter the full form <provider>/<model id>.': 'Geben Sie die volle Form <provider>/<model id> ein.',
  'Say it in at most {{maxCommentLength}} characters.': 'Sagen Sie es in höchstens {{maxCommentLength}} Zeichen.',
  'Choose a model.': 'Wählen Sie ein Modell.',
  'A key has 1 to 100 characters of a-z, 0-9, "_", "." and "-".':
    'Ein Schlüssel hat 1 bis 100 Zeichen aus a-z, 0-9, "_", "." und "-".',
  'Enter a host name only, such as pinchy.example.com.': 'Geben Sie nur einen Hostnamen ein, etwa pinchy.example.com.',
  'Enter the whole token from @BotFather, such as 123456789:AAE….':
    'Geben Sie das ganze Token von @BotFather ein, etwa 123456789:AAE….',
  'Enter the code from Telegram.': 'Geben Sie den Code aus Telegram ein.',
};
