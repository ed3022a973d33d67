import { Alert, Badge, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../../texts/language.ts';
import type { TelegramLink } from '../../../../contract/telegram.ts';
import { call } from '../../../api/client.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { notifyDone } from '../../../ui/notify.ts';
import { QueryState } from '../../../ui/query-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { useIsAdmin } from '../../session/session-queries.ts';
import { BotLink } from './bot-link.tsx';
import { myTelegramQuery, useTelegramRefresh } from './telegram-queries.ts';
import classes from './telegram.module.css';

/** The person's own account: how to link it, or that it is linked. */
export function OwnLink() {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const query = useQuery(myTelegramQuery);
  return (
    <Section
      title={t('telegram.linkTitle')}
      description={t('telegram.linkHint')}
      actions={
        query.data?.linked && (
          <Badge color="teal" variant="light">
            {t('telegram.linked')}
          </Badge>
        )
      }
    >
      <QueryState query={query}>
        {({ linked, channelUserId, configured, botUsername }) => {
          const bot = configured ? botUsername : null;
          if (linked) return <Linked account={channelUserId ?? ''} bot={bot} />;
          if (bot !== null) return <LinkSteps bot={bot} />;
          return (
            <Alert variant="light" color="gray">
              {t(isAdmin ? 'telegram.notSetUpAdmin' : 'telegram.notSetUp')}
            </Alert>
          );
        }}
      </QueryState>
    </Section>
  );
}

function LinkSteps({ bot }: { bot: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.beside}>
      <ol className={classes.steps}>
        <li>
          <Text size="sm">{t('telegram.stepWrite')}</Text>
        </li>
        <li>
          <Text size="sm">{t('telegram.stepCode')}</Text>
        </li>
        <li>
          <Text size="sm" mb="xs">
            {t('telegram.stepEnter')}
          </Text>
          <CodeForm />
        </li>
      </ol>
      <BotLink username={bot} />
    </div>
  );
}

function CodeForm() {
  const { t } = useTranslation();
  const refresh = useTelegramRefresh();
  const [problem, setProblem] = useState<string | null>(null);
  const form = useForm({
    initialValues: { code: '' },
    validate: { code: (code) => (code.trim() === '' ? t('telegram.codeMissing') : null) },
  });
  const submit = form.onSubmit(async ({ code }) => {
    setProblem(null);
    try {
      await call('linkMyTelegram', { body: { code } });
      await refresh();
      notifyDone(t('telegram.nowLinked'));
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm" align="flex-start">
        <FormAlert message={problem} />
        <TextInput
          label={t('telegram.code')}
          placeholder="ABCD2345"
          autoComplete="one-time-code"
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={50}
          className={classes.code}
          {...form.getInputProps('code')}
        />
        <Button type="submit" loading={form.submitting}>
          {t('telegram.link')}
        </Button>
      </Stack>
    </form>
  );
}

function Linked({ account, bot }: { account: NonNullable<TelegramLink['channelUserId']>; bot: string | null }) {
  const { t } = useTranslation();
  const refresh = useTelegramRefresh();
  const unlink = () =>
    askToConfirm({
      title: t('telegram.unlinkQuestion'),
      body: t('telegram.unlinkBody'),
      confirm: t('telegram.unlinkConfirm'),
      action: async () => {
        await call('unlinkMyTelegram');
        await refresh();
        notifyDone(t('telegram.nowUnlinked'));
      },
    });
  return (
    <div className={classes.beside}>
      <Stack align="flex-start">
        <Text size="sm">{t('telegram.linkedBody', { account })}</Text>
        <Group>
          <Button variant="default" onClick={unlink}>
            {t('telegram.unlink')}
          </Button>
        </Group>
      </Stack>
      {bot !== null && <BotLink username={bot} />}
    </div>
  );
}
