// Of the page that shows while the server cannot be reached. It stands alone: nothing else of the app is there then.
(function () {
  var language = null;
  try {
    language = window.localStorage.getItem('pinchy.language');
  } catch {
    // Storage may be blocked; then the browser's language decides.
  }
  if ((language || navigator.language || '').slice(0, 2) === 'de') {
    document.documentElement.lang = 'de';
    document.getElementById('title').textContent = 'Pinchy ist nicht erreichbar';
    document.getElementById('text').textContent =
      'Vielleicht sind Sie offline, oder der Server startet gerade neu. Was Sie schrieben und was noch nicht gesendet ist, bleibt auf diesem Gerät.';
    document.getElementById('again').textContent = 'Erneut versuchen';
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
