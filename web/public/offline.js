// Of the page that shows while the server cannot be reached. It stands alone: nothing else of the app is there then.
(function () {
  var language = null;
  try {
    language = window.localStorage.getItem('pinchy.language');
  } catch {
    // Storage may be blocked; then the browser's language decides.
  }
  var texts = {
    de: {
      title: 'Pinchy ist nicht erreichbar',
      text: 'Vielleicht sind Sie offline, oder der Server startet gerade neu. Was Sie schrieben und was noch nicht gesendet ist, bleibt auf diesem Gerät.',
      again: 'Erneut versuchen',
    },
    es: {
      title: 'No se puede contactar con Pinchy',
      text: 'Puede que no tenga conexión, o que el servidor se esté reiniciando. Lo que escribió y aún no se ha enviado permanece en este dispositivo.',
      again: 'Reintentar',
    },
    fr: {
      title: 'Pinchy n’est pas joignable',
      text: 'Vous êtes peut-être hors ligne, ou le serveur redémarre. Ce que vous avez écrit et qui n’est pas encore envoyé reste sur cet appareil.',
      again: 'Réessayer',
    },
  };
  var chosen = (language || navigator.language || '').slice(0, 2);
  if (Object.prototype.hasOwnProperty.call(texts, chosen)) {
    document.documentElement.lang = chosen;
    Object.keys(texts[chosen]).forEach(function (id) {
      document.getElementById(id).textContent = texts[chosen][id];
    });
  }
  var reload = function () {
    window.location.reload();
  };
  document.getElementById('again').addEventListener('click', reload);
  window.addEventListener('online', reload);
  // Goes on by itself when the server is back.
  window.setInterval(function () {
    window.fetch('/api/setup/status', { cache: 'no-store' }).then(
      function (answer) {
        if (answer.ok) reload();
      },
      function () {},
    );
  }, 3000);
})();
