import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { call } from '../../../api/client.ts';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { Section } from '../../../ui/section.tsx';
import { agentKeys } from '../agent-queries.ts';

export function DeleteTab({ agent }: { agent: Agent }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [opened, question] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const remove = useMutation({
    mutationFn: () => call('deleteAgent', { params: { id: agent.id } }),
    onSuccess: async () => {
      notifyDone(t('agents.deleted', { name: agent.name }));
      await navigate({ to: '/' });
      queryClient.removeQueries({ queryKey: agentKeys.one(agent.id) });
      await queryClient.invalidateQueries({ queryKey: agentKeys.all, exact: true });
    },
  });
  const { name } = agent;
  return (
    <Section danger title={t('agents.deleteTitle')} description={t('agents.deleteHint')}>
      <Button color="red" maw="100%" onClick={question.open}>
        <Text span inherit truncate>
          {t('agents.deleteAction', { name })}
        </Text>
      </Button>
      <Modal opened={opened} onClose={question.close} title={t('agents.deleteQuestion', { name })}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() === name) remove.mutate();
          }}
        >
          <Stack>
            <Text size="sm">{t('agents.deleteHint')}</Text>
            <TextInput
              label={t('agents.deleteType', { name })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={remove.isError ? messageOf(remove.error) : null}
              autoComplete="off"
              data-autofocus
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={question.close}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" color="red" disabled={typed.trim() !== name} loading={remove.isPending}>
                {t('common.delete')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Section>
  );
}
