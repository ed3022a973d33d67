import type { IntegrationTexts } from './en-integrations.ts';

export const integrations: IntegrationTexts = {
  title: 'Intégrations',
  hint: 'D’autres systèmes avec lesquels les agents peuvent travailler. Chaque agent reçoit des connexions précises sur sa page « Autorisations ».',
  none: 'Rien n’est encore connecté. Connectez Odoo pour que les agents y consultent et y travaillent, ou Brave Search pour qu’ils cherchent sur le web.',
  add: 'Ajouter une connexion',
  addTitle: 'Ajouter une connexion',
  editTitle: 'Modifier {{name}}',
  type: 'Que connecter',
  types: { odoo: 'Odoo', 'web-search': 'Recherche web' },
  typeHints: {
    odoo: 'Ventes, stock, factures, personnes : des enregistrements que les agents lisent et, là où vous le permettez, modifient.',
    'web-search': 'Brave Search, pour les agents qui cherchent quelque chose sur le web.',
  },
  notSynced: 'Pas encore synchronisé',
  models_one: '{{count, number}} modèle',
  models_other: '{{count, number}} modèles',
  noModels: 'Aucun modèle ne peut être lu',
  syncedAt: 'synchronisé {{date}}',
  checkedAt: 'vérifié {{date}}',
  addedAt: 'ajouté {{date}}',
  sync: 'Synchroniser',
  syncOf: 'Synchroniser {{name}}',
  synced_one: '{{name}} : {{count, number}} modèle trouvé',
  synced_other: '{{name}} : {{count, number}} modèles trouvés',
  syncNeeded: 'Synchronisez-la, pour que Pinchy sache quels modèles existent et ce que son utilisateur peut faire.',
  check: 'Vérifier',
  checkOf: 'Vérifier {{name}}',
  test: 'Tester la connexion',
  works: {
    odoo: 'Cela fonctionne : Pinchy s’est connecté à Odoo {{version}}.',
    'web-search': 'Cela fonctionne : Pinchy a cherché sur le web avec cette clé.',
  },
  worksNamed: {
    odoo: '{{name}} fonctionne : Pinchy s’est connecté à Odoo {{version}}',
    'web-search': '{{name}} fonctionne : Pinchy a cherché sur le web avec sa clé',
  },
  failed: 'Cela ne fonctionne pas : {{reason}}',
  failedNamed: '{{name}} ne fonctionne pas : {{reason}}',
  menu: 'Actions pour {{name}}',
  connect: 'Connecter',
  created: '{{name}} est connecté',
  createdUnsynced: '{{name}} est enregistré, mais n’a pas pu être synchronisé : {{reason}}',

  namePlaceholder: { odoo: 'Odoo de production', 'web-search': 'Brave Search' },
  description: 'Description',
  descriptionHint: 'Les agents la lisent, pour savoir à quoi sert cette connexion.',
  url: 'Adresse',
  urlPlaceholder: 'https://odoo.example.com',
  urlMissing: 'Saisissez l’adresse de votre Odoo.',
  db: 'Base de données',
  dbMissing: 'Saisissez le nom de la base de données.',
  dbList: 'Lister les bases de données',
  dbFound_one: 'Il y en a une : {{name}}.',
  dbFound_other: '{{count}} trouvées, choisissez-en une.',
  dbNone: 'Cet Odoo ne liste aucune base de données. Saisissez le nom.',
  login: 'Nom d’utilisateur',
  loginHint:
    'Les agents ne peuvent jamais faire plus que cet utilisateur. Le mieux est d’en créer un pour Pinchy seul.',
  loginMissing: 'Saisissez le nom d’utilisateur.',
  odooKey: 'Clé d’API',
  odooKeyHint:
    'Dans Odoo, avec cet utilisateur : Préférences → Sécurité du compte → Nouvelle clé API. Conservée chiffrée.',
  braveKey: 'Clé d’API Brave',
  braveKeyHint: 'De l’offre Search, sur api-dashboard.search.brave.com. Conservée chiffrée.',
  keyKept: 'Laissé vide, la clé conservée reste.',
  keyMissing: 'Saisissez la clé d’API.',

  deleteQuestion: 'Supprimer {{name}} ?',
  deleteBody: 'La clé conservée est supprimée, et chaque agent perd aussitôt l’accès.',
  deleteLooking: 'Recherche des agents qui l’utilisent…',
  deleteUnknown: 'Impossible de savoir quels agents l’utilisent.',
  deleteNobody: 'Aucun agent ne l’utilise pour le moment.',
  deleteAgents: 'Ceux-ci la perdent : {{names}}.',
  deleteTools: 'Leurs outils restent activés, mais n’ont plus rien avec quoi travailler.',
  deleted: '{{name}} est supprimé',

  connections: 'Connexions',
  connectionsHint: 'Ce que l’agent peut faire dans d’autres systèmes. Les droits propres à Odoo s’appliquent en plus.',
  connectionsNone: 'Rien n’est encore connecté.',
  connectionsAdd: 'Ajouter une connexion',
  allow: 'Laisser cet agent utiliser {{name}}',
  searchAllowed: 'Utilisée quand l’agent cherche sur le web.',
  accessLevel: 'Niveau d’accès',
  levels: {
    'read-only': 'Lecture seule',
    'read-write': 'Lecture et écriture',
    full: 'Complet',
    custom: 'Personnalisé',
  },
  levelHints: {
    'read-only': 'Consulter les modèles choisis. Rien ne change.',
    'read-write': 'Aussi créer et modifier des enregistrements dans les modèles choisis.',
    full: 'Aussi supprimer des enregistrements dans les modèles choisis.',
    custom: 'Choisir les opérations pour chaque modèle.',
  },
  modelsTitle: 'Modèles',
  modelsNone: 'Aucun modèle n’est choisi ; l’agent ne peut donc encore rien faire ici.',
  modelsAdd: 'Ajouter des modèles',
  modelsSearch: 'Rechercher par nom, comme « Contact » ou « sale.order »',
  modelsNothing: 'Rien trouvé. Synchronisez la connexion après avoir installé des applications dans Odoo.',
  modelRemove: 'Retirer {{model}}',
  modelGone: 'n’est plus proposé',
  notByOdoo: 'Odoo lui-même ne l’autorise pas à cet utilisateur : {{operations}}.',
  notByOdooAt: 'L’utilisateur Odoo n’a pas ce droit',
  fields_one: '{{count, number}} champ',
  fields_other: '{{count, number}} champs',
  operationsOf: 'Opérations sur {{model}}',
  operations: { read: 'lire', create: 'créer', write: 'modifier', delete: 'supprimer' },
  changed_one: '{{count}} connexion modifiée',
  changed_other: '{{count}} connexions modifiées',

  toolNeeds: {
    odoo: 'Requiert une connexion à Odoo.',
    'web-search': 'Requiert une connexion à Brave Search.',
  },
  toolNeedsAction: 'Connecter',
  toolNeedsAllowing: 'Aucune connexion n’est encore accordée à cet agent, voir « Connexions » ci-dessous.',
  warnNoTools: 'Cette connexion est accordée, mais aucun outil pour elle n’est activé.',
  warnNoToolFor: 'Accordé ici, mais l’outil correspondant est désactivé : {{operations}}.',

  toolGroups: { everyday: 'Documents et mémoire', web: 'Web', odoo: 'Odoo' },
  canInOdoo: 'dans « {{connection}} » {{operations}} : {{models}}',
  canMore_one: '{{count}} modèle de plus',
  canMore_other: '{{count}} modèles de plus',
  canAttach: 'joindre des fichiers aux enregistrements qu’il peut modifier',
  canAct: {
    odoo_confirm_quotation: 'confirmer des devis',
    odoo_validate_delivery: 'valider livraisons, réceptions et transferts',
    odoo_post_bill: 'comptabiliser des factures',
    odoo_register_payment: 'enregistrer les paiements de factures',
    odoo_schedule_activity: 'planifier des activités sur les enregistrements qu’il peut lire',
    odoo_close_activity: 'clôturer des activités',
    odoo_send_message: 'envoyer des messages sur les enregistrements qu’il peut modifier',
  },
  canSearch: 'chercher sur le web',
  canFetch: 'lire n’importe quelle page web',
  canFetchExcept: 'lire des pages web, sauf celles de {{denied}}',
  canFetchOnly: 'lire les pages web de {{allowed}}',
  canFetchHosts: ', et {{hosts}} dans votre propre réseau',
  canFetchOnlyExcept: 'lire les pages web de {{allowed}}, sauf celles de {{denied}}',

  webTitle: 'Domaines sur le web',
  webHint: 'Chaque domaine compte avec ses sous-domaines, pour les pages et les résultats de recherche.',
  webAllowed: 'Seulement ces domaines',
  webAllowedHint: 'Laissé vide, toute page publique peut être lue.',
  webDenied: 'Jamais ces domaines',
  webDeniedHint: 'Même là où un domaine autorisé les couvre.',
  webHosts: 'Hôtes de votre propre réseau',
  webHostsHint:
    'Seulement ceux-ci, par leur nom ou adresse exacts, et seulement si ALLOW_PRIVATE_URLS est activé. La machine sur laquelle tourne Pinchy n’est jamais lue.',
  webBadHost: '« {{domain}} » n’est pas un hôte. Saisissez-le comme wiki.example.internal ou 10.0.0.7.',
  webPlaceholder: 'example.com',
  webBad: '« {{domain}} » n’est pas un domaine. Saisissez-le comme example.com.',
  webChanged: 'domaines modifiés',
  webUnused: 'Les outils web sont désactivés ; ces listes n’ont donc aucun effet.',
  warnMeetTitle: 'L’accès web rencontre des données privées',
  warnMeet:
    'Cet agent lit {{sources}} et peut aussi atteindre le web. Une recherche ou une adresse qu’il ouvre peut emporter ce qu’il a lu, par erreur ou parce qu’une page le lui a dit.',
  warnMeetAdvice: 'Séparez-le en deux agents, ou limitez le web aux domaines auxquels vous faites confiance.',
  warnMeetLimited:
    'Ses pages sont limitées aux domaines ci-dessous. Ne gardez dans la liste que des domaines de confiance.',
  sourceFiles: 'vos répertoires',
  sourceOdoo: 'des données d’entreprise dans Odoo',

  odooTitle: 'Connexion Odoo',
  odooHint:
    'L’agent reçoit les autorisations dont ce modèle de départ a besoin, aucune ne supprime. Modifiez-les plus tard.',
  odooNone: 'Ce modèle de départ travaille avec Odoo, et aucun Odoo n’est encore connecté.',
  odooChoose: 'Choisissez une connexion Odoo.',
  odooUnsynced:
    'Elle n’a jamais été synchronisée ; on ne sait donc pas encore si elle a ce dont le modèle de départ a besoin.',

  tools: {
    odoo_list_models: {
      description: 'Liste les modèles qu’il peut utiliser.',
    },
    odoo_describe_model: {
      description: 'Consulte les champs d’un modèle et leur signification.',
    },
    odoo_read: {
      description: 'Trouve et lit des enregistrements, 100 au plus à la fois.',
    },
    odoo_count: {
      description: 'Dit combien il y a d’enregistrements d’une sorte.',
    },
    odoo_aggregate: {
      description: 'Sommes, moyennes et comparaisons, calculées dans Odoo.',
    },
    odoo_create: {
      description: 'Crée un enregistrement à la fois, et le relit.',
    },
    odoo_write: {
      description: 'Modifie jusqu’à 50 enregistrements à la fois, et les relit.',
    },
    odoo_delete: {
      description: 'Seulement des enregistrements lus dans la même conversation. Le journal d’audit les nomme.',
    },
    odoo_attach_file: {
      description: 'Attache à un enregistrement un fichier de la conversation ou des répertoires, de 20 Mo au plus.',
    },
    odoo_confirm_quotation: {
      description: 'Fait d’un devis un bon de commande. Requiert l’autorisation de modifier les bons de commande.',
    },
    odoo_validate_delivery: {
      description:
        'Déclare que des marchandises ont bougé, ce qui ne peut pas être annulé. Requiert l’autorisation de modifier les transferts.',
    },
    odoo_post_bill: {
      description:
        'Inscrit une facture en brouillon dans les livres. Requiert l’autorisation de modifier les factures.',
    },
    odoo_register_payment: {
      description:
        'Note qu’une facture a été payée ; ne déplace pas d’argent. Requiert de modifier les factures et de créer des paiements.',
    },
    odoo_schedule_activity: {
      description:
        'Met un appel ou une tâche datée sur un enregistrement. Requiert l’autorisation de créer des activités.',
    },
    odoo_close_activity: {
      description: 'Marque une activité comme faite. Requiert l’autorisation de modifier les activités.',
    },
    odoo_send_message: {
      description:
        'Écrit aux abonnés d’un enregistrement, clients compris, ou une note aux collègues. Requiert de modifier l’enregistrement.',
    },
    pinchy_web_search: {
      description: 'Envoie à Brave Search les mots qu’il cherche.',
    },
    pinchy_web_fetch: {
      description: 'Ouvre des pages publiques sous forme de texte, là où le site l’autorise aux programmes.',
    },
  },
};
