import type * as english from './en-report.ts';

export const report: typeof english.report = {
  title: 'Signaler un problème',
  description: 'Ce qui va dans cette installation et ce qui ne va pas, à transmettre à qui vous aide.',
  descriptionMember: 'Quand quelque chose ne fonctionne pas.',
  installation: 'Cette installation',
  installationHint:
    'La page de « pinchy doctor » : versions, tailles, nombres et états. Elle ne contient ni secrets, ni noms, ni adresses, ni répertoires et peut donc figurer dans un rapport public. Elle est en anglais.',
  again: 'Examiner à nouveau',
  well: 'Tout va bien',
  wrong_one: 'Une chose ne va pas',
  wrong_other: '{{count}} choses ne vont pas',
  examined: 'Pinchy {{version}}, examiné le {{date}}',
  copy: 'Copier le rapport',
  copied: 'Le rapport est copié',
  download: 'Le télécharger',
  health: {
    well: 'Va bien',
    notice: 'À regarder',
    wrong: 'Ne va pas',
  },
  ask: 'À qui demander',
  askHint:
    'Ces personnes administrent Pinchy. Dites-leur ce que vous avez fait, ce que vous attendiez, ce qui s’est passé et quand ; si un message nommait une requête, son numéro aussi.',
};
