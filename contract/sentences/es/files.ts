import type { Sentences } from '../match-sentences.ts';

/** Why a file cannot be read, in Spanish. */
export const files: Sentences = {
  '{{path}} is damaged and cannot be read.': '{{path}} está dañado y no se puede leer.',
  '{{path}} needs too much memory to read.': '{{path}} necesita demasiada memoria para leerse.',
  '{{path}} takes too long to read.': '{{path}} tarda demasiado en leerse.',
  '{{path}} has too many parts.': '{{path}} tiene demasiadas partes.',
  '{{path}} has no text.': '{{path}} no tiene texto.',
  '{{path}} has no text; a browser may fill it by a script.':
    '{{path}} no tiene texto; quizá un navegador lo rellene con un script.',
  '{{path}} is nested too deeply to be read.': '{{path}} está anidado a demasiada profundidad para leerse.',
  '{{path}} is too large when unpacked; it may be a zip bomb.':
    '{{path}} es demasiado grande una vez descomprimido; puede ser una bomba zip.',
  '{{path}} is damaged: {{name}} is missing in it.': '{{path}} está dañado: le falta {{name}}.',
  '{{path}} is damaged: its package file is missing.': '{{path}} está dañado: falta su archivo de paquete.',
  '{{path}} is protected with a password.': '{{path}} está protegido con una contraseña.',
  '{{path}} is protected with a password. Ask for a copy without one.':
    '{{path}} está protegido con una contraseña. Pida una copia sin ella.',
  '{{path}} is protected with a password. Ask for it saved without one.':
    '{{path}} está protegido con una contraseña. Pida que se lo guarden sin ella.',
  '{{path}} is protected by rights management. Ask for a copy without it.':
    '{{path}} está protegido por gestión de derechos. Pida una copia sin ella.',
  '{{path}} is encrypted with PGP.': '{{path}} está cifrado con PGP.',
  '{{path}} is a book that is protected against copying (DRM), so its text cannot be read.':
    '{{path}} es un libro protegido contra copia (DRM), por lo que su texto no se puede leer.',
  '{{path}} is damaged or no valid Word document.': '{{path}} está dañado o no es un documento de Word válido.',
  '{{path}} is damaged or no valid PowerPoint presentation.':
    '{{path}} está dañado o no es una presentación de PowerPoint válida.',
  '{{path}} is damaged or no valid workbook.': '{{path}} está dañado o no es un libro de cálculo válido.',
  '{{path}} is damaged or no valid Outlook message.': '{{path}} está dañado o no es un mensaje de Outlook válido.',
  '{{path}} is damaged or no valid PDF; if it opens elsewhere, ask for it saved anew.':
    '{{path}} está dañado o no es un PDF válido; si se abre en otro sitio, pida que lo guarden de nuevo.',
  '{{path}} is no valid mail: it is nested too deeply or its head is too long.':
    '{{path}} no es un correo válido: está anidado a demasiada profundidad o su cabecera es demasiado larga.',
  '{{path}} is a damaged picture, or of a kind that cannot be read.':
    '{{path}} es una imagen dañada o de un tipo que no se puede leer.',
  '{{path}} is a photo in the format HEIC or AVIF, which cannot be read here. Save it as JPEG or PDF and add that.':
    '{{path}} es una foto en formato HEIC o AVIF, que aquí no se puede leer. Guárdela como JPEG o PDF y añada eso.',
  '{{path}} has {{millions}} million pixels; pictures can be read up to {{pixels}} million. Make it smaller.':
    '{{path}} tiene {{millions}} millones de píxeles; se leen imágenes de hasta {{pixels}} millones. Redúzcala.',
  '{{path}} is text in an encoding that could not be recognised, so its letters would come out wrong. Ask for it saved as UTF-8.':
    '{{path}} es texto en una codificación que no se reconoció, así que sus letras saldrían mal. Pida que se lo guarden en UTF-8.',
  '{{path}} is an OpenDocument file that holds no text. Ask for it saved as PDF.':
    '{{path}} es un archivo OpenDocument sin texto. Pida que se lo guarden como PDF.',
  '{{path}} is a file of a program that cannot be read here. Ask for it saved as PDF.':
    '{{path}} es el archivo de un programa que aquí no se puede leer. Pida que se lo guarden como PDF.',
  '{{path}} is a Visio drawing (.vsd). Ask for it saved as PDF.':
    '{{path}} es un dibujo de Visio (.vsd). Pida que se lo guarden como PDF.',
  '{{path}} is a Visio drawing (.vsdx). Ask for it saved as PDF.':
    '{{path}} es un dibujo de Visio (.vsdx). Pida que se lo guarden como PDF.',
  '{{path}} is a Publisher document (.pub). Ask for it saved as PDF.':
    '{{path}} es un documento de Publisher (.pub). Pida que se lo guarden como PDF.',
  '{{path}} is a Hangul document (.hwp). Ask for it saved as .docx or PDF.':
    '{{path}} es un documento de Hangul (.hwp). Pida que se lo guarden como .docx o PDF.',
  '{{path}} is a Works document (.wps). Ask for it saved as .docx or PDF.':
    '{{path}} es un documento de Works (.wps). Pida que se lo guarden como .docx o PDF.',
  '{{path}} is an XPS document. Ask for it saved as PDF.':
    '{{path}} es un documento XPS. Pida que se lo guarden como PDF.',
  '{{path}} is a Keynote presentation. Ask for it exported as PowerPoint or PDF.':
    '{{path}} es una presentación de Keynote. Pida que se la exporten como PowerPoint o PDF.',
  '{{path}} is a Numbers spreadsheet. Ask for it exported as Excel or PDF.':
    '{{path}} es una hoja de cálculo de Numbers. Pida que se la exporten como Excel o PDF.',
  '{{path}} is a Pages document. Ask for it exported as Word or PDF.':
    '{{path}} es un documento de Pages. Pida que se lo exporten como Word o PDF.',
  '{{path}} is a program (Java archive), no document.': '{{path}} es un programa (archivo Java), no un documento.',
  '{{path}} is a program (Android), no document.': '{{path}} es un programa (Android), no un documento.',
  '{{path}} is an archive (zip) of other files: {{some}} and {{more}} more. Unpack it and add the files themselves.':
    '{{path}} es un archivo comprimido (zip) con otros archivos: {{some}} y {{more}} más. Descomprímalo y añada los propios archivos.',
  '{{path}} is an archive (zip) of other files: {{some}}. Unpack it and add the files themselves.':
    '{{path}} es un archivo comprimido (zip) con otros archivos: {{some}}. Descomprímalo y añada los propios archivos.',

  '{{path}} is a TIFF picture.': '{{path}} es una imagen TIFF.',
  '{{path}} is a HEIC picture of a phone.': '{{path}} es una imagen HEIC de un teléfono.',
  '{{path}} is an AVIF picture.': '{{path}} es una imagen AVIF.',
  '{{path}} is a BMP picture.': '{{path}} es una imagen BMP.',
  '{{path}} is a Photoshop picture.': '{{path}} es una imagen de Photoshop.',
  '{{path}} is a picture of a kind that cannot be shown.': '{{path}} es una imagen de un tipo que no se puede mostrar.',
  '{{path}} is an AutoCAD drawing (.dwg).': '{{path}} es un dibujo de AutoCAD (.dwg).',
  '{{path}} is an InDesign document.': '{{path}} es un documento de InDesign.',
  '{{path}} is a PostScript document.': '{{path}} es un documento PostScript.',
  '{{path}} is a RAR archive.': '{{path}} es un archivo comprimido RAR.',
  '{{path}} is a 7-Zip archive.': '{{path}} es un archivo comprimido 7-Zip.',
  '{{path}} is a TAR archive.': '{{path}} es un archivo TAR.',
  '{{path}} is a gzip archive.': '{{path}} es un archivo comprimido gzip.',
  '{{path}} is an archive.': '{{path}} es un archivo comprimido.',
  '{{path}} is a disk image.': '{{path}} es una imagen de disco.',
  '{{path}} is a Windows program (.exe or .dll).': '{{path}} es un programa de Windows (.exe o .dll).',
  '{{path}} is a program, a binary file.': '{{path}} es un programa, un archivo binario.',
  '{{path}} is a shortcut to another file.': '{{path}} es un acceso directo a otro archivo.',
  "{{path}} is Outlook's data file (.pst).": '{{path}} es el archivo de datos de Outlook (.pst).',
  "{{path}} is in Outlook's own format (winmail.dat).": '{{path}} está en el formato propio de Outlook (winmail.dat).',
  '{{path}} is a Windows help file (.chm).': '{{path}} es un archivo de ayuda de Windows (.chm).',
  '{{path}} is a Kindle book.': '{{path}} es un libro de Kindle.',
  '{{path}} is a database or data file.': '{{path}} es una base de datos o un archivo de datos.',
  '{{path}} is an Access database.': '{{path}} es una base de datos de Access.',
  '{{path}} is a sound recording.': '{{path}} es una grabación de sonido.',
  '{{path}} is a video.': '{{path}} es un vídeo.',
  '{{path}} is a font.': '{{path}} es un tipo de letra.',
  '{{path}} is a OneNote section (.one).': '{{path}} es una sección de OneNote (.one).',
  '{{path}} is a DjVu scan.': '{{path}} es un escaneo DjVu.',
  '{{path}} is a binary file ({{mediaType}}) that cannot be shown as text.':
    '{{path}} es un archivo binario ({{mediaType}}) que no se puede mostrar como texto.',
  '{{path}} is a binary file that cannot be shown as text.':
    '{{path}} es un archivo binario que no se puede mostrar como texto.',

  'Ask for it saved as PNG, JPEG or PDF.': 'Pida que se la guarden como PNG, JPEG o PDF.',
  'Ask for the files in it, unpacked.': 'Pida los archivos que contiene, descomprimidos.',
  'There is no text in it to read.': 'No contiene texto que leer.',
  'Ask for what is needed of it as .csv or .xlsx.': 'Pida lo que se necesita de él como .csv o .xlsx.',
  'Ask for it plotted as PDF.': 'Pida que se lo tracen como PDF.',
  'Ask for it exported as PDF.': 'Pida que se lo exporten como PDF.',
  'Ask for it exported as PDF or Word.': 'Pida que se lo exporten como PDF o Word.',
  'Ask for it saved as PDF.': 'Pida que se lo guarden como PDF.',
  'Ask for it as PDF.': 'Pídalo como PDF.',
  'Ask for it as EPUB or PDF.': 'Pídalo como EPUB o PDF.',
  'Ask for that file itself.': 'Pida ese mismo archivo.',
  'Ask for the messages saved as .eml or .msg.': 'Pida los mensajes guardados como .eml o .msg.',
  'Ask the sender for the mail as HTML or plain text.': 'Pida al remitente el correo como HTML o texto sin formato.',
  'Ask for a transcript.': 'Pida una transcripción.',
  'Ask for it decrypted.': 'Pídalo descifrado.',
};
