import { Button, Group, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import { call } from '../../../api/client.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { useTelegramRefresh } from './telegram-queries.ts';

interface BotTokenFormProps {
  /** A personal agent stands for the main bot. */
  agentId: string;
  onConnected?: () => void;
  onCancel?: () => void;
}

/** Takes a token from BotFather; Telegram's reason shows at the field when it is refused. */
export function BotTokenForm({ agentId, onConnected, onCancel }: BotTokenFormProps) {
  const { t } = useTranslation();
  const refresh = useTelegramRefresh();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { botToken: '' },
    validate: { botToken: (token) => (token.trim() === '' ? t('telegram.tokenMissing') : null) },
  });
  const submit = form.onSubmit(async ({ botToken }) => {
    setProblem(null);
    try {
      const { botUsername } = await call('connectAgentTelegram', {
        params: { agentId },
        body: { botToken: botToken.trim() },
      });
      form.reset();
      await refresh();
      notifyDone(t('telegram.connected', { bot: botUsername }));
      onConnected?.();
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        <FormAlert message={problem} />
        <PasswordInput
          label={t('telegram.token')}
          description={t('telegram.tokenHint')}
          placeholder="123456789:AAE…"
          autoComplete="off"
          maw={460}
          w="100%"
          {...form.getInputProps('botToken')}
        />
        <Group gap="xs">
          <Button type="submit" loading={form.submitting}>
            {t('telegram.connect')}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('common.cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
