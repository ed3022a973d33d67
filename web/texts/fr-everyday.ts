import type { EverydayTexts } from './translate.ts';

export const everyday: EverydayTexts['everyday'] = {
  places: {
    temporary: 'Conversation temporaire',
    choose: 'Sélectionner plusieurs',
    showArchived: 'Conversations archivées',
    hideArchived: 'Retour à toutes les conversations',
    nothingArchived: 'Rien n’est archivé.',
    pin: 'Épingler',
    unpin: 'Ne plus épingler',
    archive: 'Archiver',
    restore: 'Sortir de l’archive',
    archived_one: 'Archivée. Une recherche la trouve.',
    archived_other: '{{count}} archivées. Une recherche les trouve.',
    restored_one: 'De retour dans la liste.',
    restored_other: '{{count}} sont de retour dans la liste.',
    undo: 'Annuler',
    chosen_one: '{{count}} sélectionnée',
    chosen_other: '{{count}} sélectionnées',
    chooseAll: 'Tout sélectionner',
    chooseOne: 'Sélectionner « {{title}} »',
    choosing: 'Sélectionner des conversations',
    tooMany: '{{count}} au plus à la fois.',
    done: 'Terminé',
    delete: 'Supprimer',
    export: 'Exporter',
    deleteTitle_one: 'Supprimer cette conversation ?',
    deleteTitle_other: 'Supprimer {{count}} conversations ?',
    deleteQuestion: 'Tout ce qui y a été dit disparaîtra définitivement, avec les fichiers joints.',
  },
  temporary: {
    title: 'Conversation temporaire',
    explain:
      'Elle n’est dans aucune liste ni aucune recherche. Dès que vous la quittez, elle disparaît définitivement avec ses fichiers, et au plus tard {{hours}} heures après votre dernier message.',
    trail:
      'Ce que l’agent fait avec ses outils figure comme toujours au journal d’audit, et sa consommation est comptée ; ce que vous dites n’est ni dans l’un ni dans l’autre. Une sauvegarde faite entre-temps la contient.',
    more: 'Ce qui reste',
    leave: 'Y mettre fin maintenant',
  },
  ratings: {
    up: 'Bonne réponse',
    down: 'Mauvaise réponse',
    dialog: 'Votre évaluation',
    comment: 'En un mot, si vous voulez',
    commentDown: 'Ce qui n’allait pas, si vous voulez',
    share: 'Les admins peuvent lire cette réponse, ma question et mes mots',
    shareHint:
      'Sans votre nom. Si la case n’est pas cochée, ils ne voient que des nombres. Vous pouvez revenir dessus à tout moment.',
    save: 'Enregistrer',
    remove: 'Retirer',
    shared: 'Partagée avec les admins',
  },
};
