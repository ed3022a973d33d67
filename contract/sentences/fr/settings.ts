import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of everything else, in French. */
export const settings: Sentences = {
  'Too many requests. Wait a moment, then try again.': 'Trop de requêtes. Attendez un instant, puis réessayez.',
  'Another program has set a webhook for this bot. Stop it there, or make a new token at @BotFather and connect it here.':
    'Un autre programme a posé un webhook pour ce bot. Arrêtez-le là-bas, ou créez un nouveau jeton auprès de @BotFather et connectez-le ici.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and connect it here.':
    'Un autre programme reçoit les messages de ce bot. Arrêtez-le là-bas, ou créez un nouveau jeton auprès de @BotFather et connectez-le ici.',
  'Telegram does not accept the bot’s token any more. Copy the current one from @BotFather and connect it here.':
    'Telegram n’accepte plus le jeton du bot. Copiez l’actuel chez @BotFather et connectez-le ici.',
  'Telegram cannot be reached from this server.': 'Telegram n’est pas joignable depuis ce serveur.',
  'Telegram asks to wait before the next request.': 'Telegram demande d’attendre avant la prochaine requête.',
  'Too many answers are being formatted at the moment. Try again in a moment.':
    'Trop de réponses sont mises en forme en ce moment. Réessayez dans un instant.',
  'Another program receives this bot’s messages. Stop it there, or make a new token at @BotFather and enter that.':
    'Un autre programme reçoit les messages de ce bot. Arrêtez-le là-bas, ou créez un nouveau jeton auprès de @BotFather et saisissez celui-ci.',
  'Telegram could not be reached. Try again in a moment.': 'Telegram n’a pas pu être joint. Réessayez dans un instant.',
  'Telegram does not accept this token. Copy it again from @BotFather.':
    'Telegram n’accepte pas ce jeton. Copiez-le de nouveau chez @BotFather.',
  'This bot was not found.': 'Ce bot est introuvable.',
  'Only Telegram may deliver here.': 'Seul Telegram peut livrer ici.',
  'Telegram could not be reached.': 'Telegram n’a pas pu être joint.',
  'There is no tool "{{unknown}}".': 'L’outil « {{unknown}} » n’existe pas.',
  '{{path}} is not a directory under /data/.': '{{path}} n’est pas un répertoire sous /data/.',
  'One of these groups does not exist.': 'L’un de ces groupes n’existe pas.',
  'There is no such person, or their account is deactivated.':
    'Cette personne n’existe pas, ou son compte est désactivé.',
  'Choose the Odoo connection that {{name}} is to work with.':
    'Choisissez la connexion Odoo avec laquelle {{name}} doit travailler.',
  'Restricting agents to groups needs an active enterprise licence.':
    'Restreindre des agents à des groupes requiert une licence entreprise active.',
  'There is no template "{{templateId}}".': 'Le gabarit « {{templateId}} » n’existe pas.',
  'A personal agent cannot be deleted.': 'Un agent personnel ne peut pas être supprimé.',
  'The version was not found.': 'La version est introuvable.',
  'Only admins can change {{denied}}.': 'Seuls les administrateurs peuvent modifier {{denied}}.',
  '{{host}} is this machine, which agents never read.': '{{host}} est cette machine, que les agents ne lisent jamais.',
  '{{host}} is no address in a private network.': '{{host}} n’est pas une adresse d’un réseau privé.',
  'Sign in to continue.': 'Connectez-vous pour continuer.',
  'The agent was not found.': 'L’agent est introuvable.',
  'Only admins can change this agent.': 'Seuls les administrateurs peuvent modifier cet agent.',
  'The permissions of a personal agent cannot be changed.':
    'Les autorisations d’un agent personnel ne peuvent pas être modifiées.',
  'The model {{model}} of this version is not offered any more. Choose a model by hand.':
    'Le modèle {{model}} de cette version n’est plus proposé. Choisissez vous-même un modèle.',
  'Too many failed attempts. Try again in {{retryAfter}}.':
    'Trop de tentatives manquées. Réessayez dans {{retryAfter}}.',
  'Enter your password.': 'Saisissez votre mot de passe.',
  'The account is deactivated.': 'Le compte est désactivé.',
  'E-mail or password is wrong.': 'L’e-mail ou le mot de passe est incorrect.',
  'This account is deactivated. Ask an admin to reactivate it.':
    'Ce compte est désactivé. Demandez à un administrateur de le réactiver.',
  'Your session has ended. Sign in again; nothing was changed.':
    'Votre session est terminée. Reconnectez-vous ; rien n’a été modifié.',
  'Only admins can do this.': 'Seuls les administrateurs peuvent faire cela.',
  'Too many people are signing in at the moment. Wait a moment, then try again.':
    'Trop de personnes se connectent en ce moment. Attendez un instant, puis réessayez.',
  'This password is on the lists that attackers try first. Choose another one.':
    'Ce mot de passe figure sur les listes que les attaquants essaient en premier. Choisissez-en un autre.',
  '{{path}} is not empty. Remove what lies in it first, hidden files too.':
    '{{path}} n’est pas vide. Retirez d’abord ce qui s’y trouve, fichiers cachés compris.',
  'A path below the directory has at most {{maxDepth}} names.':
    'Un chemin sous le répertoire a au plus {{maxDepth}} noms.',
  '{{filename}} leads out of the directory. Give a path below it.':
    '{{filename}} mène hors du répertoire. Indiquez un chemin à l’intérieur.',
  '{{filename}} has a directory without a name.': '{{filename}} a un répertoire sans nom.',
  '{{path}} is not a path below /data/.': '{{path}} n’est pas un chemin sous /data/.',
  '{{path}} is hidden.': '{{path}} est caché.',
  '{{name}} cannot be the name of a directory.{{instead}}':
    '{{name}} ne peut pas être le nom d’un répertoire.{{instead}}',
  'All documents together may take {{limitBytes}}, and this does not fit in any more. Remove what is not needed, or raise DOCUMENTS_MIB.':
    'Tous les documents ensemble peuvent occuper {{limitBytes}}, et ceci n’y tient plus. Retirez ce qui est inutile, ou augmentez DOCUMENTS_MIB.',
  'The disk for documents is full. Free some space on the server, then try again.':
    'Le disque des documents est plein. Libérez de la place sur le serveur, puis réessayez.',
  'Choose a directory below /data/: agents are given directories.':
    'Choisissez un répertoire sous /data/ : on donne des répertoires aux agents.',
  'Send at least one document.': 'Envoyez au moins un document.',
  '{{asShown}} is a directory. Remove it as one.': '{{asShown}} est un répertoire. Retirez-le comme tel.',
  'There is {{value}} already.': '{{value}} existe déjà.',
  '{{asShown}} is a document. Remove it as one.': '{{asShown}} est un document. Retirez-le comme tel.',
  'Name a directory or document below /data/.': 'Indiquez un répertoire ou un document sous /data/.',
  'Send the documents as multipart/form-data.': 'Envoyez les documents en multipart/form-data.',
  '{{path}} is not a directory.': '{{path}} n’est pas un répertoire.',
  '{{names}} has more than {{maxEntries}} entries. Make another directory.':
    '{{names}} a plus de {{maxEntries}} entrées. Créez un autre répertoire.',
  '{{path}} is a link on the server. Name the directory or document itself, or change the link there.':
    '{{path}} est un lien sur le serveur. Indiquez le répertoire ou le document lui-même, ou modifiez le lien là-bas.',
  'Somebody changed this directory at the same moment. Look again, then retry.':
    'Quelqu’un a modifié ce répertoire au même moment. Regardez de nouveau, puis réessayez.',
  'The server has no directory for documents. Make the one that DATA_ROOT names, /data unless set otherwise.':
    'Le serveur n’a pas de répertoire pour les documents. Créez celui que nomme DATA_ROOT, /data sauf autre réglage.',
  'Pinchy may not write to {{path}} on its server. Give its account the right to, or change the documents on the server itself.':
    'Pinchy ne peut pas écrire dans {{path}} sur son serveur. Donnez-en le droit à son compte, ou modifiez les documents sur le serveur même.',
  'The path is too long for the file system of the server. Shorten the names.':
    'Le chemin est trop long pour le système de fichiers du serveur. Raccourcissez les noms.',
  'A document may have at most {{maxDocumentBytes}} MiB.': 'Un document peut avoir au plus {{maxDocumentBytes}} Mio.',
  'There is a directory {{path}} already. Give the document another name.':
    'Il y a déjà un répertoire {{path}}. Donnez un autre nom au document.',
  'There is {{path}} already. Replace it, or give the new document another name.':
    '{{path}} existe déjà. Remplacez-le, ou donnez un autre nom au nouveau document.',
  'The group was not found.': 'Le groupe est introuvable.',
  'There is a group with this name already.': 'Un groupe de ce nom existe déjà.',
  'One of these users does not exist.': 'L’une de ces personnes n’existe pas.',
  'The connection was not found.': 'La connexion est introuvable.',
  'There is no such Odoo connection.': 'Cette connexion Odoo n’existe pas.',
  'This connection was never synchronised, so it is not known what it offers. Synchronise it first.':
    'Cette connexion n’a jamais été synchronisée, on ne sait donc pas ce qu’elle offre. Synchronisez-la d’abord.',
  'This Odoo does not offer what the template needs: {{list}}. Install the app or give the Odoo user the right, then synchronise.':
    'Cet Odoo n’offre pas ce dont le gabarit a besoin : {{list}}. Installez l’application ou donnez le droit à l’utilisateur Odoo, puis synchronisez.',
  'The connection was deleted meanwhile.': 'La connexion a été supprimée entre-temps.',
  'A web search connection has no {{unknown}}.': 'Une connexion de recherche web n’a pas de {{unknown}}.',
  'Enter the API key again: it was given for another address or user.':
    'Saisissez de nouveau la clé d’API : elle avait été donnée pour une autre adresse ou un autre utilisateur.',
  'The API key belongs to another user than the one that was entered.':
    'La clé d’API appartient à un autre utilisateur que celui qui a été saisi.',
  'A web search connection has no models; it can only be switched on and off.':
    'Une connexion de recherche web n’a pas de modèles ; elle peut seulement être activée et désactivée.',
  'Single permissions need the access level custom.':
    'Des autorisations isolées requièrent le niveau d’accès personnalisé.',
  'The connection does not offer the model {{unknown}}. Synchronise it if it was installed recently.':
    'La connexion n’offre pas le modèle {{unknown}}. Synchronisez-la s’il a été installé récemment.',
  'The Odoo user itself has no right to {{operation}} {{model}}.':
    'L’utilisateur Odoo lui-même n’a pas le droit {{operation}} pour {{model}}.',
  'The connection was changed meanwhile. Synchronise it again.':
    'La connexion a été modifiée entre-temps. Synchronisez-la de nouveau.',
  'This agent reads no directory of this name.': 'Cet agent ne lit aucun répertoire de ce nom.',
  'Choose a model of Ollama, OpenAI or Google.': 'Choisissez un modèle d’Ollama, d’OpenAI ou de Google.',
  '{{providerNames}} is not connected.': '{{providerNames}} n’est pas connecté.',
  'The licence is set by the environment variable PINCHY_ENTERPRISE_KEY. Change it there.':
    'La licence est fixée par la variable d’environnement PINCHY_ENTERPRISE_KEY. Modifiez-la là-bas.',
  'This server has no PINCHY_LICENSE_PUBLIC_KEY to check a licence key against.':
    'Ce serveur n’a pas de PINCHY_LICENSE_PUBLIC_KEY pour vérifier une clé de licence.',
  'This is not a valid licence key for this server.': 'Ce n’est pas une clé de licence valide pour ce serveur.',
  'This licence key expired on {{value}}.': 'Cette clé de licence a expiré le {{value}}.',
  'Every seat of the licence is taken ({{maxUsers}} in all). Deactivate a user, revoke an invite or get more seats.':
    'Toutes les places de la licence sont prises ({{maxUsers}} en tout). Désactivez une personne, révoquez une invitation ou obtenez plus de places.',
  'This is no model of a provider that Pinchy knows.': 'Ce n’est pas un modèle d’un fournisseur que Pinchy connaît.',
  'An answer has to fit into the context window, beside what was asked.':
    'Une réponse doit tenir dans la fenêtre de contexte, à côté de ce qui a été demandé.',
  'The provider of this agent’s model is not configured. An admin can choose another model.':
    'Le fournisseur du modèle de cet agent n’est pas configuré. Un administrateur peut choisir un autre modèle.',
  'A provider is configured already. Change it under Settings → Providers.':
    'Un fournisseur est déjà configuré. Modifiez-le sous Paramètres → Fournisseurs.',
  'A configured provider {{providerNames}} was not found.':
    'Un fournisseur {{providerNames}} configuré est introuvable.',
  '{{providerNames}} is not connected yet, so its address is needed.':
    '{{providerNames}} n’est pas encore connecté, son adresse est donc nécessaire.',
  '{{providerNames}} is not connected yet, so its key is needed.':
    '{{providerNames}} n’est pas encore connecté, sa clé est donc nécessaire.',
  'This answer was not found.': 'Cette réponse est introuvable.',
  'Nothing of a temporary conversation is kept, no rating either.':
    'Rien d’une conversation temporaire n’est conservé, pas même une évaluation.',
  'Wait until the answer is whole.': 'Attendez que la réponse soit entière.',
  'This rating was not found.': 'Cette évaluation est introuvable.',
  'Open Pinchy over HTTPS first: a domain can only be locked by a request that came through it. Behind a proxy, set TRUSTED_PROXIES.':
    'Ouvrez d’abord Pinchy par HTTPS : un domaine ne peut être fixé que par une requête arrivée par là. Derrière un proxy, réglez TRUSTED_PROXIES.',
  'You opened Pinchy on {{host}}. Open it on {{domain}} to lock that domain.':
    'Vous avez ouvert Pinchy sur {{host}}. Ouvrez-le sur {{domain}} pour fixer ce domaine.',
  'Pinchy is locked to https://{{locked}}. Open it there.': 'Pinchy est fixé à https://{{locked}}. Ouvrez-le là-bas.',
  'This setting is changed under {{owner}}.': 'Ce réglage se modifie sous {{owner}}.',
  'Pinchy is set up already. Sign in instead.': 'Pinchy est déjà installé. Connectez-vous plutôt.',
  'The source was not found.': 'La source est introuvable.',
  'This is a page of the web: open its address.': 'C’est une page du web : ouvrez son adresse.',
  'The agent may not read documents any more.': 'L’agent ne peut plus lire de documents.',
  'The agent may not read this document any more.': 'L’agent ne peut plus lire ce document.',
  'This document is not there any more.': 'Ce document n’est plus là.',
  'Connect the main bot first: people link their Telegram accounts through it.':
    'Connectez d’abord le bot principal : c’est par lui que l’on associe son compte Telegram.',
  'This bot is connected to another agent already. Disconnect it there, or make another bot.':
    'Ce bot est déjà connecté à un autre agent. Déconnectez-le là-bas, ou créez un autre bot.',
  'The main bot cannot be disconnected alone. Remove Telegram for everyone under Settings → Telegram.':
    'Le bot principal ne peut pas être déconnecté seul. Retirez Telegram pour tous sous Paramètres → Telegram.',
  'A Telegram bot of this agent was not found.': 'Un bot Telegram de cet agent est introuvable.',
  'This code is not valid or has expired. Write to the bot again to get a new one.':
    'Ce code n’est pas valide ou a expiré. Écrivez de nouveau au bot pour en obtenir un autre.',
  'This Telegram account is linked to someone else. They have to unlink it first.':
    'Ce compte Telegram est associé à quelqu’un d’autre, qui doit d’abord le dissocier.',
  'Too many wrong codes. Try again in 1 minute.': 'Trop de codes erronés. Réessayez dans 1 minute.',
  'Too many wrong codes. Try again in {{count}} minutes.': 'Trop de codes erronés. Réessayez dans {{count}} minutes.',
  'A linked Telegram account was not found.': 'Un compte Telegram associé est introuvable.',
  'Your files and conversations may take {{limit}} altogether, and this file does not fit in any more. Delete conversations that you no longer need; the room of their files is free the next day.':
    'Vos fichiers et conversations peuvent occuper {{limit}} en tout, et ce fichier n’y tient plus. Supprimez des conversations dont vous n’avez plus besoin ; la place de leurs fichiers est libre le lendemain.',
  'A file may have at most 25 MiB.': 'Un fichier peut avoir au plus 25 Mio.',
  'The file was not found.': 'Le fichier est introuvable.',
  'Send the file as multipart/form-data.': 'Envoyez le fichier en multipart/form-data.',
  'Send one file.': 'Envoyez un fichier.',
  'There is no time zone "{{tz}}".': 'Le fuseau horaire « {{tz}} » n’existe pas.',
  'Your account was not found.': 'Votre compte est introuvable.',
  'An account with the e-mail address {{email}} was not found.':
    'Un compte avec l’adresse e-mail {{email}} est introuvable.',
  'The account {{email}} is deactivated. An admin has to reactivate it first.':
    'Le compte {{email}} est désactivé. Un administrateur doit d’abord le réactiver.',
  'The current password is not right.': 'Le mot de passe actuel n’est pas le bon.',
  'This link is not valid. Ask your admin for a new one.':
    'Ce lien n’est pas valide. Demandez-en un nouveau à votre administrateur.',
  'Enter your name.': 'Saisissez votre nom.',
  'This invite is for another e-mail address.': 'Cette invitation est pour une autre adresse e-mail.',
  'Enter your e-mail address.': 'Saisissez votre adresse e-mail.',
  'There is an account with this e-mail address already. Sign in instead.':
    'Un compte avec cette adresse e-mail existe déjà. Connectez-vous plutôt.',
  'This link was not found.': 'Ce lien est introuvable.',
  'This link was used already. Sign in, or ask your admin for a new one.':
    'Ce lien a déjà été utilisé. Connectez-vous, ou demandez-en un nouveau à votre administrateur.',
  'This link has expired. Ask your admin for a new one.':
    'Ce lien a expiré. Demandez-en un nouveau à votre administrateur.',
  '{{name}} has an account with this address, which is deactivated. Reactivate it instead.':
    '{{name}} a un compte avec cette adresse, qui est désactivé. Réactivez-le plutôt.',
  'Inviting into groups needs an active enterprise licence.':
    'Inviter dans des groupes requiert une licence entreprise active.',
  'A pending invite with this id was not found.': 'Une invitation en cours avec cet identifiant est introuvable.',
  'You cannot block your own password. Change it under Settings → Profile, or ask another admin to reset it.':
    'Vous ne pouvez pas bloquer votre propre mot de passe. Modifiez-le sous Paramètres → Profil, ou demandez à un autre administrateur de le réinitialiser.',
  'The user was not found.': 'La personne est introuvable.',
  'You cannot change your own role. Ask another admin.':
    'Vous ne pouvez pas modifier votre propre rôle. Demandez à un autre administrateur.',
  'The last admin cannot be demoted.': 'Le dernier administrateur ne peut pas perdre ce rôle.',
  'You cannot deactivate yourself. Ask another admin.':
    'Vous ne pouvez pas vous désactiver vous-même. Demandez à un autre administrateur.',
  'The last admin cannot be deactivated.': 'Le dernier administrateur ne peut pas être désactivé.',
  'A deactivated user with this id was not found.': 'Une personne désactivée avec cet identifiant est introuvable.',
  'Too much of what you sent has not arrived in full yet. Try again later.':
    'Une trop grande part de ce que vous avez envoyé n’est pas encore arrivée. Réessayez plus tard.',
  'Too much is being sent to this server at the moment. Try again in a moment.':
    'Trop de données sont envoyées à ce serveur en ce moment. Réessayez dans un instant.',
  'Too many exports are under way at the moment. Try again in a moment.':
    'Trop d’exportations sont en cours en ce moment. Réessayez dans un instant.',
  'Too many files of yours are being read already. Wait a moment, then try again.':
    'Trop de vos fichiers sont déjà en cours de lecture. Patientez un instant, puis réessayez.',
  'You have copied {{copiesPerHour}} conversations within an hour. Wait, then try again.':
    'Vous avez copié {{copiesPerHour}} conversations en une heure. Patientez, puis réessayez.',
  'Too much of yours is being listed already. Wait a moment, then try again.':
    'Trop de listes sont déjà en cours pour vous. Attendez un instant, puis réessayez.',
  '{{maxPerPerson}} downloads are under way for you already. Try again when one of them has ended.':
    '{{maxPerPerson}} téléchargements sont déjà en cours pour vous. Réessayez quand l’un d’eux sera terminé.',
  'One form may have at most {{maxDocumentsPerForm}} documents.':
    'Un formulaire peut avoir au plus {{maxDocumentsPerForm}} documents.',
  'The request could not be read.': 'La requête n’a pas pu être lue.',
  'The disk of the server is full: nothing can be stored. Tell your admin.':
    'Le disque du serveur est plein : rien ne peut être enregistré. Prévenez votre administrateur.',
  'Something went wrong on the server. Try again; if it stays, tell your admin the request id.':
    'Une erreur s’est produite sur le serveur. Réessayez ; si elle persiste, donnez à votre administrateur l’identifiant de la requête.',
  'The request is not valid.': 'La requête n’est pas valide.',
  'This value is not valid.': 'Cette valeur n’est pas valide.',
  'This field is not known here.': 'Ce champ n’est pas connu ici.',
  'There is no such API endpoint.': 'Ce point d’accès de l’API n’existe pas.',
  'The upload is not a complete form with files. Try again.':
    'L’envoi n’est pas un formulaire complet avec des fichiers. Réessayez.',
  'The API reference is being fetched too often at the moment. Try again in a moment.':
    'La référence de l’API est trop demandée en ce moment. Réessayez dans un instant.',
  'This request came from another site and was refused.': 'Cette requête venait d’un autre site et a été refusée.',
  'Your browser sent two session cookies, and only one can be yours. Try again, or sign in. If this stays, delete the cookies of this address and of its neighbours in your browser.':
    'Votre navigateur a envoyé deux cookies de session, et un seul peut être le vôtre. Réessayez, ou connectez-vous. Si cela persiste, supprimez dans votre navigateur les cookies de cette adresse et de ses voisines.',
  'The file did not get on. Check your connection, then try again.':
    'Le fichier n’avançait plus. Vérifiez votre connexion, puis réessayez.',
  'Too many searches are running at the moment. Try again in a moment.':
    'Trop de recherches sont en cours en ce moment. Réessayez dans un instant.',
  'The model answers vectors of {{size}} numbers where they had {{dimensions}}: it was replaced by another of the same name. Switch search by meaning off and on again.':
    'Le modèle répond par des vecteurs de {{size}} nombres là où ils en avaient {{dimensions}} : il a été remplacé par un autre du même nom. Désactivez la recherche par le sens, puis réactivez-la.',
  'The address {{which}} is not allowed: it is {{refusal}}.':
    'L’adresse {{which}} n’est pas autorisée : elle est {{refusal}}.',
  'The address of {{bare}} is not allowed.': 'L’adresse de {{bare}} n’est pas autorisée.',
  'The host {{bare}} was not found.': 'L’hôte {{bare}} est introuvable.',
  'That is not a web address.': 'Ce n’est pas une adresse web.',
  'Only http and https addresses are allowed.': 'Seules les adresses http et https sont autorisées.',
  'The address must not contain a user name or password.':
    'L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe.',
  'This needs an active enterprise licence. Add a key under Settings → Licence.':
    'Ceci requiert une licence entreprise active. Ajoutez une clé sous Paramètres → Licence.',
  '{{host}} answered with a redirect.': '{{host}} a répondu par une redirection.',
  '{{host}} redirected too often.': '{{host}} a redirigé trop souvent.',
  '{{host}} redirected to something that is not an address.':
    '{{host}} a redirigé vers quelque chose qui n’est pas une adresse.',
  '{{origin}} redirected a request elsewhere: it leads to {{origin2}}.':
    '{{origin}} a redirigé une requête ailleurs : elle mène à {{origin2}}.',
  '{{host}} redirected a request elsewhere.': '{{host}} a redirigé une requête ailleurs.',
  'The answer is larger than {{maxBytes}} bytes.': 'La réponse dépasse {{maxBytes}} octets.',
  'The request was stopped.': 'La requête a été arrêtée.',
  '{{host}} did not answer in time.': '{{host}} n’a pas répondu à temps.',
  '{{host}} could not be reached.': '{{host}} n’a pas pu être joint.',
  '“{{safe}}” can.': '« {{safe}} » convient.',
  'For an Odoo in a private network, start Pinchy with ALLOW_PRIVATE_URLS=1.':
    'Pour un Odoo dans un réseau privé, démarrez Pinchy avec ALLOW_PRIVATE_URLS=1.',
  'A personal agent cannot be duplicated.': 'Un agent personnel ne peut pas être dupliqué.',
  'There are {{maxPrompts}} prompts already. Delete one that is not used any more.':
    'Il y a déjà {{maxPrompts}} prompts. Supprimez-en un qui ne sert plus.',
  'The prompt was not found.': 'Le prompt est introuvable.',
  '{{providerNames}} does not offer this model.': '{{providerNames}} ne propose pas ce modèle.',
  'Too many checks. Wait 1 second, then check again.':
    'Trop de vérifications. Attendez 1 seconde, puis vérifiez de nouveau.',
  'Too many checks. Wait {{count}} seconds, then check again.':
    'Trop de vérifications. Attendez {{count}} secondes, puis vérifiez de nouveau.',
  'Sharing conversations is switched off. An admin can allow it.':
    'Le partage de conversations est désactivé. Un administrateur peut le permettre.',
  'One of these people does not exist, may not use this agent, or is yourself.':
    'L’une de ces personnes n’existe pas, ne peut pas utiliser cet agent, ou c’est vous-même.',
  'One of these groups does not exist, or you are not in it.':
    'L’un de ces groupes n’existe pas, ou vous n’en faites pas partie.',
  'Nothing has been said in this conversation that could be shared.':
    'Rien n’a été dit dans cette conversation qui puisse être partagé.',
  'This conversation is too long to be shared: it has more than {{maxSharedMessages}} messages.':
    'Cette conversation est trop longue pour être partagée : elle a plus de {{maxSharedMessages}} messages.',
  'Conversations with a personal agent cannot be shared: nobody else may use it.':
    'Les conversations avec un agent personnel ne peuvent pas être partagées : personne d’autre ne peut l’utiliser.',
  'A link to this conversation was not found.': 'Un lien vers cette conversation est introuvable.',
  'This conversation is too long to be copied.': 'Cette conversation est trop longue pour être copiée.',
  'Your conversations and files take {{limit}} already. Delete some first.':
    'Vos conversations et fichiers occupent déjà {{limit}}. Supprimez-en d’abord.',
  'Nothing was said that could be copied.': 'Rien n’a été dit qui puisse être copié.',
};
