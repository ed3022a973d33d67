// Keeps the app's own files, so that its pages open while the server cannot be reached, and a page for when the app itself
// is opened then. No answer of the API and no page of anybody is kept. The build writes the names of the files here, which
// makes each version of the app a new one of this worker.
const files = [];
const cacheName = 'pinchy-files';
const offlinePage = '/offline.html';
const ownFiles = [offlinePage, '/offline.js', '/icons/icon.svg'];
const atOnce = 3;
/** What a proxy says of a server that it does not reach. */
const unreachable = [502, 503, 504];

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(openPage(event));
  else if (ownFiles.includes(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname)));
  else if (files.includes(pathname)) event.respondWith(openFile(request, pathname));
});

async function keepFiles() {
  const cache = await caches.open(cacheName);
  await cache.addAll(ownFiles.map((path) => new Request(path, { cache: 'reload' })));
  const known = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const missing = files.filter((path) => !known.has(path));
  // Few at a time: the person may be waiting for something else. One that fails comes with the network when it is needed.
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let path = missing.shift(); path; path = missing.shift()) await cache.add(path).catch(() => undefined);
    }),
  );
  await self.skipWaiting();
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name)));
  const cache = await caches.open(cacheName);
  const wanted = new Set([...ownFiles, ...files]);
  for (const request of await cache.keys()) {
    if (!wanted.has(new URL(request.url).pathname)) await cache.delete(request);
  }
  // The page is asked for while this worker still starts, so that it costs no time.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

const kept = (path) => caches.match(path, { ignoreVary: true });

async function openFile(request, path) {
  return (await kept(path)) ?? fetch(request);
}

async function openPage(event) {
  try {
    const response = (await event.preloadResponse) ?? (await fetch(event.request));
    return unreachable.includes(response.status) ? ((await kept(offlinePage)) ?? response) : response;
  } catch {
    return (await kept(offlinePage)) ?? Response.error();
  }
}
