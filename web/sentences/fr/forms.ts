import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of what is entered, in French. */
export const forms: Sentences = {
  'Enter a domain such as example.com, without https:// or paths.':
    'Saisissez un domaine comme example.com, sans https:// ni chemin.',
  'Enter a host such as wiki.example.internal or 10.0.0.7, without http://, port or path.':
    'Saisissez un hôte comme wiki.example.internal ou 10.0.0.7, sans http://, port ni chemin.',
  'A starter needs words.': 'Une amorce a besoin de mots.',
  'At most {{maxStarters}} starters.': 'Au plus {{maxStarters}} amorces.',
  'Name at least one field to change.': 'Indiquez au moins un champ à modifier.',
  'The file holds at most 64 KiB.': 'Le fichier contient au plus 64 Kio.',
  'Text must not contain NUL characters.': 'Le texte ne doit pas contenir de caractère NUL.',
  'Enter a name.': 'Saisissez un nom.',
  'A name has at most 100 characters.': 'Un nom a au plus 100 caractères.',
  'A name has no control characters.': 'Un nom n’a pas de caractères de contrôle.',
  'An e-mail address has at most 254 characters.': 'Une adresse e-mail a au plus 254 caractères.',
  'Enter an e-mail address such as ada@example.com.': 'Saisissez une adresse e-mail comme ada@example.com.',
  'A password has at least 8 characters.': 'Un mot de passe a au moins 8 caractères.',
  'A password has at most 128 characters.': 'Un mot de passe a au plus 128 caractères.',
  'A context holds at most 16,000 characters.': 'Un contexte contient au plus 16 000 caractères.',
  'Give a whole number.': 'Indiquez un nombre entier.',
  'Enter a title.': 'Saisissez un titre.',
  'A title has at most 200 characters.': 'Un titre a au plus 200 caractères.',
  'A conversation is pinned or archived, not both.': 'Une conversation est épinglée ou archivée, pas les deux.',
  'Choose at least one conversation.': 'Choisissez au moins une conversation.',
  'Choose at most {{maxChosenConversations}} conversations.':
    'Choisissez au plus {{maxChosenConversations}} conversations.',
  'Say what to change.': 'Dites ce qu’il faut modifier.',
  'Give the ids of conversations with commas between them.':
    'Indiquez les identifiants des conversations, séparés par des virgules.',
  'Name a path below /data/.': 'Indiquez un chemin sous /data/.',
  'This cannot be a path.': 'Ce ne peut pas être un chemin.',
  'A description has at most 500 characters.': 'Une description a au plus 500 caractères.',
  'Name somebody to add or to remove.': 'Indiquez qui ajouter ou retirer.',
  'Nobody can be added and removed at once.': 'Personne ne peut être ajouté et retiré à la fois.',
  'At most {{maximum}} characters.': 'Au plus {{maximum}} caractères.',
  'Enter the address, such as https://odoo.example.com.': 'Saisissez l’adresse, par exemple https://odoo.example.com.',
  'Enter an address that begins with https:// or http://.':
    'Saisissez une adresse qui commence par https:// ou http://.',
  'Enter the plain address, without user name, password, ? or #.':
    'Saisissez l’adresse seule, sans nom d’utilisateur, mot de passe, ? ni #.',
  'Enter the API key.': 'Saisissez la clé d’API.',
  'An API key has no blanks or special characters.': 'Une clé d’API n’a ni espaces ni caractères spéciaux.',
  'Enter the name of the database.': 'Saisissez le nom de la base de données.',
  'A database name has no blanks or special characters.':
    'Le nom d’une base de données n’a ni espaces ni caractères spéciaux.',
  'Enter the user name.': 'Saisissez le nom d’utilisateur.',
  'At most 1,000 characters.': 'Au plus 1 000 caractères.',
  'A model is named like sale.order.': 'Un modèle se nomme comme sale.order.',
  'A path cannot contain a NUL character.': 'Un chemin ne peut pas contenir de caractère NUL.',
  'Say what to search for.': 'Dites ce qu’il faut chercher.',
  'A search has at most 1,000 characters.': 'Une recherche a au plus 1 000 caractères.',
  'At least 0.05.': 'Au moins 0,05.',
  'At most 1.': 'Au plus 1.',
  'Enter the name of a folder.': 'Saisissez le nom d’un dossier.',
  'Enter the name of one folder, without slashes.': 'Saisissez le nom d’un seul dossier, sans barres obliques.',
  'At most 100 folders.': 'Au plus 100 dossiers.',
  'This is missing.': 'Ceci manque.',
  'This must be {{word}}.': 'Ceci doit être {{word}}.',
  'Enter the address.': 'Saisissez l’adresse.',
  'Enter the address, such as http://localhost:11434.': 'Saisissez l’adresse, par exemple http://localhost:11434.',
  'This provider takes no {{other}}.': 'Ce fournisseur ne prend pas de {{other}}.',
  'Enter a whole number of tokens.': 'Saisissez un nombre entier de jetons.',
  'Enter at least {{min}} tokens.': 'Saisissez au moins {{min}} jetons.',
  'Enter at most {{max}} tokens.': 'Saisissez au plus {{max}} jetons.',
  'Enter the full form <provider>/<model id>.': 'Saisissez la forme complète <provider>/<model id>.',
  'Say it in at most {{maxCommentLength}} characters.': 'Dites-le en {{maxCommentLength}} caractères au plus.',
  'Choose a model.': 'Choisissez un modèle.',
  'A key has 1 to 100 characters of a-z, 0-9, "_", "." and "-".':
    'Une clé a de 1 à 100 caractères parmi a-z, 0-9, "_", "." et "-".',
  'Enter a host name only, such as pinchy.example.com.':
    'Saisissez seulement un nom d’hôte, par exemple pinchy.example.com.',
  'Enter the whole token from @BotFather, such as 123456789:AAE….':
    'Saisissez le jeton entier de @BotFather, par exemple 123456789:AAE….',
  'Enter the code from Telegram.': 'Saisissez le code de Telegram.',
};
