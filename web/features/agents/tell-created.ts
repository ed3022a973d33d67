import type { Agent } from '../../../contract/agents.ts';
import { call } from '../../api/client.ts';
import { translate } from '../../texts/language.ts';
import { notifyDone } from '../../ui/notify.ts';

interface CreatedAgent {
  agent: Pick<Agent, 'id' | 'name'>;
  /** Undefined for an agent that reads no documents. */
  directories: readonly string[] | undefined;
  goTo: (place: { directory: string } | { settings: string }) => void;
}

/** Says that an agent is there; of one that is to read documents and has none, where they are added. */
export async function tellCreated({ agent, directories, goTo }: CreatedAgent): Promise<void> {
  const { id, name } = agent;
  const [first] = directories ?? [];
  if (directories === undefined || (await areSomeFilled(directories)))
    return notifyDone(translate('agents.created', { name }));
  notifyDone(
    translate('agents.createdEmpty', { name }),
    first === undefined
      ? { label: translate('agents.chooseDirectories'), run: () => goTo({ settings: id }) }
      : { label: translate('agents.addDocuments'), run: () => goTo({ directory: first }) },
  );
}

/** What cannot be looked into is not called empty. */
async function areSomeFilled(directories: readonly string[]): Promise<boolean> {
  const filled = directories.map(async (directory) => {
    const content = await call('listDocuments', { query: { directory, limit: '1' } }).catch(() => undefined);
    return content === undefined || content.total + content.directories.length > 0;
  });
  return (await Promise.all(filled)).includes(true);
}
