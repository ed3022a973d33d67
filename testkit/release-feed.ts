import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReleaseFeed {
  /** What UPDATE_FEED_URL takes. */
  url: string;
  /** What is answered. */
  answer: unknown;
  requests: number;
  close(): Promise<void>;
}

/** Where releases are published, as a code host answers for its latest one. */
export async function startReleaseFeed(answer: unknown): Promise<ReleaseFeed> {
  const feed: ReleaseFeed = {
    url: '',
    answer,
    requests: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((_request, response) => {
    feed.requests++;
    response.setHeader('content-type', 'application/json').end(JSON.stringify(feed.answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  feed.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases/latest`;
  return feed;
}
