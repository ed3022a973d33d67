import type { joining as english } from './en-joining.ts';

export const joining: typeof english = {
  strengthLabel: 'Robustesse du mot de passe : {{strength}}',
  strengthTooShort: 'Refusé : au moins 8 caractères',
  strengthTooLong: 'Refusé : au plus 128 caractères',
  strengthCommon: 'Refusé : il figure sur les listes que les attaquants essaient d’abord',
  strengthWeak: 'Facile à deviner : allongez-le',
  strengthFair: 'Passable',
  strengthGood: 'Bon',
  strengthStrong: 'Robuste',
  passwordHint:
    'Au moins 8 caractères. Quelques mots sans lien entre eux sont à la fois robustes et faciles à retenir.',
  inviteTitle: 'Rejoignez votre équipe sur Pinchy',
  inviteIntro: 'Choisissez le nom que les autres verront et un mot de passe ; c’est tout.',
  inviteFor: 'Cette invitation est destinée à {{email}}.',
  join: 'Créer le compte',
  resetTitle: 'Définir un nouveau mot de passe',
  resetIntro: 'Pour {{email}}. Vos autres sessions seront fermées.',
  newPassword: 'Nouveau mot de passe',
  setPassword: 'Définir le mot de passe',
  resetDone: 'Votre mot de passe est défini. Connectez-vous avec celui-ci.',
  joinedSignIn: 'Votre compte est prêt. Connectez-vous.',
  inviteUnknownTitle: 'Ce lien n’est pas connu',
  inviteUnknownBody:
    'Il est peut-être incomplet, ou il a été révoqué. Demandez-en un nouveau à la personne qui vous l’a envoyé.',
  inviteGoneTitle: 'Ce lien n’est plus valable',
  inviteGoneBody:
    'Il a déjà été utilisé ou date de plus de 7 jours. Si vous avez un compte, connectez-vous ; sinon, demandez un nouveau lien à un administrateur.',
  toSignIn: 'Aller à la connexion',
  nameMissing: 'Saisissez votre nom.',
  passwordTooShort: 'Un mot de passe compte au moins 8 caractères.',
  passwordTooLong: 'Un mot de passe compte au plus 128 caractères.',
};
