import type { speech as english } from './en-speech.ts';

export const speech: typeof english = {
  askTitle: 'Dicter avec ce navigateur ?',
  askCloud:
    'Ce navigateur transforme la parole en texte avec un service de son fabricant : ce que vous dites, et ce que le microphone entend d’autre, y est envoyé. Pinchy ne reçoit ni ne garde le son.',
  askInstall:
    'Il peut aussi le faire sur cet appareil, une fois qu’il a chargé un paquet de langue de son fabricant. Alors aucun son ne quitte l’appareil.',
  useCloud: 'Envoyer le son au fabricant du navigateur',
  install: 'Charger le paquet de langue',
  installing: 'Chargement du paquet de langue…',
  installFailed: 'Le paquet de langue n’a pas pu être chargé.',
  notNow: 'Pas maintenant',
  readTitle: 'Lire à voix haute avec ce navigateur ?',
  readCloud:
    'Ce navigateur n’a pas de voix pour cette langue sur l’appareil : il envoie le texte de la réponse à un service du fabricant de la voix.',
  useReadCloud: 'Envoyer le texte au fabricant',
  errors: {
    notAllowed:
      'Le navigateur ne peut pas utiliser le microphone. Permettez-le dans les paramètres du navigateur pour cette page.',
    noMicrophone: 'Aucun microphone n’a été trouvé.',
    network: 'Le service vocal du navigateur est injoignable.',
    language: 'Le navigateur ne comprend pas cette langue.',
    other: 'La dictée s’est terminée de façon inattendue.',
    reading: 'Le navigateur n’a pas pu lire ceci à voix haute.',
  },
};
