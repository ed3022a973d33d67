import { Alert, Button, Input, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FolderClosed } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { directoriesQuery } from './agent-queries.ts';
import { DirectoryTree } from './directory-tree.tsx';

interface DirectoryPickerProps {
  value: readonly string[];
  onChange: (paths: string[]) => void;
  error?: string | undefined;
}

/** The directories under /data, at any depth, that an agent may read. */
export function DirectoryPicker({ value, onChange, error }: DirectoryPickerProps) {
  const { t } = useTranslation();
  const query = useQuery(directoriesQuery);
  return (
    <QueryState query={query} lines={2}>
      {(directories) => {
        if (directories.length === 0 && value.length === 0) {
          return (
            <Alert
              variant="light"
              color="gray"
              title={t('agents.directoriesNone')}
              icon={<FolderClosed size={18} aria-hidden />}
            >
              <Stack gap="sm" align="flex-start">
                {t('agents.directoriesNoneBody')}
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={query.isFetching}
                  onClick={() => void query.refetch()}
                >
                  {t('agents.directoriesAgain')}
                </Button>
              </Stack>
            </Alert>
          );
        }
        return (
          <div role="group" aria-label={t('agents.directories')}>
            <DirectoryTree parent="/data" directories={directories} granted={value} onChange={onChange} />
            {error && <Input.Error>{error}</Input.Error>}
          </div>
        );
      }}
    </QueryState>
  );
}
