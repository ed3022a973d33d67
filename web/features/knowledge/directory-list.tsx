import { ActionIcon, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Folder, RefreshCw, Trash2 } from 'lucide-react';
import type { DirectoryContent } from '../../../contract/documents.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { askToConfirm } from '../../ui/confirm.ts';
import { notifyDone } from '../../ui/notify.ts';
import { agentKeys, agentsQuery } from '../agents/agent-queries.ts';
import { isBelow } from '../agents/directory-paths.ts';
import { IndexFigures } from './index-figures.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import classes from './knowledge.module.css';
import { knowledgeIndexQuery, knowledgeKeys } from './knowledge-queries.ts';
import { useReindex } from './use-reindex.ts';

interface DirectoryListProps {
  directories: DirectoryContent['directories'];
  isWritable: boolean;
}

export function DirectoryList({ directories, isWritable }: DirectoryListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list} aria-label={t('knowledge.directories')}>
      {directories.map((directory) => (
        <DirectoryRow key={directory.path} directory={directory} isWritable={isWritable} />
      ))}
    </ul>
  );
}

interface DirectoryRowProps {
  directory: DirectoryContent['directories'][number];
  isWritable: boolean;
}

function DirectoryRow({ directory: { path, name }, isWritable }: DirectoryRowProps) {
  const { t } = useTranslation();
  const remove = useRemoveDirectory();
  const reindex = useReindex();
  const { data } = useQuery(knowledgeIndexQuery);
  const figures = data?.directories.find((directory) => directory.path === path);
  return (
    <li className={classes.row}>
      <Folder size={18} strokeWidth={1.8} aria-hidden className={classes.icon} />
      <div className={classes.rowText}>
        <Text fw={550} component="div">
          <TextLink to="/knowledge" search={{ directory: path }}>
            <bdi>{name}</bdi>
          </TextLink>
        </Text>
        {figures && <IndexFigures directory={figures} />}
      </div>
      <Tooltip label={t('knowledge.reindex', { name })}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t('knowledge.reindex', { name })}
          onClick={() => reindex({ path, name })}
        >
          <RefreshCw size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {isWritable && (
        <Tooltip label={t('knowledge.removeDirectory', { name })}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('knowledge.removeDirectory', { name })}
            onClick={() => void remove({ path, name })}
          >
            <Trash2 size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

/** Asks first, and says who would miss the directory. */
function useRemoveDirectory() {
  const { t, locale } = useTranslation();
  const queryClient = useQueryClient();
  return async ({ path, name }: { path: string; name: string }) => {
    const agents = await queryClient.ensureQueryData(agentsQuery);
    const having = agents.filter(({ pluginConfig }) =>
      pluginConfig.allowed_paths?.some(
        (granted) => granted === path || isBelow(granted, path) || isBelow(path, granted),
      ),
    );
    const names = new Intl.ListFormat(locale).format(having.map((agent) => agent.name));
    askToConfirm({
      title: t('knowledge.removeDirectoryQuestion', { name }),
      body: [
        t('knowledge.removeDirectoryBody'),
        having.length > 0 ? t('knowledge.removeDirectoryAgents', { names }) : '',
      ]
        .join(' ')
        .trim(),
      confirm: t('knowledge.removeDirectoryConfirm'),
      action: async () => {
        await call('removeDataDirectory', { body: { path, contents: true } });
        await queryClient.invalidateQueries({ queryKey: knowledgeKeys.all });
        await queryClient.invalidateQueries({ queryKey: agentKeys.directories });
        notifyDone(t('knowledge.directoryRemoved', { name }));
      },
    });
  };
}
