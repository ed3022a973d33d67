import { Alert, Button, Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FolderClosed } from 'lucide-react';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { directoriesQuery } from './agent-queries.ts';
import classes from './agents.module.css';

interface DirectoryPickerProps {
  value: readonly string[];
  onChange: (paths: string[]) => void;
  error?: string | undefined;
}

/** The directories under /data that an agent may read. */
export function DirectoryPicker({ value, onChange, error }: DirectoryPickerProps) {
  const { t } = useTranslation();
  const query = useQuery(directoriesQuery);
  const toggle = (path: string, checked: boolean) =>
    onChange(checked ? [...value, path] : value.filter((other) => other !== path));
  return (
    <QueryState query={query} lines={2}>
      {(directories) => {
        const missing = value.filter((path) => !directories.some((directory) => directory.path === path));
        if (directories.length === 0 && missing.length === 0) {
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
          <Checkbox.Group aria-label={t('agents.directories')} error={error} value={[...value]}>
            <div className={classes.directories}>
              {[...directories, ...missing.map((path) => ({ path, name: path }))].map(({ path, name }) => (
                <Checkbox
                  key={path}
                  value={path}
                  onChange={(event) => toggle(path, event.currentTarget.checked)}
                  label={
                    <>
                      {name}{' '}
                      <Text span size="xs" c="dimmed">
                        {missing.includes(path) ? t('agents.directoryMissing') : path}
                      </Text>
                    </>
                  }
                />
              ))}
            </div>
          </Checkbox.Group>
        );
      }}
    </QueryState>
  );
}
