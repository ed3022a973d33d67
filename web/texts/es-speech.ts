import type { speech as english } from './en-speech.ts';

export const speech: typeof english = {
  askTitle: '¿Dictar con este navegador?',
  askCloud:
    'Este navegador convierte el habla en texto con un servicio de su fabricante: lo que diga, y lo que además oiga el micrófono, se envía allí. Pinchy ni recibe ni guarda el sonido.',
  askInstall:
    'También puede hacerlo en este dispositivo, cuando haya cargado un paquete de idioma de su fabricante. Entonces ningún sonido sale del dispositivo.',
  useCloud: 'Enviar el sonido al fabricante del navegador',
  install: 'Cargar el paquete de idioma',
  installing: 'Cargando el paquete de idioma…',
  installFailed: 'No se pudo cargar el paquete de idioma.',
  notNow: 'Ahora no',
  readTitle: '¿Leer en voz alta con este navegador?',
  readCloud:
    'Este navegador no tiene en el dispositivo una voz para este idioma: envía el texto de la respuesta a un servicio del fabricante de la voz.',
  useReadCloud: 'Enviar el texto al fabricante',
  errors: {
    notAllowed: 'El navegador no puede usar el micrófono. Permítalo en los ajustes del navegador para esta página.',
    noMicrophone: 'No se encontró ningún micrófono.',
    network: 'No se puede acceder al servicio de voz del navegador.',
    language: 'El navegador no entiende este idioma.',
    other: 'El dictado terminó de forma inesperada.',
    reading: 'El navegador no pudo leer esto en voz alta.',
  },
};
