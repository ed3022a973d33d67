import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of everything else, in German. */
export const settings: Sentences = {
  'Too many requests. Wait a moment, then try again.':
    'Zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es dann erneut.',
  'Another program has set a webhook for this bot. Stop it there, or make a new token at @BotFather and connect it here.':
    'Ein anderes Programm hat für diesen Bot einen Webhook gesetzt. Beenden Sie ihn dort, oder erstellen Sie bei @BotFather ein neues Token und verbinden Sie es hier.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and connect it here.':
    'Ein anderes Programm empfängt die Nachrichten dieses Bots. Beenden Sie es dort, oder erstellen Sie bei @BotFather ein neues Token und verbinden Sie es hier.',
  'Telegram does not accept the bot’s token any more. Copy the current one from @BotFather and connect it here.':
    'Telegram nimmt das Token des Bots nicht mehr an. Kopieren Sie das aktuelle von @BotFather und verbinden Sie es hier.',
  'Telegram cannot be reached from this server.': 'Telegram ist von diesem Server aus nicht erreichbar.',
  'Telegram asks to wait before the next request.': 'Telegram bittet, vor der nächsten Anfrage zu warten.',
  'Too many answers are being formatted at the moment. Try again in a moment.':
    'Im Moment werden zu viele Antworten aufbereitet. Versuchen Sie es gleich noch einmal.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and enter that.':
    'Ein anderes Programm empfängt die Nachrichten dieses Bots. Beenden Sie es dort, oder erstellen Sie bei @BotFather ein neues Token und geben Sie dieses ein.',
  'Telegram could not be reached. Try again in a moment.':
    'Telegram war nicht erreichbar. Versuchen Sie es gleich noch einmal.',
  'Telegram does not accept this token. Copy it again from @BotFather.':
    'Telegram nimmt dieses Token nicht an. Kopieren Sie es noch einmal von @BotFather.',
  'This bot was not found.': 'Dieser Bot wurde nicht gefunden.',
  'Only Telegram may deliver here.': 'Nur Telegram darf hier zustellen.',
  'Telegram could not be reached.': 'Telegram war nicht erreichbar.',
  'There is no tool "{{unknown}}".': 'Es gibt kein Werkzeug „{{unknown}}“.',
  '{{path}} is not a directory under /data/.': '{{path}} ist kein Verzeichnis unter /data/.',
  'One of these groups does not exist.': 'Eine dieser Gruppen gibt es nicht.',
  'There is no such person, or their account is deactivated.':
    'Diese Person gibt es nicht, oder ihr Konto ist deaktiviert.',
  'Choose the Odoo connection that {{name}} is to work with.':
    'Wählen Sie die Odoo-Verbindung, mit der {{name}} arbeiten soll.',
  'Restricting agents to groups needs an active enterprise licence.':
    'Agenten auf Gruppen zu beschränken erfordert eine gültige Enterprise-Lizenz.',
  'There is no template "{{templateId}}".': 'Es gibt keine Vorlage „{{templateId}}“.',
  'A personal agent cannot be deleted.': 'Ein persönlicher Agent kann nicht gelöscht werden.',
  'The version was not found.': 'Die Version wurde nicht gefunden.',
  'Only admins can change {{denied}}.': 'Nur Admins können {{denied}} ändern.',
  '{{host}} is this machine, which agents never read.': '{{host}} ist dieser Rechner, den Agenten nie lesen.',
  '{{host}} is no address in a private network.': '{{host}} ist keine Adresse in einem privaten Netz.',
  'Sign in to continue.': 'Melden Sie sich an, um fortzufahren.',
  'The agent was not found.': 'Der Agent wurde nicht gefunden.',
  'Only admins can change this agent.': 'Nur Admins können diesen Agenten ändern.',
  'The permissions of a personal agent cannot be changed.':
    'Die Berechtigungen eines persönlichen Agenten können nicht geändert werden.',
  'The model {{model}} of this version is not offered any more. Choose a model by hand.':
    'Das Modell {{model}} dieser Version wird nicht mehr angeboten. Wählen Sie selbst ein Modell.',
  'Too many failed attempts. Try again in {{retryAfter}}.':
    'Zu viele Fehlversuche. Versuchen Sie es in {{retryAfter}} erneut.',
  'Enter your password.': 'Geben Sie Ihr Passwort ein.',
  'The account is deactivated.': 'Das Konto ist deaktiviert.',
  'E-mail or password is wrong.': 'E-Mail-Adresse oder Passwort ist falsch.',
  'This account is deactivated. Ask an admin to reactivate it.':
    'Dieses Konto ist deaktiviert. Bitten Sie einen Admin, es wieder zu aktivieren.',
  'Your session has ended. Sign in again; nothing was changed.':
    'Ihre Sitzung ist zu Ende. Melden Sie sich wieder an; geändert wurde nichts.',
  'Only admins can do this.': 'Das können nur Admins.',
  'Too many people are signing in at the moment. Wait a moment, then try again.':
    'Im Moment melden sich zu viele Menschen an. Warten Sie einen Moment und versuchen Sie es dann erneut.',
  'This password is on the lists that attackers try first. Choose another one.':
    'Dieses Passwort steht auf den Listen, die Angreifer zuerst versuchen. Wählen Sie ein anderes.',
  '{{path}} is not empty. Remove what lies in it first, hidden files too.':
    '{{path}} ist nicht leer. Entfernen Sie zuerst, was darin liegt, auch verborgene Dateien.',
  'A path below the directory has at most {{maxDepth}} names.':
    'Ein Pfad unterhalb des Verzeichnisses hat höchstens {{maxDepth}} Namen.',
  '{{filename}} leads out of the directory. Give a path below it.':
    '{{filename}} führt aus dem Verzeichnis hinaus. Geben Sie einen Pfad darunter an.',
  '{{filename}} has a directory without a name.': '{{filename}} hat ein Verzeichnis ohne Namen.',
  '{{path}} is not a path below /data/.': '{{path}} ist kein Pfad unter /data/.',
  '{{path}} is hidden.': '{{path}} ist verborgen.',
  '{{name}} cannot be the name of a directory.{{instead}}':
    '{{name}} kann nicht der Name eines Verzeichnisses sein.{{instead}}',
  'All documents together may take {{limitBytes}}, and this does not fit in any more. Remove what is not needed, or raise DOCUMENTS_MIB.':
    'Alle Dokumente zusammen dürfen {{limitBytes}} belegen, und dies passt nicht mehr hinein. Entfernen Sie, was nicht gebraucht wird, oder erhöhen Sie DOCUMENTS_MIB.',
  'The disk for documents is full. Free some space on the server, then try again.':
    'Der Speicher für Dokumente ist voll. Schaffen Sie Platz auf dem Server und versuchen Sie es dann erneut.',
  'Choose a directory below /data/: agents are given directories.':
    'Wählen Sie ein Verzeichnis unter /data/: Agenten bekommen Verzeichnisse.',
  'Send at least one document.': 'Senden Sie mindestens ein Dokument.',
  '{{asShown}} is a directory. Remove it as one.': '{{asShown}} ist ein Verzeichnis. Entfernen Sie es als solches.',
  'There is {{value}} already.': '{{value}} gibt es schon.',
  '{{asShown}} is a document. Remove it as one.': '{{asShown}} ist ein Dokument. Entfernen Sie es als solches.',
  'Name a directory or document below /data/.': 'Nennen Sie ein Verzeichnis oder Dokument unter /data/.',
  'Send the documents as multipart/form-data.': 'Senden Sie die Dokumente als multipart/form-data.',
  '{{path}} is not a directory.': '{{path}} ist kein Verzeichnis.',
  '{{names}} has more than {{maxEntries}} entries. Make another directory.':
    '{{names}} hat mehr als {{maxEntries}} Einträge. Legen Sie ein weiteres Verzeichnis an.',
  '{{path}} is a link on the server. Name the directory or document itself, or change the link there.':
    '{{path}} ist auf dem Server ein Link. Nennen Sie das Verzeichnis oder Dokument selbst, oder ändern Sie den Link dort.',
  'Somebody changed this directory at the same moment. Look again, then retry.':
    'Jemand hat dieses Verzeichnis im selben Moment geändert. Sehen Sie noch einmal nach und versuchen Sie es dann erneut.',
  'The server has no directory for documents. Make the one that DATA_ROOT names, /data unless set otherwise.':
    'Der Server hat kein Verzeichnis für Dokumente. Legen Sie das an, das DATA_ROOT nennt, ohne andere Angabe /data.',
  'Pinchy may not write to {{path}} on its server. Give its account the right to, or change the documents on the server itself.':
    'Pinchy darf auf seinem Server nicht in {{path}} schreiben. Geben Sie seinem Konto das Recht dazu, oder ändern Sie die Dokumente auf dem Server selbst.',
  'The path is too long for the file system of the server. Shorten the names.':
    'Der Pfad ist für das Dateisystem des Servers zu lang. Kürzen Sie die Namen.',
  'A document may have at most {{maxDocumentBytes}} MiB.':
    'Ein Dokument darf höchstens {{maxDocumentBytes}} MiB haben.',
  'There is a directory {{path}} already. Give the document another name.':
    'Es gibt schon ein Verzeichnis {{path}}. Geben Sie dem Dokument einen anderen Namen.',
  'There is {{path}} already. Replace it, or give the new document another name.':
    '{{path}} gibt es schon. Ersetzen Sie es, oder geben Sie dem neuen Dokument einen anderen Namen.',
  'The group was not found.': 'Die Gruppe wurde nicht gefunden.',
  'There is a group with this name already.': 'Eine Gruppe mit diesem Namen gibt es schon.',
  'One of these users does not exist.': 'Eine dieser Personen gibt es nicht.',
  'The connection was not found.': 'Die Verbindung wurde nicht gefunden.',
  'There is no such Odoo connection.': 'Es gibt keine solche Odoo-Verbindung.',
  'This connection was never synchronised, so it is not known what it offers. Synchronise it first.':
    'Diese Verbindung wurde nie abgeglichen, deshalb ist nicht bekannt, was sie bietet. Gleichen Sie sie zuerst ab.',
  'This Odoo does not offer what the template needs: {{list}}. Install the app or give the Odoo user the right, then synchronise.':
    'Dieses Odoo bietet nicht, was die Vorlage braucht: {{list}}. Installieren Sie die App oder geben Sie dem Odoo-Benutzer das Recht, und gleichen Sie dann ab.',
  'The connection was deleted meanwhile.': 'Die Verbindung wurde inzwischen gelöscht.',
  'A web search connection has no {{unknown}}.': 'Eine Websuch-Verbindung hat kein {{unknown}}.',
  'Enter the API key again: it was given for another address or user.':
    'Geben Sie den API-Schlüssel noch einmal ein: Er galt für eine andere Adresse oder einen anderen Benutzer.',
  'The API key belongs to another user than the one that was entered.':
    'Der API-Schlüssel gehört einem anderen Benutzer als dem, der eingegeben wurde.',
  'A web search connection has no models; it can only be switched on and off.':
    'Eine Websuch-Verbindung hat keine Modelle; sie kann nur ein- und ausgeschaltet werden.',
  'Single permissions need the access level custom.': 'Einzelne Rechte brauchen die Zugriffsstufe „eigene Auswahl“.',
  'The connection does not offer the model {{unknown}}. Synchronise it if it was installed recently.':
    'Die Verbindung bietet das Modell {{unknown}} nicht. Gleichen Sie sie ab, falls es kürzlich installiert wurde.',
  'The Odoo user itself has no right to {{operation}} {{model}}.':
    'Der Odoo-Benutzer selbst hat nicht das Recht {{operation}} für {{model}}.',
  'The connection was changed meanwhile. Synchronise it again.':
    'Die Verbindung wurde inzwischen geändert. Gleichen Sie sie noch einmal ab.',
  'This agent reads no directory of this name.': 'Dieser Agent liest kein Verzeichnis dieses Namens.',
  'Choose a model of Ollama, OpenAI or Google.': 'Wählen Sie ein Modell von Ollama, OpenAI oder Google.',
  '{{providerNames}} is not connected.': '{{providerNames}} ist nicht verbunden.',
  'The licence is set by the environment variable PINCHY_ENTERPRISE_KEY. Change it there.':
    'Die Lizenz ist durch die Umgebungsvariable PINCHY_ENTERPRISE_KEY gesetzt. Ändern Sie sie dort.',
  'This server has no PINCHY_LICENSE_PUBLIC_KEY to check a licence key against.':
    'Dieser Server hat keinen PINCHY_LICENSE_PUBLIC_KEY, um einen Lizenzschlüssel zu prüfen.',
  'This is not a valid licence key for this server.': 'Das ist kein gültiger Lizenzschlüssel für diesen Server.',
  'This licence key expired on {{value}}.': 'Dieser Lizenzschlüssel ist am {{value}} abgelaufen.',
  'Every seat of the licence is taken ({{maxUsers}} in all). Deactivate a user, revoke an invite or get more seats.':
    'Jeder Platz der Lizenz ist belegt (insgesamt {{maxUsers}}). Deaktivieren Sie eine Person, widerrufen Sie eine Einladung, oder besorgen Sie mehr Plätze.',
  'This is no model of a provider that Pinchy knows.': 'Das ist kein Modell eines Anbieters, den Pinchy kennt.',
  'An answer has to fit into the context window, beside what was asked.':
    'Eine Antwort muss ins Kontextfenster passen, neben dem, was gefragt wurde.',
  'The provider of this agent’s model is not configured. An admin can choose another model.':
    'Der Anbieter des Modells dieses Agenten ist nicht eingerichtet. Ein Admin kann ein anderes Modell wählen.',
  'A provider is configured already. Change it under Settings → Providers.':
    'Es ist schon ein Anbieter eingerichtet. Ändern Sie ihn unter Einstellungen → Anbieter.',
  'A configured provider {{providerNames}} was not found.':
    'Ein eingerichteter Anbieter {{providerNames}} wurde nicht gefunden.',
  '{{providerNames}} is not connected yet, so its address is needed.':
    '{{providerNames}} ist noch nicht verbunden, deshalb wird die Adresse gebraucht.',
  '{{providerNames}} is not connected yet, so its key is needed.':
    '{{providerNames}} ist noch nicht verbunden, deshalb wird der Schlüssel gebraucht.',
  'This answer was not found.': 'Diese Antwort wurde nicht gefunden.',
  'Nothing of a temporary conversation is kept, no rating either.':
    'Von einer temporären Unterhaltung wird nichts aufbewahrt, auch keine Bewertung.',
  'Wait until the answer is whole.': 'Warten Sie, bis die Antwort ganz da ist.',
  'This rating was not found.': 'Diese Bewertung wurde nicht gefunden.',
  'Open Pinchy over HTTPS first: a domain can only be locked by a request that came through it. Behind a proxy, set TRUSTED_PROXIES.':
    'Öffnen Sie Pinchy zuerst über HTTPS: Eine Domain kann nur durch eine Anfrage festgelegt werden, die darüber kam. Hinter einem Proxy setzen Sie TRUSTED_PROXIES.',
  'You opened Pinchy on {{host}}. Open it on {{domain}} to lock that domain.':
    'Sie haben Pinchy auf {{host}} geöffnet. Öffnen Sie es auf {{domain}}, um diese Domain festzulegen.',
  'Pinchy is locked to https://{{locked}}. Open it there.':
    'Pinchy ist auf https://{{locked}} festgelegt. Öffnen Sie es dort.',
  'This setting is changed under {{owner}}.': 'Diese Einstellung wird unter {{owner}} geändert.',
  'Pinchy is set up already. Sign in instead.': 'Pinchy ist schon eingerichtet. Melden Sie sich stattdessen an.',
  'The source was not found.': 'Die Quelle wurde nicht gefunden.',
  'This is a page of the web: open its address.': 'Das ist eine Seite im Web: Öffnen Sie ihre Adresse.',
  'The agent may not read documents any more.': 'Der Agent darf keine Dokumente mehr lesen.',
  'The agent may not read this document any more.': 'Der Agent darf dieses Dokument nicht mehr lesen.',
  'This document is not there any more.': 'Dieses Dokument ist nicht mehr da.',
  'Connect the main bot first: people link their Telegram accounts through it.':
    'Verbinden Sie zuerst den Haupt-Bot: Über ihn verknüpfen Menschen ihr Telegram-Konto.',
  'This bot is connected to another agent already. Disconnect it there, or make another bot.':
    'Dieser Bot ist schon mit einem anderen Agenten verbunden. Trennen Sie ihn dort, oder erstellen Sie einen weiteren Bot.',
  'The main bot cannot be disconnected alone. Remove Telegram for everyone under Settings → Telegram.':
    'Der Haupt-Bot kann nicht allein getrennt werden. Entfernen Sie Telegram für alle unter Einstellungen → Telegram.',
  'A Telegram bot of this agent was not found.': 'Ein Telegram-Bot dieses Agenten wurde nicht gefunden.',
  'This code is not valid or has expired. Write to the bot again to get a new one.':
    'Dieser Code ist ungültig oder abgelaufen. Schreiben Sie dem Bot noch einmal, um einen neuen zu erhalten.',
  'This Telegram account is linked to someone else. They have to unlink it first.':
    'Dieses Telegram-Konto ist mit jemand anderem verknüpft, der die Verknüpfung zuerst aufheben muss.',
  'Too many wrong codes. Try again in 1 minute.': 'Zu viele falsche Codes. Versuchen Sie es in 1 Minute erneut.',
  'Too many wrong codes. Try again in {{count}} minutes.':
    'Zu viele falsche Codes. Versuchen Sie es in {{count}} Minuten erneut.',
  'A linked Telegram account was not found.': 'Ein verknüpftes Telegram-Konto wurde nicht gefunden.',
  'Your files and conversations may take {{limit}} altogether, and this file does not fit in any more. Delete conversations that you no longer need; the room of their files is free the next day.':
    'Ihre Dateien und Unterhaltungen dürfen zusammen {{limit}} belegen, und diese Datei passt nicht mehr hinein. Löschen Sie Unterhaltungen, die Sie nicht mehr brauchen; der Platz ihrer Dateien ist am nächsten Tag frei.',
  'A file may have at most 25 MiB.': 'Eine Datei darf höchstens 25 MiB haben.',
  'The file was not found.': 'Die Datei wurde nicht gefunden.',
  'Send the file as multipart/form-data.': 'Senden Sie die Datei als multipart/form-data.',
  'Send one file.': 'Senden Sie eine Datei.',
  'There is no time zone "{{tz}}".': 'Es gibt keine Zeitzone „{{tz}}“.',
  'Your account was not found.': 'Ihr Konto wurde nicht gefunden.',
  'An account with the e-mail address {{email}} was not found.':
    'Ein Konto mit der E-Mail-Adresse {{email}} wurde nicht gefunden.',
  'The account {{email}} is deactivated. An admin has to reactivate it first.':
    'Das Konto {{email}} ist deaktiviert. Ein Admin muss es zuerst wieder aktivieren.',
  'The current password is not right.': 'Das derzeitige Passwort stimmt nicht.',
  'This link is not valid. Ask your admin for a new one.':
    'Dieser Link ist ungültig. Bitten Sie Ihren Admin um einen neuen.',
  'Enter your name.': 'Geben Sie Ihren Namen ein.',
  'This invite is for another e-mail address.': 'Diese Einladung gilt für eine andere E-Mail-Adresse.',
  'Enter your e-mail address.': 'Geben Sie Ihre E-Mail-Adresse ein.',
  'There is an account with this e-mail address already. Sign in instead.':
    'Ein Konto mit dieser E-Mail-Adresse gibt es schon. Melden Sie sich stattdessen an.',
  'This link was not found.': 'Dieser Link wurde nicht gefunden.',
  'This link was used already. Sign in, or ask your admin for a new one.':
    'Dieser Link wurde schon benutzt. Melden Sie sich an, oder bitten Sie Ihren Admin um einen neuen.',
  'This link has expired. Ask your admin for a new one.':
    'Dieser Link ist abgelaufen. Bitten Sie Ihren Admin um einen neuen.',
  '{{name}} has an account with this address, which is deactivated. Reactivate it instead.':
    '{{name}} hat ein Konto mit dieser Adresse, das deaktiviert ist. Aktivieren Sie stattdessen dieses wieder.',
  'Inviting into groups needs an active enterprise licence.':
    'In Gruppen einzuladen erfordert eine gültige Enterprise-Lizenz.',
  'A pending invite with this id was not found.': 'Eine offene Einladung mit dieser Kennung wurde nicht gefunden.',
  'You cannot block your own password. Change it under Settings → Profile, or ask another admin to reset it.':
    'Sie können Ihr eigenes Passwort nicht sperren. Ändern Sie es unter Einstellungen → Profil, oder bitten Sie einen anderen Admin, es zurückzusetzen.',
  'The user was not found.': 'Die Person wurde nicht gefunden.',
  'You cannot change your own role. Ask another admin.':
    'Sie können Ihre eigene Rolle nicht ändern. Bitten Sie einen anderen Admin.',
  'The last admin cannot be demoted.': 'Dem letzten Admin kann diese Rolle nicht genommen werden.',
  'You cannot deactivate yourself. Ask another admin.':
    'Sie können sich nicht selbst deaktivieren. Bitten Sie einen anderen Admin.',
  'The last admin cannot be deactivated.': 'Der letzte Admin kann nicht deaktiviert werden.',
  'A deactivated user with this id was not found.': 'Eine deaktivierte Person mit dieser Kennung wurde nicht gefunden.',
  'Too much of what you sent has not arrived in full yet. Try again later.':
    'Zu vieles, was Sie gesendet haben, ist noch nicht ganz angekommen. Versuchen Sie es später erneut.',
  'Too much is being sent to this server at the moment. Try again in a moment.':
    'Im Moment wird zu viel an diesen Server gesendet. Versuchen Sie es gleich noch einmal.',
  'Too many exports are under way at the moment. Try again in a moment.':
    'Im Moment laufen zu viele Exporte. Versuchen Sie es gleich noch einmal.',
  'Too many files of yours are being read already. Wait a moment, then try again.':
    'Es werden schon zu viele Ihrer Dateien gelesen. Warten Sie einen Moment, und versuchen Sie es dann noch einmal.',
  'You have copied {{copiesPerHour}} conversations within an hour. Wait, then try again.':
    'Sie haben innerhalb einer Stunde {{copiesPerHour}} Unterhaltungen kopiert. Warten Sie, und versuchen Sie es dann noch einmal.',
  'Too much of yours is being listed already. Wait a moment, then try again.':
    'Von Ihnen wird schon zu viel aufgelistet. Warten Sie einen Moment und versuchen Sie es dann erneut.',
  '{{maxPerPerson}} downloads are under way for you already. Try again when one of them has ended.':
    'Für Sie laufen schon {{maxPerPerson}} Downloads. Versuchen Sie es erneut, wenn einer davon zu Ende ist.',
  'One form may have at most {{maxDocumentsPerForm}} documents.':
    'Ein Formular darf höchstens {{maxDocumentsPerForm}} Dokumente haben.',
  'The request could not be read.': 'Die Anfrage konnte nicht gelesen werden.',
  'The disk of the server is full: nothing can be stored. Tell your admin.':
    'Der Speicher des Servers ist voll: Es kann nichts abgelegt werden. Sagen Sie es Ihrem Admin.',
  'Something went wrong on the server. Try again; if it stays, tell your admin the request id.':
    'Auf dem Server ist etwas schiefgegangen. Versuchen Sie es erneut; wenn es so bleibt, nennen Sie Ihrem Admin die Kennung der Anfrage.',
  'The request is not valid.': 'Die Anfrage ist ungültig.',
  'This value is not valid.': 'Dieser Wert ist ungültig.',
  'This field is not known here.': 'Dieses Feld ist hier nicht bekannt.',
  'There is no such API endpoint.': 'Es gibt keinen solchen API-Endpunkt.',
  'The upload is not a complete form with files. Try again.':
    'Der Upload ist kein vollständiges Formular mit Dateien. Versuchen Sie es erneut.',
  'The API reference is being fetched too often at the moment. Try again in a moment.':
    'Die API-Referenz wird im Moment zu oft abgerufen. Versuchen Sie es gleich noch einmal.',
  'This request came from another site and was refused.':
    'Diese Anfrage kam von einer anderen Website und wurde abgelehnt.',
  'Your browser sent two session cookies, and only one can be yours. Try again, or sign in. If this stays, delete the cookies of this address and of its neighbours in your browser.':
    'Ihr Browser hat zwei Sitzungs-Cookies gesendet, und nur eines kann Ihres sein. Versuchen Sie es erneut, oder melden Sie sich an. Wenn es so bleibt, löschen Sie in Ihrem Browser die Cookies dieser Adresse und ihrer Nachbarn.',
  'The file did not get on. Check your connection, then try again.':
    'Die Datei kam nicht voran. Prüfen Sie Ihre Verbindung und versuchen Sie es dann erneut.',
  'Too many searches are running at the moment. Try again in a moment.':
    'Im Moment laufen zu viele Suchen. Versuchen Sie es gleich noch einmal.',
  'The model answers vectors of {{size}} numbers where they had {{dimensions}}: it was replaced by another of the same name. Switch search by meaning off and on again.':
    'Das Modell antwortet mit Vektoren aus {{size}} Zahlen, wo es {{dimensions}} waren: Es wurde durch ein anderes desselben Namens ersetzt. Schalten Sie die Suche nach Bedeutung aus und wieder ein.',
  'The address {{which}} is not allowed: it is {{refusal}}.':
    'Die Adresse {{which}} ist nicht erlaubt: Sie ist {{refusal}}.',
  'The address of {{bare}} is not allowed.': 'Die Adresse von {{bare}} ist nicht erlaubt.',
  'The host {{bare}} was not found.': 'Der Host {{bare}} wurde nicht gefunden.',
  'That is not a web address.': 'Das ist keine Web-Adresse.',
  'Only http and https addresses are allowed.': 'Nur Adressen mit http und https sind erlaubt.',
  'The address must not contain a user name or password.':
    'Die Adresse darf keinen Benutzernamen und kein Passwort enthalten.',
  'This needs an active enterprise licence. Add a key under Settings → Licence.':
    'Dies erfordert eine gültige Enterprise-Lizenz. Fügen Sie unter Einstellungen → Lizenz einen Schlüssel hinzu.',
  '{{host}} answered with a redirect.': '{{host}} hat mit einer Weiterleitung geantwortet.',
  '{{host}} redirected too often.': '{{host}} hat zu oft weitergeleitet.',
  '{{host}} redirected to something that is not an address.':
    '{{host}} hat zu etwas weitergeleitet, das keine Adresse ist.',
  '{{origin}} redirected a request elsewhere: it leads to {{origin2}}.':
    '{{origin}} hat eine Anfrage anderswohin weitergeleitet: zu {{origin2}}.',
  '{{host}} redirected a request elsewhere.': '{{host}} hat eine Anfrage anderswohin weitergeleitet.',
  'The answer is larger than {{maxBytes}} bytes.': 'Die Antwort ist größer als {{maxBytes}} Bytes.',
  'The request was stopped.': 'Die Anfrage wurde angehalten.',
  '{{host}} did not answer in time.': '{{host}} hat nicht rechtzeitig geantwortet.',
  '{{host}} could not be reached.': '{{host}} war nicht erreichbar.',
  '“{{safe}}” can.': '„{{safe}}“ ginge.',
  'For an Odoo in a private network, start Pinchy with ALLOW_PRIVATE_URLS=1.':
    'Für ein Odoo in einem privaten Netz starten Sie Pinchy mit ALLOW_PRIVATE_URLS=1.',
  'A personal agent cannot be duplicated.': 'Ein persönlicher Agent kann nicht dupliziert werden.',
  'There are {{maxPrompts}} prompts already. Delete one that is not used any more.':
    'Es gibt schon {{maxPrompts}} Prompts. Löschen Sie einen, der nicht mehr gebraucht wird.',
  'The prompt was not found.': 'Der Prompt wurde nicht gefunden.',
  '{{providerNames}} does not offer this model.': '{{providerNames}} bietet dieses Modell nicht an.',
  'Too many checks. Wait 1 second, then check again.':
    'Zu viele Prüfungen. Warten Sie 1 Sekunde und prüfen Sie dann erneut.',
  'Too many checks. Wait {{count}} seconds, then check again.':
    'Zu viele Prüfungen. Warten Sie {{count}} Sekunden und prüfen Sie dann erneut.',
  'Sharing conversations is switched off. An admin can allow it.':
    'Das Teilen von Unterhaltungen ist abgeschaltet. Ein Admin kann es erlauben.',
  'One of these people does not exist, may not use this agent, or is yourself.':
    'Eine dieser Personen gibt es nicht, sie darf diesen Agenten nicht benutzen, oder Sie sind es selbst.',
  'One of these groups does not exist, or you are not in it.':
    'Eine dieser Gruppen gibt es nicht, oder Sie sind nicht darin.',
  'Nothing has been said in this conversation that could be shared.':
    'In dieser Unterhaltung wurde nichts gesagt, was geteilt werden könnte.',
  'This conversation is too long to be shared: it has more than {{maxSharedMessages}} messages.':
    'Diese Unterhaltung ist zu lang zum Teilen: Sie hat mehr als {{maxSharedMessages}} Nachrichten.',
  'Conversations with a personal agent cannot be shared: nobody else may use it.':
    'Unterhaltungen mit einem persönlichen Agenten können nicht geteilt werden: Niemand sonst darf ihn benutzen.',
  'A link to this conversation was not found.': 'Ein Link zu dieser Unterhaltung wurde nicht gefunden.',
  'This conversation is too long to be copied.': 'Diese Unterhaltung ist zu lang zum Kopieren.',
  'Your conversations and files take {{limit}} already. Delete some first.':
    'Ihre Unterhaltungen und Dateien belegen schon {{limit}}. Löschen Sie zuerst einige.',
  'Nothing was said that could be copied.': 'Es wurde nichts gesagt, was kopiert werden könnte.',
};
