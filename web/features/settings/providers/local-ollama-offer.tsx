import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Cpu } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import { messageOf } from '../../../ui/notify.ts';

/** Offers the Ollama that runs beside the server; nothing shows where there is none. */
export function LocalOllamaOffer({ connect }: { connect: (baseUrl: string) => Promise<void> }) {
  const { t } = useTranslation();
  const { data, refetch, isFetching } = useQuery({
    queryKey: ['local-ollama'],
    queryFn: ({ signal }) => call('findLocalOllama', { signal }),
    staleTime: 60_000,
    // An offer, not something that was asked for: without it the list below still leads on.
    retry: false,
  });
  const connecting = useMutation({ mutationFn: connect });
  const url = data?.baseUrl;
  if (!url) return null;
  const count = data.models;
  return (
    <Alert
      color="teal"
      variant="default"
      icon={<Cpu size={18} aria-hidden />}
      title={t('providers.found.title')}
      mb="md"
      role="status"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {count > 0 ? t('providers.found.models', { url, count }) : t('providers.found.none', { url })}
        </Text>
        {connecting.isError && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {messageOf(connecting.error)}
          </Text>
        )}
        <Group>
          {count > 0 ? (
            <Button size="sm" loading={connecting.isPending} onClick={() => connecting.mutate(url)}>
              {t('providers.found.connect')}
            </Button>
          ) : (
            <Button size="sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
              {t('providers.found.again')}
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  );
}
