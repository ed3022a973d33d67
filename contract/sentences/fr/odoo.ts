import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the tools for Odoo, in French. */
export const odoo: Sentences = {
  '{{model}} has no activities in Odoo.': '{{model}} n’a pas d’activités dans Odoo.',
  'Schedules a {{word}} on {{name}} by {{deadline}} for {{whose}}: “{{summary}}”.':
    'Planifie {{word}} sur {{name}} pour le {{deadline}}, pour {{whose}} : « {{summary}} ».',
  'Schedules a {{word}} on {{name}} by {{deadline}}: “{{summary}}”.':
    'Planifie {{word}} sur {{name}} pour le {{deadline}} : « {{summary}} ».',
  'Scheduled “{{summary}}” on {{name}}': '« {{summary}} » planifié sur {{name}}',
  'This activity is done already.': 'Cette activité est déjà faite.',
  'Marks the activity {{name}} as done: “{{feedback}}”.': 'Marque l’activité {{name}} comme faite : « {{feedback}} ».',
  'Marks the activity {{name}} as done.': 'Marque l’activité {{name}} comme faite.',
  'Closed {{name}}': '{{name}} clôturé',
  'The user {{id}} does not exist in Odoo.': 'L’utilisateur {{id}} n’existe pas dans Odoo.',
  '{{name}} is cancelled. A person has to make it a quotation again in Odoo.':
    '{{name}} est annulé. Une personne doit en refaire un devis dans Odoo.',
  '{{name}} is confirmed already.': '{{name}} est déjà confirmé.',
  'Confirms the quotation {{about}}: it becomes a sales order.':
    'Confirme le devis {{about}} : il devient un bon de commande.',
  'Confirmed {{name}}': '{{name}} confirmé',
  '“{{model}}” {{id}} does not exist in Odoo.': '« {{model}} » {{id}} n’existe pas dans Odoo.',
  'Odoo did not do it, but asks something first (“{{question}}”) that can only be answered in Odoo. Tell the person to do it there: {{name}}.':
    'Odoo ne l’a pas fait, mais demande d’abord quelque chose (« {{question}} ») à quoi on ne peut répondre que dans Odoo. Faites-le là-bas : {{name}}.',
  'Odoo accepted the call, but {{name}} does not show it. Nothing is certain; tell the person to look in Odoo, and do not repeat the call.':
    'Odoo a accepté l’appel, mais {{name}} ne le montre pas. Rien n’est certain ; regardez dans Odoo, et ne répétez pas l’appel.',
  '{{name}} is a journal entry; only bills and invoices are posted here.':
    '{{name}} est une écriture comptable ; seules les factures sont comptabilisées ici.',
  '{{name}} is cancelled. A person has to set it to draft again in Odoo.':
    '{{name}} est annulé. Une personne doit le remettre en brouillon dans Odoo.',
  '{{name}} is posted already.': '{{name}} est déjà comptabilisé.',
  '{{name}} cannot be posted: it lacks {{missing}}.': '{{name}} ne peut pas être comptabilisé : il manque {{missing}}.',
  'Posts the {{kind}} {{called}}{{move}} over {{amount}}{{day}}. It is in the books then.':
    'Comptabilise {{kind}} {{called}}{{move}} de {{amount}}{{day}}. Ce sera alors dans les livres.',
  'Posted {{number}}': '{{number}} comptabilisé',
  '{{name}} is a journal entry; payments are for bills and invoices.':
    '{{name}} est une écriture comptable ; les paiements sont pour les factures.',
  '{{name}} is not posted, so no payment can be registered for it.':
    '{{name}} n’est pas comptabilisé, aucun paiement ne peut donc être enregistré.',
  '{{name}} is paid already.': '{{name}} est déjà payé.',
  'Only {{open}} of {{name}} is open, less than {{amount}}.':
    'De {{name}}, il ne reste que {{open}} à payer, moins que {{amount}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated {{date}}.':
    'Enregistre un paiement de {{sum}}{{rest}} pour {{kind}} {{name}}{{move}}{{through}}, daté du {{date}}.',
  'Registers a payment of {{sum}}{{rest}} for the {{kind}} {{name}}{{move}}{{through}}, dated today.':
    'Enregistre un paiement de {{sum}}{{rest}} pour {{kind}} {{name}}{{move}}{{through}}, daté d’aujourd’hui.',
  'Registered {{sum}} for {{name}}': '{{sum}} enregistré pour {{name}}',
  'The journal {{id}} does not exist in Odoo.': 'Le journal {{id}} n’existe pas dans Odoo.',
  '{{journal}} is no bank or cash journal.': '{{journal}} n’est pas un journal de banque ni de caisse.',
  '{{model}} has no messages in Odoo.': '{{model}} n’a pas de messages dans Odoo.',
  'Noted on {{name}}': 'Note laissée sur {{name}}',
  'Sent a message on {{name}}': 'Message envoyé sur {{name}}',
  '{{name}} is validated already.': '{{name}} est déjà validé.',
  '{{name}} is cancelled.': '{{name}} est annulé.',
  'Nothing is reserved for {{name}} yet ({{moves}}). A person has to enter what moved in Odoo.':
    'Rien n’est encore réservé pour {{name}} ({{moves}}). Une personne doit saisir dans Odoo ce qui a bougé.',
  '{{name}} is not complete: {{missing}}. Ask the person what becomes of the rest, and say it with remaining: "backorder" or "cancel".':
    '{{name}} n’est pas complet : {{missing}}. Il faut dire ce que devient le reste : « backorder » (reliquat) ou « cancel » (annuler).',
  'Validates the {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} This cannot be undone.':
    'Valide {{kind}} {{name}} ({{whom}}){{goods}}.{{rest}} C’est irréversible.',
  'Validates the {{kind}} {{name}}{{goods}}.{{rest}} This cannot be undone.':
    'Valide {{kind}} {{name}}{{goods}}.{{rest}} C’est irréversible.',
  '{{name}} is not complete, and Odoo asks what becomes of the rest. Ask the person, and say it with remaining: "backorder" or "cancel".':
    '{{name}} n’est pas complet, et Odoo demande ce que devient le reste. Il faut dire : « backorder » (reliquat) ou « cancel » (annuler).',
  'Validated {{name}}': '{{name}} validé',
  'The values are nested too deeply.': 'Les valeurs sont imbriquées trop profondément.',
  'Odoo works out {{readonly}} of {{model}} itself; leave it out. Workflow steps such as confirming or posting are a person’s in Odoo.':
    'Odoo calcule lui-même {{readonly}} de {{model}} ; il faut l’omettre. Des étapes comme confirmer ou comptabiliser reviennent à une personne dans Odoo.',
  '{{model}}.{{name}} takes the id of a record, or false to empty it.':
    '{{model}}.{{name}} prend l’identifiant d’un enregistrement, ou false pour le vider.',
  '{{model}}.{{name}} cannot be written.': '{{model}}.{{name}} ne peut pas être écrit.',
  '{{model}}.{{name}} takes a list of commands such as [[0, 0, {values}]].':
    '{{model}}.{{name}} prend une liste de commandes comme [[0, 0, {values}]].',
  'This agent may not change records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Cet agent ne peut pas modifier des enregistrements de « {{related}} » dans {{name}}, donc pas non plus par {{model}}.{{name2}}.',
  'This agent may not {{operation}} records of “{{related}}” in {{name}}, so it cannot through {{model}}.{{name2}}.':
    'Cet agent ne peut pas {{operation}} des enregistrements de « {{related}} » dans {{name}}, donc pas non plus par {{model}}.{{name2}}.',
  'A command of {{model}}.{{name}} lacks its values: [0, 0, {values}] or [1, id, {values}].':
    'Il manque les valeurs à une commande de {{model}}.{{name}} : [0, 0, {values}] ou [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks the id to delete: [2, id, 0].':
    'Il manque l’identifiant à supprimer à une commande de {{model}}.{{name}} : [2, id, 0].',
  'Lines of {{model}}.{{name}} go one by one, each named by its id: [2, id, 0].':
    'Les lignes de {{model}}.{{name}} vont une à une, chacune nommée par son identifiant : [2, id, 0].',
  '{{model}}.{{name}} takes commands: [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].':
    '{{model}}.{{name}} prend des commandes : [0, 0, {values}], [1, id, {values}], [2, id, 0], [3, id, 0], [4, id, 0], [5, 0, 0], [6, 0, [ids]].',
  'Only records that were read in this conversation can be deleted. Read {{model}} {{unseen}} first, and show the person what they are.':
    'Seuls les enregistrements lus dans cette conversation peuvent être supprimés. Il faut d’abord lire {{model}} {{unseen}} et vous les montrer.',
  'Odoo still has {{model}} {{left}} after the call. Nothing is certain; ask the person to check.':
    'Odoo a toujours {{model}} {{left}} après l’appel. Rien n’est certain ; vérifiez.',
  'This agent may not {{verbs}} records of “{{model}}” in {{name}}. An admin can allow it in the agent’s permissions.':
    'Cet agent ne peut pas {{verbs}} des enregistrements de « {{model}} » dans {{name}}. Un administrateur peut le permettre dans les autorisations de l’agent.',
  'No Odoo connection is enabled for this agent.': 'Aucune connexion Odoo n’est activée pour cet agent.',
  'This agent has no Odoo connection of that name. It has: {{list}}.':
    'Cet agent n’a pas de connexion Odoo de ce nom. Il a : {{list}}.',
  'Name the connection to use by its id: {{list}}.': 'Il faut nommer la connexion par son identifiant : {{list}}.',
  'Odoo took the file, but the attachment {{id}} does not hold it as sent. Tell the person to check it; do not repeat the call.':
    'Odoo a pris le fichier, mais la pièce jointe {{id}} ne le contient pas tel qu’envoyé. Vérifiez-la ; l’appel n’est pas répété.',
  'Attached {{name}} to {{record}}': '{{name}} joint à {{record}}',
  '{{virtualPath}} is a directory.': '{{virtualPath}} est un répertoire.',
  '{{path}} is empty.': '{{path}} est vide.',
  '{{path}} is larger than {{maxBytes}} MB and cannot be attached.':
    '{{path}} dépasse {{maxBytes}} Mo et ne peut pas être joint.',
  'Odoo answered with something else than records.': 'Odoo a répondu par autre chose que des enregistrements.',
  'Odoo did not say which record it created.': 'Odoo n’a pas dit quel enregistrement il a créé.',
  'Odoo did not describe the model.': 'Odoo n’a pas décrit le modèle.',
  'Odoo answered with something else than groups.': 'Odoo a répondu par autre chose que des groupes.',
  'Deletes for good from {{name}}: {{noun}}, {{names}}.': 'Supprime définitivement de {{name}} : {{noun}}, {{names}}.',
  'Deleted {{noun}}: {{names}}': 'A supprimé {{noun}} : {{names}}',
  'No Odoo connection is enabled for this agent. An admin can enable one.':
    'Aucune connexion Odoo n’est activée pour cet agent. Un administrateur peut en activer une.',
  'Listed 1 Odoo model': '1 modèle Odoo listé',
  'Listed {{count}} Odoo models': '{{count}} modèles Odoo listés',
  '{{model}} has 1 field; offset {{offset}} is beyond its last.':
    '{{model}} a 1 champ ; offset {{offset}} est au-delà.',
  '{{model}} has {{count}} fields; offset {{offset}} is beyond its last.':
    '{{model}} a {{count}} champs ; offset {{offset}} est au-delà.',
  'Described “{{model}}”': '« {{model}} » décrit',
  'Odoo refused the login. Check the user name and the API key.':
    'Odoo a refusé la connexion. Vérifiez le nom d’utilisateur et la clé d’API.',
  'Odoo wants the session of a browser here (“Session expired”). Check the address and the name of the database.':
    'Odoo veut ici la session d’un navigateur (« Session expired »). Vérifiez l’adresse et le nom de la base de données.',
  'Odoo denied access: {{said}}{{message}}': 'Odoo a refusé l’accès : {{said}}{{message}}',
  'Odoo has no such record (any more): {{said}}': 'Odoo n’a pas (ou plus) cet enregistrement : {{said}}',
  'This Odoo does not have the model; its app may not be installed.':
    'Cet Odoo n’a pas le modèle ; son application n’est peut-être pas installée.',
  'This Odoo has no database of that name.': 'Cet Odoo n’a pas de base de données de ce nom.',
  'Odoo did not accept it: {{said}}': 'Odoo ne l’a pas accepté : {{said}}',
  'Odoo could not use the request: {{said}}': 'Odoo n’a pas pu utiliser la requête : {{said}}',
  'Odoo reported an error: {{said}}': 'Odoo a signalé une erreur : {{said}}',
  'The request to Odoo was stopped.': 'La requête à Odoo a été arrêtée.',
  '{{message}} Enter the address that it leads to.': '{{message}} Saisissez l’adresse à laquelle elle mène.',
  'Odoo’s answer is too large. Ask for fewer records or fields.':
    'La réponse d’Odoo est trop grande. Demandez moins d’enregistrements ou de champs.',
  'Odoo did not answer: {{message}}': 'Odoo n’a pas répondu : {{message}}',
  'The domain is incomplete: "&" and "|" stand before the two conditions they combine, "!" before one.':
    'Le domaine est incomplet : « & » et « | » se placent avant les deux conditions qu’ils combinent, « ! » avant une seule.',
  '{{JSON}} is not a field; a condition is ["field", "operator", value].':
    '{{JSON}} n’est pas un champ ; une condition est ["field", "operator", value].',
  '{{JSON}} is not an operator. There are: {{value}}.': '{{JSON}} n’est pas un opérateur. Il y a : {{value}}.',
  'Found no record of “{{label}}”': 'Aucun enregistrement de « {{label}} » trouvé',
  'Found and read {{noun}}': 'A trouvé et lu {{noun}}',
  'Found {{noun}} and read {{shown}}': 'A trouvé {{noun}} et en a lu {{shown}}',
  'Counted {{noun}}': 'A compté {{noun}}',
  'There are no groups from offset {{offset}} on.': 'Il n’y a pas de groupes à partir d’offset {{offset}}.',
  'Aggregated “{{label}}” into 1 group': '« {{label}} » agrégé en 1 groupe',
  'Aggregated “{{label}}” into {{count}} groups': '« {{label}} » agrégé en {{count}} groupes',
  'A proxy before {{host}} asks for a sign-in of its own ({{status}}). Let Pinchy through it without one.':
    'Un proxy devant {{host}} demande sa propre connexion ({{status}}). Laissez passer Pinchy sans elle.',
  'A proxy or firewall before {{host}} refused the request (403). Let Pinchy’s address through to Odoo’s API.':
    'Un proxy ou un pare-feu devant {{host}} a refusé la requête (403). Laissez passer l’adresse de Pinchy vers l’API d’Odoo.',
  'The proxy before {{host}} refused the request as too large (413).':
    'Le proxy devant {{host}} a refusé la requête, trop grande (413).',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in 1 second; if it goes on, allow Pinchy more requests there.':
    'Le proxy devant {{host}} a refusé la requête : trop en peu de temps (429). Réessayez dans 1 seconde ; si cela continue, permettez-y plus de requêtes à Pinchy.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in {{count}} seconds; if it goes on, allow Pinchy more requests there.':
    'Le proxy devant {{host}} a refusé la requête : trop en peu de temps (429). Réessayez dans {{count}} secondes ; si cela continue, permettez-y plus de requêtes à Pinchy.',
  'The proxy before {{host}} refused the request: too many in a short time (429). Try again in a moment; if it goes on, allow Pinchy more requests there.':
    'Le proxy devant {{host}} a refusé la requête : trop en peu de temps (429). Réessayez dans un instant ; si cela continue, permettez-y plus de requêtes à Pinchy.',
  'The server answered with status {{status}}. Odoo may be restarting.':
    'Le serveur a répondu avec le statut {{status}}. Odoo redémarre peut-être.',
  '{{host}} does not answer like Odoo. Check the address.': '{{host}} ne répond pas comme Odoo. Vérifiez l’adresse.',
  'The server does not answer like Odoo. Check the address.':
    'Le serveur ne répond pas comme Odoo. Vérifiez l’adresse.',
  'Odoo cannot send this answer over XML-RPC. Let the proxy pass /jsonrpc as well.':
    'Odoo ne peut pas envoyer cette réponse par XML-RPC. Que le proxy laisse aussi passer /jsonrpc.',
  'Odoo did not say what.': 'Odoo n’a pas dit quoi.',
  'Access denied by Odoo ({{name}}, “{{model}}”). This does not mean that nothing is there: the user of the connection may not. {{message}}':
    'Odoo a refusé l’accès ({{name}}, « {{model}} »). Cela ne veut pas dire qu’il n’y a rien : l’utilisateur de la connexion n’y a pas droit. {{message}}',
  '{{message}} An admin can renew the connection {{name}} under Settings → Integrations.':
    '{{message}} Un administrateur peut renouveler la connexion {{name}} sous Paramètres → Intégrations.',
  '{{message}} See the model’s fields with odoo_describe_model.':
    '{{message}} Les champs du modèle se voient avec odoo_describe_model.',
  '{{model}} has no field {{unknown}}. See its fields with odoo_describe_model.':
    '{{model}} n’a pas de champ {{unknown}}. Ses champs se voient avec odoo_describe_model.',
  '{{model}}.{{name}} leads to no other model.': '{{model}}.{{name}} ne mène à aucun autre modèle.',
  'This agent may not read records of “{{next}}” in {{name}}, so it cannot look at {{path}}.':
    'Cet agent ne peut pas lire des enregistrements de « {{next}} » dans {{name}}, il ne peut donc pas voir {{path}}.',
  'The Odoo is at {{origin}}: enter that address, without {{pathname}}.':
    'L’Odoo est à {{origin}} : saisissez cette adresse, sans {{pathname}}.',
  'Creates one {{session}}{{called}} in {{name}}.': 'Crée un enregistrement {{session}}{{called}} dans {{name}}.',
  'There are several companies: {{companies}}. Give company_id in the values; ask the person if you are not told which.':
    'Il y a plusieurs sociétés : {{companies}}. Il manque company_id dans les valeurs ; dites laquelle.',
  'There are several companies: {{companies}}. Give company_id in the values, or false for a record of all of them; ask the person if you are not told which.':
    'Il y a plusieurs sociétés : {{companies}}. Il manque company_id dans les valeurs, ou false pour un enregistrement de toutes ; dites laquelle.',
  'Created {{noun}}: {{name}}': 'A créé {{noun}} : {{name}}',
  'Changes {{Object}} of {{session}} in {{name}}: {{value}}.':
    'Modifie {{Object}} de {{session}} dans {{name}} : {{value}}.',
  'Changed {{noun}}: {{names}}': 'A modifié {{noun}} : {{names}}',
  'Changed {{noun}}': 'A modifié {{noun}}',
  'Odoo accepted the call, but the {{done}} records of “{{model}}” ({{ids}}) could not be read back, so it is not certain what they hold now. Tell the person to check them in Odoo; do not repeat the call.':
    'Odoo a accepté l’appel, mais les {{done}} enregistrements de « {{model}} » ({{ids}}) n’ont pas pu être relus, leur contenu actuel n’est donc pas certain. Vérifiez-les dans Odoo ; l’appel n’est pas répété.',
  'Not as asked: {{name}} is {{JSON}} instead of {{JSON2}}. Tell the person.':
    'Pas comme demandé : {{name}} est {{JSON}} au lieu de {{JSON2}}.',
  'This vendor bill is there already: {{found}} (id {{id}}, {{details}}) has the reference "{{reference}}" for the same vendor and company. Tell the person. Only if they confirm that it is another bill, call again with allow_duplicate: true.':
    'Cette facture fournisseur existe déjà : {{found}} (identifiant {{id}}, {{details}}) a la référence « {{reference}} » pour le même fournisseur et la même société. Elle n’est créée avec allow_duplicate: true que si vous confirmez que c’est une autre facture.',
  'The rest comes in a backorder.': 'Le reste vient dans un reliquat.',
  'The rest is cancelled.': 'Le reste est annulé.',
  'It is a record rule of Odoo that keeps these records from the user of the connection, not the model.':
    'C’est une règle d’enregistrement d’Odoo qui cache ces enregistrements à l’utilisateur de la connexion, pas le modèle.',
  '{{model}}.{{name}} takes one plain value, not a list or an object.':
    '{{model}}.{{name}} prend une seule valeur simple, ni liste ni objet.',
  'A command of {{model}}.{{name}} lacks the id to change: [1, id, {values}].':
    'Il manque l’identifiant à modifier à une commande de {{model}}.{{name}} : [1, id, {values}].',
  'A command of {{model}}.{{name}} lacks its ids: [3, id, 0], [4, id, 0] or [6, 0, [ids]].':
    'Il manque les identifiants à une commande de {{model}}.{{name}} : [3, id, 0], [4, id, 0] ou [6, 0, [ids]].',
  'Attaches {{name}} to {{record}} in {{name2}}.': 'Joint {{name}} à {{record}} dans {{name2}}.',
  '“{{model}}” {{missing}} does not exist in Odoo.': '« {{model}} » {{missing}} n’existe pas dans Odoo.',
};
