import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebDouble {
  url: string;
  port: number;
  /** What `/robots.txt` answers: text, or a status; 404 unless set. */
  robots: string | number;
  /** Further answers by path, such as a PDF. */
  files: Map<string, { mediaType: string; bytes: Buffer }>;
  requests: { path: string; headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

const article = `<!doctype html><html lang="en"><head><title>Lobsters &amp; crabs</title><style>p{color:red}</style>
<script>alert('script text')</script></head><body><nav><a href="/">Home</a> navigation words</nav>
<main><h1>Lobsters</h1><p>A lobster has <b>ten</b> legs.&nbsp;See <a href="/crabs">crabs</a>.</p>
<ul><li>First</li><li>Second</li></ul><table><tr><th>Kind</th><th>Legs</th></tr><tr><td>Crab</td><td>10</td></tr></table>
<pre>const legs = 10;
</pre><p hidden>hidden words</p></main><footer>footer words</footer></body></html>`;

/** A small website: pages of several kinds, robots.txt, redirects, and pages that are huge, slow or endless. */
export async function startWebDouble(): Promise<WebDouble> {
  const double: WebDouble = {
    url: '',
    port: 0,
    robots: 404,
    files: new Map(),
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const pages: Record<string, (response: ServerResponse, url: URL) => void> = {
    '/article': (response) => html(response, article),
    '/empty': (response) => html(response, '<html><body><script>app()</script></body></html>'),
    '/latin': (response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' });
      response.end(Buffer.from('<p>Gr\u00fc\u00dfe aus K\u00f6ln</p>', 'latin1'));
    },
    '/text': (response) => plain(response, 200, 'text/plain', 'Just text.\n'),
    '/json': (response) => plain(response, 200, 'application/json', '{"legs":10}'),
    '/image': (response) => plain(response, 200, 'image/png', 'not really'),
    '/missing': (response) => plain(response, 404, 'text/html', '<h1>Not Found</h1>'),
    '/broken': (response) => html(response, `<div><<p>un<b>closed &#xFFFFFFF; &bogus; ${'<div>'.repeat(20_000)}deep`),
    '/long': (response) =>
      html(
        response,
        `<main>${Array.from({ length: 6_000 }, (_, index) => `<p>Paragraph ${index}</p>`).join('')}</main>`,
      ),
    '/huge': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const write = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024)));
        response.once('drain', write);
      };
      write();
    },
    '/endless.pdf': (response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' });
      response.write('%PDF-1.7\n');
      const write = () => {
        while (!response.destroyed && response.write('1 0 obj\n<< >>\nendobj\n'.repeat(4_096)));
        response.once('drain', write);
      };
      write();
    },
    '/trickle.pdf': (response) => {
      response.writeHead(200, { 'content-type': 'application/pdf' });
      response.write('%PDF-1.7\n');
      const trickling = setInterval(() => response.write('%\n'), 500);
      response.once('close', () => clearInterval(trickling));
    },
    '/slow': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('<p>begun');
    },
    '/redirect': (response, url) => {
      response.writeHead(302, { location: url.searchParams.get('to') ?? '/article' });
      response.end();
    },
  };

  const server = createServer((message, response) => {
    const url = new URL(message.url ?? '/', 'http://web');
    double.requests.push({ path: url.pathname, headers: message.headers });
    if (url.pathname === '/robots.txt') {
      if (typeof double.robots === 'number') return plain(response, double.robots, 'text/plain', '');
      return plain(response, 200, 'text/plain', double.robots);
    }
    const file = double.files.get(url.pathname);
    if (file) {
      response.writeHead(200, { 'content-type': file.mediaType });
      return void response.end(file.bytes);
    }
    const page = pages[url.pathname];
    if (page) page(response, url);
    else plain(response, 404, 'text/plain', 'nothing here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  double.port = (server.address() as AddressInfo).port;
  double.url = `http://127.0.0.1:${double.port}`;
  return double;
}

const html = (response: ServerResponse, body: string) => plain(response, 200, 'text/html; charset=utf-8', body);

function plain(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
