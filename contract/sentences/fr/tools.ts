import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of tools, in French. */
export const tools: Sentences = {
  'Only administrators can change the context of the organisation.':
    'Seuls les administrateurs peuvent modifier le contexte de l’organisation.',
  'The context must not be empty.': 'Le contexte ne doit pas être vide.',
  'The input is not valid. {{reason}}': 'L’entrée n’est pas valide. {{reason}}',
  'The input must be one JSON object, but it was not valid JSON.':
    'L’entrée doit être un objet JSON, mais ce n’était pas du JSON valide.',
  '{{name}} is not a directory under /data/.': '{{name}} n’est pas un répertoire sous /data/.',
  '{{name}} is hidden.': '{{name}} est caché.',
  'Too many documents are being read at the moment. Try again in a moment.':
    'Trop de documents sont lus en ce moment. Réessayez dans un instant.',
  'Too many large documents are being read at the moment. Try again in a moment.':
    'Trop de grands documents sont lus en ce moment. Réessayez dans un instant.',
  '{{path}} has {{Math}} MB; documents can be read up to 50 MB.':
    '{{path}} a {{Math}} Mo ; des documents jusqu’à 50 Mo peuvent être lus.',
  '{{path}} could not be read within {{Math}} seconds.': '{{path}} n’a pas pu être lu en {{Math}} secondes.',
  'Listed 1 directory': '1 répertoire listé',
  'Listed {{count}} directories': '{{count}} répertoires listés',
  '{{path}} has 1 entry; offset {{offset}} is beyond its end.':
    '{{path}} a 1 entrée ; offset {{offset}} est au-delà de la fin.',
  '{{path}} has {{count}} entries; offset {{offset}} is beyond its end.':
    '{{path}} a {{count}} entrées ; offset {{offset}} est au-delà de la fin.',
  'Listed 1 entry of {{path}}': '1 entrée de {{path}} listée',
  'Listed {{count}} entries of {{path}}': '{{count}} entrées de {{path}} listées',
  '{{path}} is not a file that can be read. If it is a directory, list it with pinchy_ls.':
    '{{path}} n’est pas un fichier lisible. Si c’est un répertoire, il se liste avec pinchy_ls.',
  '{{path}} is not a directory. Read it with pinchy_read.':
    '{{path}} n’est pas un répertoire. Il se lit avec pinchy_read.',
  'There is nothing at {{path}}.': 'Il n’y a rien à {{path}}.',
  '{{path}} cannot be opened: the server has no permission to read it, or the disk failed.':
    '{{path}} ne peut pas être ouvert : le serveur n’a pas le droit de le lire, ou le disque est défaillant.',
  'There is no {{what}} in {{directory}}. There: {{list}}{{more}}.':
    'Il n’y a pas de {{what}} dans {{directory}}. On y trouve : {{list}}{{more}}.',
  'There is no {{what}} in {{directory}}.': 'Il n’y a pas de {{what}} dans {{directory}}.',
  'There is no {{what}}: {{directory}} is empty.': 'Il n’y a pas de {{what}} : {{directory}} est vide.',
  '{{directory}} does not exist on the server.': '{{directory}} n’existe pas sur le serveur.',
  '{{path}} has no pages; go through it with offset and limit, or search with find.':
    '{{path}} n’a pas de pages ; il se parcourt avec offset et limit, ou se fouille avec find.',
  '{{path}} has 1 page; there is no page {{page}}.': '{{path}} a 1 page ; il n’y a pas de page {{page}}.',
  '{{path}} has {{count}} pages; there is no page {{page}}.':
    '{{path}} a {{count}} pages ; il n’y a pas de page {{page}}.',
  'Page {{page}} of {{path}} could not be read in time.': 'La page {{page}} de {{path}} n’a pas pu être lue à temps.',
  'Page {{page}} of {{path}} has 1 line; offset {{start}} is beyond it.':
    'La page {{page}} de {{path}} a 1 ligne ; offset {{start}} est au-delà.',
  'Page {{page}} of {{path}} has {{count}} lines; offset {{start}} is beyond it.':
    'La page {{page}} de {{path}} a {{count}} lignes ; offset {{start}} est au-delà.',
  'Read page {{first}} of {{totalPages}} of {{path}}': 'Page {{first}} sur {{totalPages}} de {{path}} lue',
  'Read pages {{first}}-{{last}} of {{totalPages}} of {{path}}':
    'Pages {{first}}-{{last}} sur {{totalPages}} de {{path}} lues',
  '{{path}} has 1 line; offset {{first}} is beyond its end.':
    '{{path}} a 1 ligne ; offset {{first}} est au-delà de la fin.',
  '{{path}} has {{count}} lines; offset {{first}} is beyond its end.':
    '{{path}} a {{count}} lignes ; offset {{first}} est au-delà de la fin.',
  'Read 1 line of {{path}}': '1 ligne de {{path}} lue',
  'Read {{count}} lines of {{path}}': '{{count}} lignes de {{path}} lues',
  '{{virtualPath}} is a directory. List it with pinchy_ls.':
    '{{virtualPath}} est un répertoire. Il se liste avec pinchy_ls.',
  '{{path}} has no pages; use offset and limit.': '{{path}} n’a pas de pages ; offset et limit s’appliquent.',
  '{{path}} is an image of {{size}}; images can be seen up to 5 MB.':
    '{{path}} est une image de {{size}} ; des images jusqu’à 5 Mo peuvent être vues.',
  'Looked at {{path}}': '{{path}} regardé',
  'Searched {{path}}: 1 match': 'Recherche dans {{path}} : 1 résultat',
  'Searched {{path}}: {{count}} matches': 'Recherche dans {{path}} : {{count}} résultats',
  'The file is larger than {{limitBytes}} bytes.': 'Le fichier dépasse {{limitBytes}} octets.',
  'A path can have {{maxPathLength}} characters at most.': 'Un chemin peut avoir au plus {{maxPathLength}} caractères.',
  'Hidden files and directories ({{hidden}}) cannot be read.':
    'Les fichiers et répertoires cachés ({{hidden}}) ne peuvent pas être lus.',
  'You may not read any directory of the organisation’s documents.':
    'Vous ne pouvez lire aucun répertoire des documents de l’organisation.',
  'Found {{passages}} passage': '{{passages}} passage trouvé',
  'Found {{passages}} passages': '{{passages}} passages trouvés',
  '{{path}} is not part of the index. Read files of the chat with pinchy_read; its find looks for words in them.':
    '{{path}} ne fait pas partie de l’index. Les fichiers de la conversation se lisent avec pinchy_read ; son find y cherche des mots.',
  'The call was stopped.': 'L’appel a été arrêté.',
  '{{title}} did not finish within {{timeLimit}}.': '{{title}} n’a pas fini en {{timeLimit}}.',
  'The server stopped during the call: it is not known whether it happened.':
    'Le serveur s’est arrêté pendant l’appel : on ne sait pas s’il a eu lieu.',
  'Could not be recorded': 'N’a pas pu être consigné',
  'The call is not allowed.': 'L’appel n’est pas autorisé.',
  'Invalid input': 'Entrée non valide',
  '{{title}} changed since this call was asked for. Ask for it again.':
    '{{title}} a changé depuis que cet appel a été demandé. Il faut le redemander.',
  '{{title}} failed because of a fault in Pinchy.': '{{title}} a échoué à cause d’un défaut de Pinchy.',
  'This person may not use this agent.': 'Cette personne ne peut pas utiliser cet agent.',
  'There is no tool with this name.': 'Aucun outil ne porte ce nom.',
  'This tool is not granted to this agent.': 'Cet outil n’est pas accordé à cet agent.',
  'This tool is for personal agents only.': 'Cet outil est réservé aux agents personnels.',
  'This tool was not offered in this step.': 'Cet outil n’a pas été proposé à cette étape.',
  'Brave Search did not answer: {{message}}': 'Brave Search n’a pas répondu : {{message}}',
  'Brave Search answered with status {{status}} and no JSON.':
    'Brave Search a répondu avec le statut {{status}} et sans JSON.',
  'Brave Search refused the API key.': 'Brave Search a refusé la clé d’API.',
  'The Brave Search plan has no searches left in this period.':
    'L’offre Brave Search n’a plus de recherches pour cette période.',
  'Too many searches at once. Wait a few seconds, then try again.':
    'Trop de recherches à la fois. Attendez quelques secondes, puis réessayez.',
  'Brave Search did not accept the search: {{detail}}': 'Brave Search n’a pas accepté la recherche : {{detail}}',
  'Brave Search failed with status {{status}}. Try again later.':
    'Brave Search a échoué avec le statut {{status}}. Réessayez plus tard.',
  'This agent may not read {{hostname}}.': 'Cet agent ne peut pas lire {{hostname}}.',
  'This agent may not read {{hostname}}. It may read: {{allowed}}.':
    'Cet agent ne peut pas lire {{hostname}}. Il peut lire : {{allowed}}.',
  '{{path}} has no text, only pictures of its pages (a scan), and pictures cannot be read here.':
    '{{path}} n’a pas de texte, seulement des images de ses pages (une numérisation), et les images ne peuvent pas être lues ici.',
  '{{host}} asks programs not to read this page (robots.txt), so it was not read.':
    '{{host}} demande aux programmes de ne pas lire cette page (robots.txt), elle n’a donc pas été lue.',
  '{{origin}} does not answer for its rules for programs (robots.txt), so nothing was read from it.':
    '{{origin}} ne répond pas avec ses règles pour les programmes (robots.txt), rien n’y a donc été lu.',
  'No web search connection is enabled for this agent.':
    'Aucune connexion de recherche web n’est activée pour cet agent.',
  'Found {{lines}} web result': '{{lines}} résultat web trouvé',
  'Found {{lines}} web results': '{{lines}} résultats web trouvés',
  'Too many pages are being read at the moment. Try again in a moment.':
    'Trop de pages sont lues en ce moment. Réessayez dans un instant.',
  'The page has {{text}} characters; offset {{offset}} is beyond its end.':
    'La page a {{text}} caractères ; offset {{offset}} est au-delà de la fin.',
  'Read {{host}}{{pathname}}': '{{host}}{{pathname}} lu',
  '{{host}} answered with status {{status}}{{status2}}.': '{{host}} a répondu avec le statut {{status}}{{status2}}.',
  'The address leads to a file of the type {{media}}, which cannot be read as text.':
    'L’adresse mène à un fichier du type {{media}}, qui ne peut pas être lu comme texte.',
  '{{path}} leads by a link out of the directories this agent may read: {{named}}.':
    '{{path}} mène par un lien hors des répertoires que cet agent peut lire : {{named}}.',
  '{{path}} lies outside the directories this agent may read: {{named}}.':
    '{{path}} est hors des répertoires que cet agent peut lire : {{named}}.',
  'An admin can name its host in the permissions of this agent.':
    'Un administrateur peut nommer son hôte dans les autorisations de cet agent.',
  'Others wait for a document.': 'D’autres attendent un document.',
  'What this call is about has changed since it was asked for ({{changes}}), so it was not made. Look at it again, and ask again if it is still wanted.':
    'Ce dont traite cet appel a changé depuis qu’il a été demandé ({{changes}}), il n’a donc pas eu lieu. Il faut regarder de nouveau, et redemander s’il est encore voulu.',
  'What this call is about has changed since it was asked for, so it was not made. Look at it again, and ask again if it is still wanted.':
    'Ce dont traite cet appel a changé depuis qu’il a été demandé, il n’a donc pas eu lieu. Il faut regarder de nouveau, et redemander s’il est encore voulu.',
};
