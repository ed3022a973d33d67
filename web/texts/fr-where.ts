import type * as english from './en-where.ts';

export const where: typeof english.where = {
  title: 'Qui voit quoi ici',
  conversation: 'Cette conversation est privée',
  conversationBody:
    'Personne d’autre ne peut la lire par Pinchy, pas même un administrateur. Qui administre le serveur ou sa base de données le pourrait.',
  shared: 'Cette conversation est partagée',
  sharedBody:
    '{{names}} peut lire ce qui a été dit jusqu’au partage, avec les fichiers joints. Personne d’autre, pas même un administrateur.',
  uploads: 'Ce que vous téléversez ici',
  uploadsBody:
    'Vous seulement et cet agent, dans vos conversations avec lui. Les images, et ce que l’agent lit des autres fichiers, vont au modèle de {{provider}}.',
  uploadsPictures:
    'Vous seulement et cet agent. Les images vont au modèle de {{provider}} ; cet agent ne peut pas lire d’autres fichiers.',
  noProvider: 'votre fournisseur',
  admins: 'Ce que voient les administrateurs',
  adminsBody:
    'Que vous avez parlé, quand et à quel coût ; quels outils ont servi sur quels documents et enregistrements ; le type et la taille des fichiers. Pas ce que vous ou l’agent avez écrit, sauf si vous avez évalué une réponse et accepté de la montrer.',
  agent: 'L’agent lui-même',
  agentPersonal: '{{agent}} ne parle qu’à vous.',
  agentAll: 'Toute votre équipe peut parler à {{agent}}, chacun dans ses propres conversations.',
  agentGroups: 'Les membres de certains groupes peuvent parler à {{agent}}, chacun dans ses propres conversations.',
  responsible: 'En répond : {{name}}.',
  connection: 'Connexion',
  toTrail: 'Ce que le journal d’audit dit de cet agent',
};
