import type { Sentences } from '../match-sentences.ts';

/** Why a file cannot be read, in French. */
export const files: Sentences = {
  '{{path}} is damaged and cannot be read.': '{{path}} est endommagé et ne peut pas être lu.',
  '{{path}} needs too much memory to read.': '{{path}} demande trop de mémoire pour être lu.',
  '{{path}} takes too long to read.': '{{path}} est trop long à lire.',
  '{{path}} has too many parts.': '{{path}} a trop de parties.',
  '{{path}} has no text.': '{{path}} ne contient pas de texte.',
  '{{path}} has no text; a browser may fill it by a script.':
    '{{path}} ne contient pas de texte ; un navigateur le remplit peut-être par un script.',
  '{{path}} is nested too deeply to be read.': '{{path}} est imbriqué trop profondément pour être lu.',
  '{{path}} is too large when unpacked; it may be a zip bomb.':
    '{{path}} est trop volumineux une fois décompressé ; c’est peut-être une bombe zip.',
  '{{path}} is damaged: {{name}} is missing in it.': '{{path}} est endommagé : il y manque {{name}}.',
  '{{path}} is damaged: its package file is missing.': '{{path}} est endommagé : son fichier de paquet manque.',
  '{{path}} is protected with a password.': '{{path}} est protégé par un mot de passe.',
  '{{path}} is protected with a password. Ask for a copy without one.':
    '{{path}} est protégé par un mot de passe. Demandez une copie qui n’en a pas.',
  '{{path}} is protected with a password. Ask for it saved without one.':
    '{{path}} est protégé par un mot de passe. Demandez-le enregistré sans mot de passe.',
  '{{path}} is protected by rights management. Ask for a copy without it.':
    '{{path}} est protégé par une gestion des droits. Demandez une copie qui n’en a pas.',
  '{{path}} is encrypted with PGP.': '{{path}} est chiffré avec PGP.',
  '{{path}} is a book that is protected against copying (DRM), so its text cannot be read.':
    '{{path}} est un livre protégé contre la copie (DRM), son texte ne peut donc pas être lu.',
  '{{path}} is damaged or no valid Word document.': '{{path}} est endommagé ou n’est pas un document Word valide.',
  '{{path}} is damaged or no valid PowerPoint presentation.':
    '{{path}} est endommagé ou n’est pas une présentation PowerPoint valide.',
  '{{path}} is damaged or no valid workbook.': '{{path}} est endommagé ou n’est pas un classeur valide.',
  '{{path}} is damaged or no valid Outlook message.': '{{path}} est endommagé ou n’est pas un message Outlook valide.',
  '{{path}} is damaged or no valid PDF; if it opens elsewhere, ask for it saved anew.':
    '{{path}} est endommagé ou n’est pas un PDF valide ; s’il s’ouvre ailleurs, demandez-le enregistré de nouveau.',
  '{{path}} is no valid mail: it is nested too deeply or its head is too long.':
    '{{path}} n’est pas un e-mail valide : il est imbriqué trop profondément ou son en-tête est trop long.',
  '{{path}} is a damaged picture, or of a kind that cannot be read.':
    '{{path}} est une image endommagée ou d’un type qui ne peut pas être lu.',
  '{{path}} is a photo in the format HEIC or AVIF, which cannot be read here. Save it as JPEG or PDF and add that.':
    '{{path}} est une photo au format HEIC ou AVIF, qui ne peut pas être lu ici. Enregistrez-la en JPEG ou en PDF et ajoutez cela.',
  '{{path}} has {{millions}} million pixels; pictures can be read up to {{pixels}} million. Make it smaller.':
    '{{path}} a {{millions}} millions de pixels ; les images peuvent être lues jusqu’à {{pixels}} millions. Réduisez-la.',
  '{{path}} is text in an encoding that could not be recognised, so its letters would come out wrong. Ask for it saved as UTF-8.':
    '{{path}} est un texte dans un encodage qui n’a pas été reconnu, ses lettres seraient donc fausses. Demandez-le enregistré en UTF-8.',
  '{{path}} is an OpenDocument file that holds no text. Ask for it saved as PDF.':
    '{{path}} est un fichier OpenDocument sans texte. Demandez-le enregistré en PDF.',
  '{{path}} is a file of a program that cannot be read here. Ask for it saved as PDF.':
    '{{path}} est le fichier d’un programme qui ne peut pas être lu ici. Demandez-le enregistré en PDF.',
  '{{path}} is a Visio drawing (.vsd). Ask for it saved as PDF.':
    '{{path}} est un dessin Visio (.vsd). Demandez-le enregistré en PDF.',
  '{{path}} is a Visio drawing (.vsdx). Ask for it saved as PDF.':
    '{{path}} est un dessin Visio (.vsdx). Demandez-le enregistré en PDF.',
  '{{path}} is a Publisher document (.pub). Ask for it saved as PDF.':
    '{{path}} est un document Publisher (.pub). Demandez-le enregistré en PDF.',
  '{{path}} is a Hangul document (.hwp). Ask for it saved as .docx or PDF.':
    '{{path}} est un document Hangul (.hwp). Demandez-le enregistré en .docx ou en PDF.',
  '{{path}} is a Works document (.wps). Ask for it saved as .docx or PDF.':
    '{{path}} est un document Works (.wps). Demandez-le enregistré en .docx ou en PDF.',
  '{{path}} is an XPS document. Ask for it saved as PDF.':
    '{{path}} est un document XPS. Demandez-le enregistré en PDF.',
  '{{path}} is a Keynote presentation. Ask for it exported as PowerPoint or PDF.':
    '{{path}} est une présentation Keynote. Demandez-la exportée en PowerPoint ou en PDF.',
  '{{path}} is a Numbers spreadsheet. Ask for it exported as Excel or PDF.':
    '{{path}} est une feuille de calcul Numbers. Demandez-la exportée en Excel ou en PDF.',
  '{{path}} is a Pages document. Ask for it exported as Word or PDF.':
    '{{path}} est un document Pages. Demandez-le exporté en Word ou en PDF.',
  '{{path}} is a program (Java archive), no document.': '{{path}} est un programme (archive Java), pas un document.',
  '{{path}} is a program (Android), no document.': '{{path}} est un programme (Android), pas un document.',
  '{{path}} is an archive (zip) of other files: {{some}} and {{more}} more. Unpack it and add the files themselves.':
    '{{path}} est une archive (zip) d’autres fichiers : {{some}} et {{more}} de plus. Décompressez-la et ajoutez les fichiers eux-mêmes.',
  '{{path}} is an archive (zip) of other files: {{some}}. Unpack it and add the files themselves.':
    '{{path}} est une archive (zip) d’autres fichiers : {{some}}. Décompressez-la et ajoutez les fichiers eux-mêmes.',

  '{{path}} is a TIFF picture.': '{{path}} est une image TIFF.',
  '{{path}} is a HEIC picture of a phone.': '{{path}} est une image HEIC d’un téléphone.',
  '{{path}} is an AVIF picture.': '{{path}} est une image AVIF.',
  '{{path}} is a BMP picture.': '{{path}} est une image BMP.',
  '{{path}} is a Photoshop picture.': '{{path}} est une image Photoshop.',
  '{{path}} is a picture of a kind that cannot be shown.':
    '{{path}} est une image d’un type qui ne peut pas être montré.',
  '{{path}} is an AutoCAD drawing (.dwg).': '{{path}} est un dessin AutoCAD (.dwg).',
  '{{path}} is an InDesign document.': '{{path}} est un document InDesign.',
  '{{path}} is a PostScript document.': '{{path}} est un document PostScript.',
  '{{path}} is a RAR archive.': '{{path}} est une archive RAR.',
  '{{path}} is a 7-Zip archive.': '{{path}} est une archive 7-Zip.',
  '{{path}} is a TAR archive.': '{{path}} est une archive TAR.',
  '{{path}} is a gzip archive.': '{{path}} est une archive gzip.',
  '{{path}} is an archive.': '{{path}} est une archive.',
  '{{path}} is a disk image.': '{{path}} est une image de disque.',
  '{{path}} is a Windows program (.exe or .dll).': '{{path}} est un programme Windows (.exe ou .dll).',
  '{{path}} is a program, a binary file.': '{{path}} est un programme, un fichier binaire.',
  '{{path}} is a shortcut to another file.': '{{path}} est un raccourci vers un autre fichier.',
  "{{path}} is Outlook's data file (.pst).": '{{path}} est le fichier de données d’Outlook (.pst).',
  "{{path}} is in Outlook's own format (winmail.dat).": '{{path}} est au format propre à Outlook (winmail.dat).',
  '{{path}} is a Windows help file (.chm).': '{{path}} est un fichier d’aide Windows (.chm).',
  '{{path}} is a Kindle book.': '{{path}} est un livre Kindle.',
  '{{path}} is a database or data file.': '{{path}} est une base de données ou un fichier de données.',
  '{{path}} is an Access database.': '{{path}} est une base de données Access.',
  '{{path}} is a sound recording.': '{{path}} est un enregistrement sonore.',
  '{{path}} is a video.': '{{path}} est une vidéo.',
  '{{path}} is a font.': '{{path}} est une police de caractères.',
  '{{path}} is a OneNote section (.one).': '{{path}} est une section OneNote (.one).',
  '{{path}} is a DjVu scan.': '{{path}} est un scan DjVu.',
  '{{path}} is a binary file ({{mediaType}}) that cannot be shown as text.':
    '{{path}} est un fichier binaire ({{mediaType}}) qui ne peut pas être montré comme texte.',
  '{{path}} is a binary file that cannot be shown as text.':
    '{{path}} est un fichier binaire qui ne peut pas être montré comme texte.',

  'Ask for it saved as PNG, JPEG or PDF.': 'Demandez-la enregistrée en PNG, en JPEG ou en PDF.',
  'Ask for the files in it, unpacked.': 'Demandez les fichiers qu’elle contient, décompressés.',
  'There is no text in it to read.': 'Il n’y a pas de texte à y lire.',
  'Ask for what is needed of it as .csv or .xlsx.': 'Demandez ce qu’il en faut en .csv ou en .xlsx.',
  'Ask for it plotted as PDF.': 'Demandez-le tracé en PDF.',
  'Ask for it exported as PDF.': 'Demandez-le exporté en PDF.',
  'Ask for it exported as PDF or Word.': 'Demandez-la exportée en PDF ou en Word.',
  'Ask for it saved as PDF.': 'Demandez-le enregistré en PDF.',
  'Ask for it as PDF.': 'Demandez-le en PDF.',
  'Ask for it as EPUB or PDF.': 'Demandez-le en EPUB ou en PDF.',
  'Ask for that file itself.': 'Demandez ce fichier lui-même.',
  'Ask for the messages saved as .eml or .msg.': 'Demandez les messages enregistrés en .eml ou en .msg.',
  'Ask the sender for the mail as HTML or plain text.': 'Demandez à l’expéditeur l’e-mail en HTML ou en texte brut.',
  'Ask for a transcript.': 'Demandez une transcription.',
  'Ask for it decrypted.': 'Demandez-le déchiffré.',
};
