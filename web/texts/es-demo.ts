import type { demo as english } from './en-demo.ts';

/** Texts of the demo: its banner, its people, its stories. */
export const demo: typeof english = {
  title: 'Esto es la demo',
  banner:
    'La demo: las personas y los documentos son ejemplos, las respuestas salen de reglas y no de una IA, y no se guarda nada.',
  bannerShort: 'La demo: ejemplos, reglas, no se guarda nada.',
  switch: 'Ser otra persona',
  intro: 'Elija quién quiere ser. No se guarda nada.',
  signInAs: 'Entrar como {{name}}',
  ownAccount: 'O con una cuenta propia',
  stories: 'Historias',
  storiesTitle: 'Verlo en acción',
  storiesHint: 'Cada una se abre donde ocurre; la línea de arriba dice entonces qué hacer allí.',
  storyAs: 'como {{name}}',
  storyEnd: 'Terminar la historia',
  story: {
    search: {
      title: 'Un agente busca en los documentos',
      line: 'Encuentra el pasaje entre todos los archivos que puede leer.',
      hint: 'La pregunta ya está escrita: envíela y abra después la línea de las herramientas para ver qué buscó y leyó.',
    },
    citation: {
      title: 'Un agente cita dónde lo encontró',
      line: 'Cada respuesta lleva al pasaje del documento.',
      hint: 'Pulse el número que sigue a una respuesta: el pasaje se abre tal como está en el documento.',
    },
    approval: {
      title: 'Un cambio espera a una persona',
      line: 'Lo que sale fuera o cambia algo pregunta primero.',
      hint: 'El mensaje ya está escrito: envíelo. Smithers no puede guardarlo por sí solo: usted lo aprueba o lo deniega.',
    },
    budget: {
      title: 'Un presupuesto está agotado',
      line: 'Un agente gastó lo que podía hoy; la siguiente pregunta no pasa.',
      hint: 'El mensaje está escrito: envíelo. El presupuesto del agente para hoy está agotado, y la respuesta dice hasta cuándo. «Abrir los presupuestos» muestra lo gastado y lo aumenta.',
    },
    trail: {
      title: 'Quién leyó qué, y para quién',
      line: 'Cada uso de una herramienta es una línea que nadie cambia sin que se note.',
      hint: 'Estas entradas tratan de un documento. Abra una y después «La ejecución completa».',
    },
  },
};
