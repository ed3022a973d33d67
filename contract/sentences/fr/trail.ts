import type { Sentences } from '../match-sentences.ts';

/** The server's sentences of the audit trail, in French. */
export const trail: Sentences = {
  'The anchor outside the database is missing, although the trail has 1 checkpoint: its end may have been cut off unnoticed.':
    'L’ancre hors de la base de données manque, alors que le journal a 1 point de contrôle : sa fin a pu être coupée sans qu’on le remarque.',
  'The anchor outside the database is missing, although the trail has {{count}} checkpoints: its end may have been cut off unnoticed.':
    'L’ancre hors de la base de données manque, alors que le journal a {{count}} points de contrôle : sa fin a pu être coupée sans qu’on le remarque.',
  'The anchor outside the database is missing, and so is every checkpoint, although people use this installation.':
    'L’ancre hors de la base de données manque, ainsi que tous les points de contrôle, alors que cette installation est utilisée.',
  'The anchor outside the database does not agree with the trail that was carried over.':
    'L’ancre hors de la base de données ne s’accorde pas avec le journal qui a été repris.',
  'The audit trail does not verify.': 'Le journal d’audit ne résiste pas à la vérification.',
  'The audit trail could not be sealed.': 'Le journal d’audit n’a pas pu être scellé.',
  '{{name}} is not the table that Pinchy made.': '{{name}} n’est pas la table que Pinchy a créée.',
  '{{name}} has a trigger that Pinchy did not make: {{trigger}}.':
    '{{name}} a un déclencheur que Pinchy n’a pas créé : {{trigger}}.',
  '{{name}} has a default that Pinchy did not make, for {{column}}.':
    '{{name}} a une valeur par défaut que Pinchy n’a pas créée, pour {{column}}.',
  '{{name}} has a rule that Pinchy did not make.': '{{name}} a une règle que Pinchy n’a pas créée.',
  'A policy may hide rows of {{name}}.': 'Une politique cache peut-être des lignes de {{name}}.',
  'The trigger {{name}} of {{table}} is off or gone.':
    'Le déclencheur {{name}} de {{table}} est désactivé ou a disparu.',
  'The trigger {{name}} of {{table}} does not do any more what it is there for.':
    'Le déclencheur {{name}} de {{table}} ne fait plus ce pour quoi il est là.',
  'Checkpoint {{expected}} is missing.': 'Le point de contrôle {{expected}} manque.',
  'Checkpoints {{expected}} to {{sequence}} are missing.':
    'Les points de contrôle {{expected}} à {{sequence}} manquent.',
  'Checkpoint {{sequence}} is sealed with the key "{{key_id}}", which this server does not have.':
    'Le point de contrôle {{sequence}} est scellé avec la clé « {{key_id}} », que ce serveur n’a pas.',
  'Checkpoint {{sequence}} was changed after it was sealed.':
    'Le point de contrôle {{sequence}} a été modifié après avoir été scellé.',
  'Checkpoint {{sequence}} does not continue the one before it.':
    'Le point de contrôle {{sequence}} ne continue pas le précédent.',
  'The anchor outside the database knows 1 checkpoint; the database ends at {{lastSequence}}.':
    'L’ancre hors de la base de données connaît 1 point de contrôle ; la base de données s’arrête à {{lastSequence}}.',
  'The anchor outside the database knows {{count}} checkpoints; the database ends at {{lastSequence}}.':
    'L’ancre hors de la base de données connaît {{count}} points de contrôle ; la base de données s’arrête à {{lastSequence}}.',
  'Checkpoint {{sequence}} is not the one that was anchored outside the database.':
    'Le point de contrôle {{sequence}} n’est pas celui qui a été ancré hors de la base de données.',
  '{{count}} signed with the key "{{keyId}}", which this server does not have.':
    '{{count}} avec la signature de la clé « {{keyId}} », que ce serveur n’a pas.',
  'The entries of checkpoint {{sequence}} are not those it sealed.':
    'Les entrées du point de contrôle {{sequence}} ne sont pas celles qu’il a scellées.',
  '{{count}} waited for more than a minute and is not sealed, the first is {{firstId}}.':
    '{{count}} a attendu plus d’une minute et n’est pas scellée ; la première est {{firstId}}.',
  '{{count}} waited for more than a minute and are not sealed, the first is {{firstId}}.':
    '{{count}} ont attendu plus d’une minute et ne sont pas scellées ; la première est {{firstId}}.',
  '{{count}} personal value is gone without having been erased, the first of entry {{firstId}}.':
    '{{count}} valeur personnelle a disparu sans avoir été effacée, la première de l’entrée {{firstId}}.',
  '{{count}} personal values are gone without having been erased, the first of entry {{firstId}}.':
    '{{count}} valeurs personnelles ont disparu sans avoir été effacées, la première de l’entrée {{firstId}}.',
  '{{count}} gone that had been written, before any checkpoint sealed them, as entry {{firstId}} tells.':
    '{{count}} parmi les disparues : elles avaient été écrites avant qu’un point de contrôle les scelle, comme le montre l’entrée {{firstId}}.',
  'The trail of the earlier format did not verify when it was carried over.':
    'Le journal de l’ancien format n’a pas résisté à la vérification lors de sa reprise.',
  '{{invalid}} entries are invalid; the first {{listLimit}} are listed.':
    '{{invalid}} entrées ne sont pas valides ; les {{listLimit}} premières sont listées.',
  'There are {{gaps}} gaps; the first {{listLimit}} are listed.':
    'Il y a {{gaps}} lacunes ; les {{listLimit}} premières sont listées.',
  'The trail cannot be read: {{reason}}.': 'Le journal ne peut pas être lu : {{reason}}.',
  'Entries with ids that Pinchy never gives: {{count}}.':
    'Entrées avec des identifiants que Pinchy n’attribue jamais : {{count}}.',
  'Several verifications of the trail are under way. Wait for one to end, then try again.':
    'Plusieurs vérifications du journal sont en cours. Attendez que l’une se termine, puis réessayez.',
  'The start lies after the end.': 'Le début est après la fin.',
  'Choose at most 50 events.': 'Choisissez au plus 50 événements.',
  'Narrow the trail to something first.': 'Restreignez d’abord le journal.',
  'Give a period or dates, not both.': 'Indiquez une période ou des dates, pas les deux.',
  'You have saved {{maxSavedFilters}} filters already. Delete one that is not used any more.':
    'Vous avez déjà enregistré {{maxSavedFilters}} filtres. Supprimez-en un qui ne sert plus.',
  'The saved filter was not found.': 'Le filtre enregistré est introuvable.',
  'You have a saved filter with this name already.': 'Vous avez déjà un filtre enregistré de ce nom.',
  'This run was not found.': 'Cette exécution est introuvable.',
  'The anchor of the audit trail is not missing. Verify the trail to see what is wrong.':
    'L’ancre du journal d’audit ne manque pas. Vérifiez le journal pour voir ce qui ne va pas.',
};
