import type { Sentences } from '../match-sentences.ts';

/** What the report about an installation finds, in German. */
export const report: Sentences = {
  'Look at PINCHY_HOME.': 'Sehen Sie sich PINCHY_HOME an.',
  'docs/environment.md says what each variable takes.': 'In docs/environment.md steht, was jede Variable annimmt.',
  'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} on {{arch}}.':
    'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} auf {{arch}}.',
  'The log of the server may say why.': 'Das Log des Servers sagt vielleicht, warum.',
  'Everything else waits for it.': 'Alles andere wartet darauf.',
  'Let the machine keep its time by NTP: sign-ins, licences and the order of the trail depend on it.':
    'Lassen Sie den Rechner seine Zeit durch NTP halten: Anmeldungen, Lizenzen und die Reihenfolge des Protokolls hängen davon ab.',
  '{{Math}} seconds ahead of {{than}}.': '{{Math}} Sekunden vor {{than}}.',
  '{{Math}} seconds behind {{than}}.': '{{Math}} Sekunden hinter {{than}}.',
  "Agrees with the database's.": 'Stimmt mit der Uhr der Datenbank überein.',
  "Agrees with the database's and a provider's.": 'Stimmt mit den Uhren der Datenbank und eines Anbieters überein.',
  'PostgreSQL {{version}}, {{kind}}, {{bytes}} (index of documents: {{index_bytes}}), {{connections}} of {{max_connections}} connections.':
    'PostgreSQL {{version}}, {{kind}}, {{bytes}} (Index der Dokumente: {{index_bytes}}), {{connections}} von {{max_connections}} Verbindungen.',
  '{{name}} is off: a power cut may lose what was acknowledged.':
    '{{name}} ist aus: Ein Stromausfall kann verlieren, was schon bestätigt war.',
  'Set {{name}} to on.': 'Setzen Sie {{name}} auf on.',
  'Its encoding is {{encoding}}.': 'Ihre Kodierung ist {{encoding}}.',
  'Create the database with the encoding UTF8.': 'Legen Sie die Datenbank mit der Kodierung UTF8 an.',
  'It is a read-only copy.': 'Sie ist eine Kopie, die nur gelesen werden kann.',
  'Let DATABASE_URL name the server that may write.': 'DATABASE_URL muss den Server nennen, der schreiben darf.',
  '{{connections}} of {{max_connections}} connections are taken.':
    '{{connections}} von {{max_connections}} Verbindungen sind belegt.',
  'Raise max_connections (20 for each Pinchy process), or stop what holds them.':
    'Erhöhen Sie max_connections (20 für jeden Prozess von Pinchy), oder beenden Sie, was sie hält.',
  'Look for it in pg_stat_activity, and end it with pg_terminate_backend.':
    'Suchen Sie sie in pg_stat_activity, und beenden Sie sie mit pg_terminate_backend.',
  'A transaction has been open for {{minutes}} minutes.': 'Eine Transaktion ist seit {{minutes}} Minuten offen.',
  'It holds no Pinchy yet.': 'Darin ist noch kein Pinchy.',
  'Start Pinchy once.': 'Starten Sie Pinchy einmal.',
  'It is of an older Pinchy.': 'Sie ist von einem älteren Pinchy.',
  'Start this version; it brings the database up to date.':
    'Starten Sie diese Version; sie bringt die Datenbank auf den Stand.',
  'It is of a newer Pinchy.': 'Sie ist von einem neueren Pinchy.',
  'Use that version, or restore an older backup.':
    'Nehmen Sie jene Version, oder stellen Sie eine ältere Sicherung wieder her.',
  'For a team, put a proxy with HTTPS in front and lock the domain under Settings → Security.':
    'Stellen Sie für ein Team einen Proxy mit HTTPS davor, und sperren Sie die Domain unter Einstellungen → Sicherheit.',
  'No domain is locked, so Pinchy may be reached without HTTPS.':
    'Keine Domain ist gesperrt, deshalb ist Pinchy vielleicht ohne HTTPS erreichbar.',
  'Locked to a domain, which answers over HTTPS from here.':
    'Auf eine Domain gesperrt, die von hier aus über HTTPS antwortet.',
  'Locked to a domain, which does not answer from this machine ({{error}}).':
    'Auf eine Domain gesperrt, die von diesem Rechner aus nicht antwortet ({{error}}).',
  'If it does not open in a browser either, look at the DNS entry, the certificate and the proxy.':
    'Öffnet sie sich auch in einem Browser nicht, sehen Sie nach dem DNS-Eintrag, dem Zertifikat und dem Proxy.',
  'At the locked domain something else than Pinchy answers.':
    'Unter der gesperrten Domain antwortet etwas anderes als Pinchy.',
  'Point the proxy at this server.': 'Richten Sie den Proxy auf diesen Server.',
  '1 request came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '1 Anfrage kam durch einen Proxy, den TRUSTED_PROXIES nicht nennt, deshalb zählen seine Kopfzeilen nicht.',
  '{{count}} requests came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '{{count}} Anfragen kamen durch einen Proxy, den TRUSTED_PROXIES nicht nennt, deshalb zählen seine Kopfzeilen nicht.',
  'Set TRUSTED_PROXIES to the address of the proxy, if it is yours.':
    'Setzen Sie TRUSTED_PROXIES auf die Adresse des Proxys, wenn es Ihrer ist.',
  '1 request came through a trusted proxy, but never over HTTPS.':
    '1 Anfrage kam durch einen vertrauten Proxy, aber nie über HTTPS.',
  '{{count}} requests came through a trusted proxy, but never over HTTPS.':
    '{{count}} Anfragen kamen durch einen vertrauten Proxy, aber nie über HTTPS.',
  'Let the proxy send X-Forwarded-Proto, and redirect http to https.':
    'Lassen Sie den Proxy X-Forwarded-Proto senden und http auf https umleiten.',
  '1 request over HTTPS and {{plain}} over http by a trusted proxy.':
    '1 Anfrage über HTTPS und {{plain}} über http von einem vertrauten Proxy.',
  '{{count}} requests over HTTPS and {{plain}} over http by a trusted proxy.':
    '{{count}} Anfragen über HTTPS und {{plain}} über http von einem vertrauten Proxy.',
  'Trusted proxies: {{trusted}}; none was seen.': 'Vertraute Proxys: {{trusted}}; gesehen wurde keiner.',
  'Start it with pinchy openclaw, or set OPENCLAW_URL to where it is; docs/openclaw.md says how they pair.':
    'Starten Sie ihn mit pinchy openclaw, oder setzen Sie OPENCLAW_URL auf seine Adresse; docs/openclaw.md sagt, wie sie sich verbinden.',
  'The server is connected to it.': 'Der Server ist damit verbunden.',
  'The server is not connected to it, so agents do not answer.':
    'Der Server ist nicht damit verbunden, deshalb antworten die Agenten nicht.',
  'Something listens at OPENCLAW_URL.': 'Unter OPENCLAW_URL hört etwas zu.',
  'Nothing listens at OPENCLAW_URL.': 'Unter OPENCLAW_URL hört nichts zu.',
  'Put PINCHY_HOME/secrets back, from a backup for instance, before you start Pinchy.':
    'Stellen Sie PINCHY_HOME/secrets wieder her, etwa aus einer Sicherung, bevor Sie Pinchy starten.',
  'Neither set nor kept: {{missing}}.': 'Weder gesetzt noch aufbewahrt: {{missing}}.',
  'Run chmod 700 on PINCHY_HOME/secrets and chmod 600 on the files in it.':
    'Führen Sie chmod 700 auf PINCHY_HOME/secrets aus und chmod 600 auf die Dateien darin.',
  'Others on this machine may read PINCHY_HOME/secrets.': 'Andere auf diesem Rechner dürfen PINCHY_HOME/secrets lesen.',
  'They are those that the database was written with.': 'Es sind die, mit denen die Datenbank geschrieben wurde.',
  '{{free}} of {{blocks}} are free where PINCHY_HOME is.':
    '{{free}} von {{blocks}} sind dort frei, wo PINCHY_HOME liegt.',
  '{{says}} It has room for 1 more file.': '{{says}} Dort ist Platz für 1 weitere Datei.',
  '{{says}} It has room for {{count}} more files.': '{{says}} Dort ist Platz für {{count}} weitere Dateien.',
  'Delete files, or move PINCHY_HOME to another disk.':
    'Löschen Sie Dateien, oder legen Sie PINCHY_HOME auf einen anderen Datenträger.',
  'Make room, or move PINCHY_HOME to a larger disk while Pinchy is stopped.':
    'Schaffen Sie Platz, oder legen Sie PINCHY_HOME auf einen größeren Datenträger, während Pinchy angehalten ist.',
  '{{available}} of memory are available.': '{{available}} Speicher sind verfügbar.',
  'Pinchy with its database takes about 300 MB: stop other programs, or give the machine more.':
    'Pinchy mit seiner Datenbank braucht etwa 300 MB: Beenden Sie andere Programme, oder geben Sie dem Rechner mehr.',
  'DATA_ROOT can be read.': 'DATA_ROOT ist lesbar.',
  'DATA_ROOT cannot be read, so agents have no documents.':
    'DATA_ROOT ist nicht lesbar, deshalb haben Agenten keine Dokumente.',
  'Set DATA_ROOT to the directory above those that agents may read.':
    'Setzen Sie DATA_ROOT auf das Verzeichnis über denen, die Agenten lesen dürfen.',
  'Connect one under Settings → Providers.': 'Verbinden Sie einen unter Einstellungen → Anbieter.',
  'No model provider is connected.': 'Kein Anbieter von Modellen ist verbunden.',
  'Answers, with 1 model.': 'Antwortet, mit 1 Modell.',
  'Answers, with {{count}} models.': 'Antwortet, mit {{count}} Modellen.',
  'Check the network, or the key under Settings → Providers.':
    'Prüfen Sie das Netz oder den Schlüssel unter Einstellungen → Anbieter.',
  'It does not answer.': 'Er antwortet nicht.',
  'Start Pinchy with the ENCRYPTION_KEY it was set up with, or enter the key of the provider again.':
    'Starten Sie Pinchy mit dem ENCRYPTION_KEY, mit dem es eingerichtet wurde, oder geben Sie den Schlüssel des Anbieters neu ein.',
  'Its key cannot be read.': 'Sein Schlüssel ist nicht lesbar.',
  'Set PORT as the server has it, to examine one that runs.':
    'Setzen Sie PORT, wie der Server es hat, um einen laufenden zu untersuchen.',
  'PORT is 0, so where the server listens is not known.':
    'PORT ist 0, deshalb ist nicht bekannt, wo der Server zuhört.',
  'Stop what holds port {{port}}, if it is not Pinchy; if it is, look at its log.':
    'Beenden Sie, was Port {{port}} hält, wenn es nicht Pinchy ist; ist es Pinchy, sehen Sie in sein Log.',
  'Something holds port {{port}} and does not answer.': 'Etwas hält Port {{port}} und antwortet nicht.',
  'Not running: port {{port}} is free.': 'Läuft nicht: Port {{port}} ist frei.',
  'Stop that program, or set PORT to a free one.': 'Beenden Sie jenes Programm, oder setzen Sie PORT auf einen freien.',
  'Another program answers at port {{port}}.': 'An Port {{port}} antwortet ein anderes Programm.',
  'Running at port {{port}}, without its database.': 'Läuft an Port {{port}}, ohne seine Datenbank.',
  'See Database below; the server connects by itself once it answers.':
    'Siehe Datenbank unten; der Server verbindet sich von selbst, sobald sie antwortet.',
  'Pinchy {{version}} runs at port {{port}}; this is {{version2}}.':
    'Pinchy {{version}} läuft an Port {{port}}; das hier ist {{version2}}.',
  'Restart the server, so that it is the version that was installed.':
    'Starten Sie den Server neu, damit er die Version ist, die installiert wurde.',
  'Running at port {{port}}.': 'Läuft an Port {{port}}.',
  'Running at port {{port}}, {{memory}} of memory, {{openChats}}, {{answers}}, {{requests}}.':
    'Läuft an Port {{port}}, {{memory}} Speicher, {{openChats}}, {{answers}}, {{requests}}.',
  'Verified, 1 entry.': 'Geprüft, 1 Eintrag.',
  'Verified, {{count}} entries.': 'Geprüft, {{count}} Einträge.',
  'Does not verify: {{invalidIds}} changed, {{lost}} missing, other problems: {{problems}}.':
    'Hält der Prüfung nicht stand: {{invalidIds}} geändert, {{lost}} fehlen, andere Mängel: {{problems}}.',
  'See Audit in the web app for what was changed, and who may write to the database.':
    'Sehen Sie im Prüfprotokoll nach, was geändert wurde, und wer in die Datenbank schreiben darf.',
  'Verify it under Audit in the web app.': 'Prüfen Sie es auf der Seite Prüfprotokoll.',
  'Too long to be verified within {{verifyTimeoutMs}} seconds.':
    'Zu lang, um innerhalb von {{verifyTimeoutMs}} Sekunden geprüft zu werden.',
  'Run pinchy backup <file>, and let a timer do it every night.':
    'Führen Sie pinchy backup <Datei> aus, und lassen Sie das jede Nacht einen Zeitplan tun.',
  'None was made yet.': 'Es wurde noch keine gemacht.',
  'The last one was made {{age}} ago.': 'Die letzte ist {{age}} alt.',
  'Not done yet: {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.':
    'Noch zu tun: {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.',
  'No server runs: the next start marks these answers as interrupted.':
    'Kein Server läuft: Der nächste Start vermerkt diese Antworten als unterbrochen.',
  '{{replicas}} server processes work on this database.': '{{replicas}} Serverprozesse arbeiten mit dieser Datenbank.',
  'Give this command the PORT and HOST of the server, so that it can ask it too.':
    'Geben Sie diesem Befehl PORT und HOST des Servers, damit er auch ihn fragen kann.',
  'A server works on this database, and none answers at this port.':
    'Ein Server arbeitet mit dieser Datenbank, und an diesem Port antwortet keiner.',
  'None yet: they begin with the first start.': 'Noch keine: Sie beginnen mit dem ersten Start.',
  'Failed within a day: {{failed}}.': 'Innerhalb eines Tages gescheitert: {{failed}}.',
  'The log of the server says why.': 'Das Log des Servers sagt, warum.',
  'Start a server with BACKGROUND_JOBS=1, which does them.':
    'Starten Sie einen Server mit BACKGROUND_JOBS=1, der sie erledigt.',
  'Waiting: {{waiting}}, the oldest for {{late}}.': 'Es warten {{waiting}}, am längsten seit {{late}}.',
  'Waiting: {{waiting}}.': 'Es warten {{waiting}}.',
};
