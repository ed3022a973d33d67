import type { Sentences } from '../match-sentences.ts';

/** What the report about an installation finds, in French. */
export const report: Sentences = {
  'Look at PINCHY_HOME.': 'Regardez PINCHY_HOME.',
  'docs/environment.md says what each variable takes.': 'docs/environment.md dit ce qu’accepte chaque variable.',
  'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} on {{arch}}.':
    'Pinchy {{version}}, Node.js {{node}}, {{platform}} {{release}} sur {{arch}}.',
  'The log of the server may say why.': 'Le journal du serveur dit peut-être pourquoi.',
  'Everything else waits for it.': 'Tout le reste l’attend.',
  'Let the machine keep its time by NTP: sign-ins, licences and the order of the trail depend on it.':
    'Laissez la machine tenir son heure par NTP : les connexions, les licences et l’ordre du journal en dépendent.',
  '{{Math}} seconds ahead of {{than}}.': '{{Math}} secondes en avance sur {{than}}.',
  '{{Math}} seconds behind {{than}}.': '{{Math}} secondes en retard sur {{than}}.',
  "Agrees with the database's.": 'D’accord avec celle de la base de données.',
  "Agrees with the database's and a provider's.": 'D’accord avec celles de la base de données et d’un fournisseur.',
  'PostgreSQL {{version}}, {{kind}}, {{bytes}} (index of documents: {{index_bytes}}), {{connections}} of {{max_connections}} connections.':
    'PostgreSQL {{version}}, {{kind}}, {{bytes}} (index des documents : {{index_bytes}}), {{connections}} connexions sur {{max_connections}}.',
  '{{name}} is off: a power cut may lose what was acknowledged.':
    '{{name}} est désactivé : une coupure de courant peut perdre ce qui était confirmé.',
  'Set {{name}} to on.': 'Mettez {{name}} à on.',
  'Its encoding is {{encoding}}.': 'Son encodage est {{encoding}}.',
  'Create the database with the encoding UTF8.': 'Créez la base de données avec l’encodage UTF8.',
  'It is a read-only copy.': 'C’est une copie en lecture seule.',
  'Let DATABASE_URL name the server that may write.': 'DATABASE_URL doit nommer le serveur qui peut écrire.',
  '{{connections}} of {{max_connections}} connections are taken.':
    '{{connections}} connexions sur {{max_connections}} sont prises.',
  'Raise max_connections (20 for each Pinchy process), or stop what holds them.':
    'Augmentez max_connections (20 par processus de Pinchy), ou arrêtez ce qui les tient.',
  'Look for it in pg_stat_activity, and end it with pg_terminate_backend.':
    'Cherchez-la dans pg_stat_activity et terminez-la avec pg_terminate_backend.',
  'A transaction has been open for {{minutes}} minutes.': 'Une transaction est ouverte depuis {{minutes}} minutes.',
  'It holds no Pinchy yet.': 'Elle ne contient pas encore de Pinchy.',
  'Start Pinchy once.': 'Démarrez Pinchy une fois.',
  'It is of an older Pinchy.': 'Elle est d’un Pinchy plus ancien.',
  'Start this version; it brings the database up to date.':
    'Démarrez cette version ; elle met la base de données à jour.',
  'It is of a newer Pinchy.': 'Elle est d’un Pinchy plus récent.',
  'Use that version, or restore an older backup.':
    'Utilisez cette version-là, ou restaurez une sauvegarde plus ancienne.',
  'For a team, put a proxy with HTTPS in front and lock the domain under Settings → Security.':
    'Pour une équipe, placez un proxy avec HTTPS devant et verrouillez le domaine sous Paramètres → Sécurité.',
  'No domain is locked, so Pinchy may be reached without HTTPS.':
    'Aucun domaine n’est verrouillé, Pinchy est donc peut-être accessible sans HTTPS.',
  'Locked to a domain, which answers over HTTPS from here.': 'Verrouillé sur un domaine, qui répond d’ici en HTTPS.',
  'Locked to a domain, which does not answer from this machine ({{error}}).':
    'Verrouillé sur un domaine qui ne répond pas depuis cette machine ({{error}}).',
  'If it does not open in a browser either, look at the DNS entry, the certificate and the proxy.':
    'S’il ne s’ouvre pas non plus dans un navigateur, regardez l’entrée DNS, le certificat et le proxy.',
  'At the locked domain something else than Pinchy answers.':
    'Sur le domaine verrouillé répond autre chose que Pinchy.',
  'Point the proxy at this server.': 'Dirigez le proxy vers ce serveur.',
  '1 request came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '1 requête est passée par un proxy que TRUSTED_PROXIES ne nomme pas, ses en-têtes ne comptent donc pas.',
  '{{count}} requests came through a proxy that TRUSTED_PROXIES does not name, so its headers do not count.':
    '{{count}} requêtes sont passées par un proxy que TRUSTED_PROXIES ne nomme pas, ses en-têtes ne comptent donc pas.',
  'Set TRUSTED_PROXIES to the address of the proxy, if it is yours.':
    'Mettez dans TRUSTED_PROXIES l’adresse du proxy, s’il est à vous.',
  '1 request came through a trusted proxy, but never over HTTPS.':
    '1 requête est passée par un proxy de confiance, mais jamais en HTTPS.',
  '{{count}} requests came through a trusted proxy, but never over HTTPS.':
    '{{count}} requêtes sont passées par un proxy de confiance, mais jamais en HTTPS.',
  'Let the proxy send X-Forwarded-Proto, and redirect http to https.':
    'Faites envoyer X-Forwarded-Proto par le proxy, et rediriger http vers https.',
  '1 request over HTTPS and {{plain}} over http by a trusted proxy.':
    '1 requête en HTTPS et {{plain}} en http par un proxy de confiance.',
  '{{count}} requests over HTTPS and {{plain}} over http by a trusted proxy.':
    '{{count}} requêtes en HTTPS et {{plain}} en http par un proxy de confiance.',
  'Trusted proxies: {{trusted}}; none was seen.': 'Proxys de confiance : {{trusted}} ; aucun n’a été vu.',
  'Start it with pinchy openclaw, or set OPENCLAW_URL to where it is; docs/openclaw.md says how they pair.':
    'Démarrez-la avec pinchy openclaw, ou mettez dans OPENCLAW_URL où elle est ; docs/openclaw.md dit comment elles s’associent.',
  'The server is connected to it.': 'Le serveur y est connecté.',
  'The server is not connected to it, so agents do not answer.':
    'Le serveur n’y est pas connecté, les agents ne répondent donc pas.',
  'Something listens at OPENCLAW_URL.': 'Quelque chose écoute à OPENCLAW_URL.',
  'Nothing listens at OPENCLAW_URL.': 'Rien n’écoute à OPENCLAW_URL.',
  'Put PINCHY_HOME/secrets back, from a backup for instance, before you start Pinchy.':
    'Remettez PINCHY_HOME/secrets, d’une sauvegarde par exemple, avant de démarrer Pinchy.',
  'Neither set nor kept: {{missing}}.': 'Ni défini ni conservé : {{missing}}.',
  'Run chmod 700 on PINCHY_HOME/secrets and chmod 600 on the files in it.':
    'Exécutez chmod 700 sur PINCHY_HOME/secrets et chmod 600 sur les fichiers qui s’y trouvent.',
  'Others on this machine may read PINCHY_HOME/secrets.':
    'D’autres sur cette machine peuvent lire PINCHY_HOME/secrets.',
  'They are those that the database was written with.':
    'Ce sont celles avec lesquelles la base de données a été écrite.',
  '{{free}} of {{blocks}} are free where PINCHY_HOME is.':
    '{{free}} sur {{blocks}} sont libres là où se trouve PINCHY_HOME.',
  '{{says}} It has room for 1 more file.': '{{says}} Il reste de la place pour 1 fichier.',
  '{{says}} It has room for {{count}} more files.': '{{says}} Il reste de la place pour {{count}} fichiers.',
  'Delete files, or move PINCHY_HOME to another disk.':
    'Supprimez des fichiers, ou déplacez PINCHY_HOME sur un autre disque.',
  'Make room, or move PINCHY_HOME to a larger disk while Pinchy is stopped.':
    'Faites de la place, ou déplacez PINCHY_HOME sur un disque plus grand pendant que Pinchy est arrêté.',
  '{{available}} of memory are available.': '{{available}} de mémoire sont disponibles.',
  'Pinchy with its database takes about 300 MB: stop other programs, or give the machine more.':
    'Pinchy avec sa base de données prend environ 300 Mo : arrêtez d’autres programmes, ou donnez-en plus à la machine.',
  'DATA_ROOT can be read.': 'DATA_ROOT est lisible.',
  'DATA_ROOT cannot be read, so agents have no documents.':
    'DATA_ROOT n’est pas lisible, les agents n’ont donc pas de documents.',
  'Set DATA_ROOT to the directory above those that agents may read.':
    'Mettez dans DATA_ROOT le dossier au-dessus de ceux que les agents peuvent lire.',
  'Connect one under Settings → Providers.': 'Connectez-en un sous Paramètres → Fournisseurs.',
  'No model provider is connected.': 'Aucun fournisseur de modèles n’est connecté.',
  'Answers, with 1 model.': 'Répond, avec 1 modèle.',
  'Answers, with {{count}} models.': 'Répond, avec {{count}} modèles.',
  'Check the network, or the key under Settings → Providers.':
    'Vérifiez le réseau, ou la clé sous Paramètres → Fournisseurs.',
  'It does not answer.': 'Il ne répond pas.',
  'Start Pinchy with the ENCRYPTION_KEY it was set up with, or enter the key of the provider again.':
    'Démarrez Pinchy avec l’ENCRYPTION_KEY avec laquelle il a été installé, ou saisissez de nouveau la clé du fournisseur.',
  'Its key cannot be read.': 'Sa clé n’est pas lisible.',
  'Set PORT as the server has it, to examine one that runs.':
    'Mettez PORT comme l’a le serveur, pour en examiner un qui tourne.',
  'PORT is 0, so where the server listens is not known.': 'PORT est 0, on ne sait donc pas où le serveur écoute.',
  'Stop what holds port {{port}}, if it is not Pinchy; if it is, look at its log.':
    'Arrêtez ce qui tient le port {{port}}, si ce n’est pas Pinchy ; si c’est lui, regardez son journal.',
  'Something holds port {{port}} and does not answer.': 'Quelque chose tient le port {{port}} et ne répond pas.',
  'Not running: port {{port}} is free.': 'Ne tourne pas : le port {{port}} est libre.',
  'Stop that program, or set PORT to a free one.': 'Arrêtez ce programme, ou mettez dans PORT un port libre.',
  'Another program answers at port {{port}}.': 'Un autre programme répond au port {{port}}.',
  'Running at port {{port}}, without its database.': 'Tourne au port {{port}}, sans sa base de données.',
  'See Database below; the server connects by itself once it answers.':
    'Voir Base de données plus bas ; le serveur se connecte de lui-même dès qu’elle répond.',
  'Pinchy {{version}} runs at port {{port}}; this is {{version2}}.':
    'Pinchy {{version}} tourne au port {{port}} ; celui-ci est {{version2}}.',
  'Restart the server, so that it is the version that was installed.':
    'Redémarrez le serveur, pour qu’il soit la version installée.',
  'Running at port {{port}}.': 'Tourne au port {{port}}.',
  'Running at port {{port}}, {{memory}} of memory, {{openChats}}, {{answers}}, {{requests}}.':
    'Tourne au port {{port}}, {{memory}} de mémoire, {{openChats}}, {{answers}}, {{requests}}.',
  'Verified, 1 entry.': 'Vérifié, 1 entrée.',
  'Verified, {{count}} entries.': 'Vérifié, {{count}} entrées.',
  'Does not verify: {{invalidIds}} changed, {{lost}} missing, other problems: {{problems}}.':
    'Ne résiste pas à la vérification : {{invalidIds}} modifiées, {{lost}} manquantes, autres problèmes : {{problems}}.',
  'See Audit in the web app for what was changed, and who may write to the database.':
    'Voyez dans le journal d’audit ce qui a été changé, et qui peut écrire dans la base de données.',
  'Verify it under Audit in the web app.': 'Vérifiez-le sur la page du journal d’audit.',
  'Too long to be verified within {{verifyTimeoutMs}} seconds.':
    'Trop long pour être vérifié en {{verifyTimeoutMs}} secondes.',
  'Run pinchy backup <file>, and let a timer do it every night.':
    'Lancez pinchy backup <fichier>, et laissez un minuteur le faire chaque nuit.',
  'None was made yet.': 'Aucune n’a encore été faite.',
  'The last one was made {{age}} ago.': 'La dernière a été faite il y a {{age}}.',
  'Not done yet: {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.':
    'Reste à faire : {{runs}}, {{approvals}}, {{telegram}}, {{unsealed}}.',
  'No server runs: the next start marks these answers as interrupted.':
    'Aucun serveur ne tourne : le prochain démarrage note ces réponses comme interrompues.',
  '{{replicas}} server processes work on this database.':
    '{{replicas}} processus de serveur travaillent sur cette base de données.',
  'Give this command the PORT and HOST of the server, so that it can ask it too.':
    'Donnez à cette commande le PORT et le HOST du serveur, pour qu’elle puisse l’interroger aussi.',
  'A server works on this database, and none answers at this port.':
    'Un serveur travaille sur cette base de données, et aucun ne répond à ce port.',
  'None yet: they begin with the first start.': 'Aucune encore : elles commencent avec le premier démarrage.',
  'Failed within a day: {{failed}}.': 'Échouées en un jour : {{failed}}.',
  'The log of the server says why.': 'Le journal du serveur dit pourquoi.',
  'Start a server with BACKGROUND_JOBS=1, which does them.':
    'Démarrez un serveur avec BACKGROUND_JOBS=1, qui les fait.',
  'Waiting: {{waiting}}, the oldest for {{late}}.': 'En attente : {{waiting}}, la plus ancienne depuis {{late}}.',
  'Waiting: {{waiting}}.': 'En attente : {{waiting}}.',
};
