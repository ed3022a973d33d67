import type { Sentences } from '../match-sentences.ts';

/** Why a file cannot be read, in German. */
export const files: Sentences = {
  '{{path}} is damaged and cannot be read.': '{{path}} ist beschädigt und kann nicht gelesen werden.',
  '{{path}} needs too much memory to read.': '{{path}} braucht zum Lesen zu viel Speicher.',
  '{{path}} takes too long to read.': '{{path}} zu lesen dauert zu lange.',
  '{{path}} has too many parts.': '{{path}} hat zu viele Teile.',
  '{{path}} has no text.': 'In {{path}} steht kein Text.',
  '{{path}} has no text; a browser may fill it by a script.':
    'In {{path}} steht kein Text; vielleicht füllt ein Browser die Seite durch ein Skript.',
  '{{path}} is nested too deeply to be read.': '{{path}} ist zu tief verschachtelt, um gelesen zu werden.',
  '{{path}} is too large when unpacked; it may be a zip bomb.':
    '{{path}} ist entpackt zu groß; es könnte eine Zip-Bombe sein.',
  '{{path}} is damaged: {{name}} is missing in it.': '{{path}} ist beschädigt: {{name}} fehlt darin.',
  '{{path}} is damaged: its package file is missing.': '{{path}} ist beschädigt: Die Paketdatei fehlt.',
  '{{path}} is protected with a password.': '{{path}} ist mit einem Passwort geschützt.',
  '{{path}} is protected with a password. Ask for a copy without one.':
    '{{path}} ist mit einem Passwort geschützt. Bitten Sie um eine Kopie ohne Passwort.',
  '{{path}} is protected with a password. Ask for it saved without one.':
    '{{path}} ist mit einem Passwort geschützt. Bitten Sie um eine Fassung, die ohne Passwort gespeichert ist.',
  '{{path}} is protected by rights management. Ask for a copy without it.':
    '{{path}} ist durch eine Rechteverwaltung geschützt. Bitten Sie um eine Kopie ohne sie.',
  '{{path}} is encrypted with PGP.': '{{path}} ist mit PGP verschlüsselt.',
  '{{path}} is a book that is protected against copying (DRM), so its text cannot be read.':
    '{{path}} ist ein Buch, das gegen Kopieren geschützt ist (DRM), deshalb kann sein Text nicht gelesen werden.',
  '{{path}} is damaged or no valid Word document.': '{{path}} ist beschädigt oder kein gültiges Word-Dokument.',
  '{{path}} is damaged or no valid PowerPoint presentation.':
    '{{path}} ist beschädigt oder keine gültige PowerPoint-Präsentation.',
  '{{path}} is damaged or no valid workbook.': '{{path}} ist beschädigt oder keine gültige Arbeitsmappe.',
  '{{path}} is damaged or no valid Outlook message.': '{{path}} ist beschädigt oder keine gültige Outlook-Nachricht.',
  '{{path}} is damaged or no valid PDF; if it opens elsewhere, ask for it saved anew.':
    '{{path}} ist beschädigt oder kein gültiges PDF; wenn es sich anderswo öffnet, bitten Sie darum, es neu zu speichern.',
  '{{path}} is no valid mail: it is nested too deeply or its head is too long.':
    '{{path}} ist keine gültige Mail: Sie ist zu tief verschachtelt oder ihr Kopf ist zu lang.',
  '{{path}} is a damaged picture, or of a kind that cannot be read.':
    '{{path}} ist ein beschädigtes Bild oder eines einer Art, die nicht gelesen werden kann.',
  '{{path}} is a photo in the format HEIC or AVIF, which cannot be read here. Save it as JPEG or PDF and add that.':
    '{{path}} ist ein Foto im Format HEIC oder AVIF, das hier nicht gelesen werden kann. Speichern Sie es als JPEG oder PDF, und fügen Sie das hinzu.',
  '{{path}} has {{millions}} million pixels; pictures can be read up to {{pixels}} million. Make it smaller.':
    '{{path}} hat {{millions}} Millionen Pixel; Bilder können bis {{pixels}} Millionen gelesen werden. Verkleinern Sie es.',
  '{{path}} is text in an encoding that could not be recognised, so its letters would come out wrong. Ask for it saved as UTF-8.':
    '{{path}} ist Text in einer Kodierung, die nicht erkannt wurde, deshalb kämen falsche Buchstaben heraus. Bitten Sie um eine Fassung in UTF-8.',
  '{{path}} is an OpenDocument file that holds no text. Ask for it saved as PDF.':
    '{{path}} ist eine OpenDocument-Datei ohne Text. Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a file of a program that cannot be read here. Ask for it saved as PDF.':
    '{{path}} ist die Datei eines Programms, die hier nicht gelesen werden kann. Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a Visio drawing (.vsd). Ask for it saved as PDF.':
    '{{path}} ist eine Visio-Zeichnung (.vsd). Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a Visio drawing (.vsdx). Ask for it saved as PDF.':
    '{{path}} ist eine Visio-Zeichnung (.vsdx). Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a Publisher document (.pub). Ask for it saved as PDF.':
    '{{path}} ist ein Publisher-Dokument (.pub). Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a Hangul document (.hwp). Ask for it saved as .docx or PDF.':
    '{{path}} ist ein Hangul-Dokument (.hwp). Bitten Sie um eine Fassung als .docx oder PDF.',
  '{{path}} is a Works document (.wps). Ask for it saved as .docx or PDF.':
    '{{path}} ist ein Works-Dokument (.wps). Bitten Sie um eine Fassung als .docx oder PDF.',
  '{{path}} is an XPS document. Ask for it saved as PDF.':
    '{{path}} ist ein XPS-Dokument. Bitten Sie um eine Fassung als PDF.',
  '{{path}} is a Keynote presentation. Ask for it exported as PowerPoint or PDF.':
    '{{path}} ist eine Keynote-Präsentation. Bitten Sie darum, sie als PowerPoint oder PDF zu exportieren.',
  '{{path}} is a Numbers spreadsheet. Ask for it exported as Excel or PDF.':
    '{{path}} ist eine Numbers-Tabelle. Bitten Sie darum, sie als Excel oder PDF zu exportieren.',
  '{{path}} is a Pages document. Ask for it exported as Word or PDF.':
    '{{path}} ist ein Pages-Dokument. Bitten Sie darum, es als Word oder PDF zu exportieren.',
  '{{path}} is a program (Java archive), no document.': '{{path}} ist ein Programm (Java-Archiv), kein Dokument.',
  '{{path}} is a program (Android), no document.': '{{path}} ist ein Programm (Android), kein Dokument.',
  '{{path}} is an archive (zip) of other files: {{some}} and {{more}} more. Unpack it and add the files themselves.':
    '{{path}} ist ein Archiv (zip) mit anderen Dateien: {{some}} und {{more}} weiteren. Entpacken Sie es, und fügen Sie die Dateien selbst hinzu.',
  '{{path}} is an archive (zip) of other files: {{some}}. Unpack it and add the files themselves.':
    '{{path}} ist ein Archiv (zip) mit anderen Dateien: {{some}}. Entpacken Sie es, und fügen Sie die Dateien selbst hinzu.',

  '{{path}} is a TIFF picture.': '{{path}} ist ein TIFF-Bild.',
  '{{path}} is a HEIC picture of a phone.': '{{path}} ist ein HEIC-Bild von einem Telefon.',
  '{{path}} is an AVIF picture.': '{{path}} ist ein AVIF-Bild.',
  '{{path}} is a BMP picture.': '{{path}} ist ein BMP-Bild.',
  '{{path}} is a Photoshop picture.': '{{path}} ist ein Photoshop-Bild.',
  '{{path}} is a picture of a kind that cannot be shown.':
    '{{path}} ist ein Bild einer Art, die nicht gezeigt werden kann.',
  '{{path}} is an AutoCAD drawing (.dwg).': '{{path}} ist eine AutoCAD-Zeichnung (.dwg).',
  '{{path}} is an InDesign document.': '{{path}} ist ein InDesign-Dokument.',
  '{{path}} is a PostScript document.': '{{path}} ist ein PostScript-Dokument.',
  '{{path}} is a RAR archive.': '{{path}} ist ein RAR-Archiv.',
  '{{path}} is a 7-Zip archive.': '{{path}} ist ein 7-Zip-Archiv.',
  '{{path}} is a TAR archive.': '{{path}} ist ein TAR-Archiv.',
  '{{path}} is a gzip archive.': '{{path}} ist ein gzip-Archiv.',
  '{{path}} is an archive.': '{{path}} ist ein Archiv.',
  '{{path}} is a disk image.': '{{path}} ist das Abbild eines Datenträgers.',
  '{{path}} is a Windows program (.exe or .dll).': '{{path}} ist ein Windows-Programm (.exe oder .dll).',
  '{{path}} is a program, a binary file.': '{{path}} ist ein Programm, eine Binärdatei.',
  '{{path}} is a shortcut to another file.': '{{path}} ist eine Verknüpfung zu einer anderen Datei.',
  "{{path}} is Outlook's data file (.pst).": '{{path}} ist die Datendatei von Outlook (.pst).',
  "{{path}} is in Outlook's own format (winmail.dat).": '{{path}} ist in Outlooks eigenem Format (winmail.dat).',
  '{{path}} is a Windows help file (.chm).': '{{path}} ist eine Windows-Hilfedatei (.chm).',
  '{{path}} is a Kindle book.': '{{path}} ist ein Kindle-Buch.',
  '{{path}} is a database or data file.': '{{path}} ist eine Datenbank oder Datendatei.',
  '{{path}} is an Access database.': '{{path}} ist eine Access-Datenbank.',
  '{{path}} is a sound recording.': '{{path}} ist eine Tonaufnahme.',
  '{{path}} is a video.': '{{path}} ist ein Video.',
  '{{path}} is a font.': '{{path}} ist eine Schrift.',
  '{{path}} is a OneNote section (.one).': '{{path}} ist ein OneNote-Abschnitt (.one).',
  '{{path}} is a DjVu scan.': '{{path}} ist ein DjVu-Scan.',
  '{{path}} is a binary file ({{mediaType}}) that cannot be shown as text.':
    '{{path}} ist eine Binärdatei ({{mediaType}}), die sich nicht als Text zeigen lässt.',
  '{{path}} is a binary file that cannot be shown as text.':
    '{{path}} ist eine Binärdatei, die sich nicht als Text zeigen lässt.',

  'Ask for it saved as PNG, JPEG or PDF.': 'Bitten Sie um eine Fassung als PNG, JPEG oder PDF.',
  'Ask for the files in it, unpacked.': 'Bitten Sie um die Dateien darin, entpackt.',
  'There is no text in it to read.': 'Darin steht kein Text, den man lesen könnte.',
  'Ask for what is needed of it as .csv or .xlsx.': 'Bitten Sie um das, was davon gebraucht wird, als .csv oder .xlsx.',
  'Ask for it plotted as PDF.': 'Bitten Sie darum, sie als PDF zu plotten.',
  'Ask for it exported as PDF.': 'Bitten Sie um einen Export als PDF.',
  'Ask for it exported as PDF or Word.': 'Bitten Sie um einen Export als PDF oder Word.',
  'Ask for it saved as PDF.': 'Bitten Sie um eine Fassung als PDF.',
  'Ask for it as PDF.': 'Bitten Sie um eine Fassung als PDF.',
  'Ask for it as EPUB or PDF.': 'Bitten Sie um eine Fassung als EPUB oder PDF.',
  'Ask for that file itself.': 'Bitten Sie um jene Datei selbst.',
  'Ask for the messages saved as .eml or .msg.': 'Bitten Sie um die Nachrichten, gespeichert als .eml oder .msg.',
  'Ask the sender for the mail as HTML or plain text.':
    'Bitten Sie den Absender um die Mail als HTML oder einfachen Text.',
  'Ask for a transcript.': 'Bitten Sie um eine Abschrift.',
  'Ask for it decrypted.': 'Bitten Sie um eine entschlüsselte Fassung.',
};
