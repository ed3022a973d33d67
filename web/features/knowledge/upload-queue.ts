import { useSyncExternalStore } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { urlOf } from '../../api/client.ts';
import { sendForm } from '../../api/send-form.ts';
import { agentKeys } from '../agents/agent-queries.ts';
import { createDocumentQueue, type QueueState } from './document-queue.ts';
import { knowledgeKeys } from './knowledge-queries.ts';

/** One for the whole app, so that documents go on their way while the person looks at something else. */
export const uploadQueue = createDocumentQueue({
  async send(documents, { replace, onProgress, signal }) {
    const form = new FormData();
    for (const { file, path } of documents) form.append('file', file, path);
    const query = { directory: documents[0]?.directory ?? '', replace: replace ? 'true' : 'false' } as const;
    await sendForm(urlOf('addDocuments', { query }), { form, onProgress, signal });
  },
  onStored() {
    void queryClient.invalidateQueries({ queryKey: knowledgeKeys.all });
    void queryClient.invalidateQueries({ queryKey: agentKeys.directories });
  },
  wait: (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1_000)),
});

// Whoever closes the tab would lose what is on its way.
const holdBack = (event: BeforeUnloadEvent) => event.preventDefault();
uploadQueue.subscribe(() => {
  if (uploadQueue.state().isSending) window.addEventListener('beforeunload', holdBack);
  else window.removeEventListener('beforeunload', holdBack);
});

export const useUploadQueue = (): QueueState =>
  useSyncExternalStore(
    (listener) => uploadQueue.subscribe(listener),
    () => uploadQueue.state(),
  );
