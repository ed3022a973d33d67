import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { useSentences } from '../../../sentences/sentences.ts';
import { useTranslation } from '../../../texts/language.ts';
import type { Integration, IntegrationType } from '../../../../contract/integrations.ts';
import { showFieldErrors } from '../../../ui/field-errors.ts';
import { FormAlert } from '../../../ui/form-alert.tsx';
import { messageOf, notifyDone } from '../../../ui/notify.ts';
import { PasswordInput } from '../../../ui/password-input.tsx';
import { scrollIntoView } from '../../../ui/scroll-into-view.ts';
import {
  type ConnectionValues,
  saveConnection,
  syncAfterSaving,
  testValues,
  withPlainFields,
} from './connection-values.ts';
import { DatabaseField } from './database-field.tsx';
import { useIntegrationsRefresh } from './integration-queries.ts';

interface ConnectionFormProps {
  type: IntegrationType;
  connection: Integration | null;
  onClose: () => void;
}

type TestResult = { kind: 'works'; version: string } | { kind: 'failed'; reason: string };

/** Asks for what a connection needs, and tries it before it is stored. */
export function ConnectionForm({ type, connection, onClose }: ConnectionFormProps) {
  const { t } = useTranslation();
  const refresh = useIntegrationsRefresh();
  const [problem, setProblem] = useState<string | null>(null);
  const [result, setResult] = useState<TestResult | null>(null);
  const [isTesting, setTesting] = useState(false);
  const isOdoo = type === 'odoo';
  const required = (message: string) => (value: string) => (value.trim() === '' ? message : null);
  const form = useForm<ConnectionValues>({
    initialValues: {
      name: connection?.name ?? (isOdoo ? '' : t('integrations.namePlaceholder.web-search')),
      description: connection?.description ?? '',
      url: connection?.credentials.url ?? '',
      db: connection?.credentials.db ?? '',
      login: connection?.credentials.login ?? '',
      apiKey: '',
    },
    validate: {
      name: required(t('agents.nameMissing')),
      ...(isOdoo && {
        url: required(t('integrations.urlMissing')),
        db: required(t('integrations.dbMissing')),
        login: required(t('integrations.loginMissing')),
      }),
      ...(!connection && { apiKey: required(t('integrations.keyMissing')) }),
    },
    // What was tested is no longer what stands here.
    onValuesChange: () => setResult(null),
  });

  /** Whether the other side accepts what stands in the form; shows why not. */
  const test = async (values: ConnectionValues): Promise<boolean> => {
    setProblem(null);
    setTesting(true);
    try {
      const answer = await testValues(type, connection, values);
      setResult(answer.success ? { kind: 'works', version: answer.version } : { kind: 'failed', reason: answer.error });
      return answer.success;
    } catch (error) {
      setResult(null);
      setProblem(showFieldErrors(form, withPlainFields(error)));
      return false;
    } finally {
      setTesting(false);
    }
  };
  const testOnly = () => {
    // The name says nothing about whether it works.
    const { name: _name, ...errors } = form.validate().errors;
    form.setErrors(errors);
    if (Object.keys(errors).length === 0) void test(form.getValues());
  };
  const submit = form.onSubmit(async (values) => {
    if (result?.kind !== 'works' && !(await test(values))) return;
    try {
      const saved = await saveConnection(type, connection, values);
      const unsynced = await syncAfterSaving(saved);
      await refresh();
      notifyDone(
        unsynced === null
          ? t(connection ? 'common.saved' : 'integrations.created', { name: saved.name })
          : t('integrations.createdUnsynced', { name: saved.name, reason: messageOf(unsynced) }),
      );
      onClose();
    } catch (error) {
      setProblem(showFieldErrors(form, withPlainFields(error)));
    }
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert message={problem} />
        <TextInput
          label={t('common.name')}
          placeholder={t(`integrations.namePlaceholder.${type}`)}
          maxLength={100}
          {...form.getInputProps('name')}
        />
        {isOdoo && (
          <>
            <TextInput
              label={t('integrations.url')}
              placeholder={t('integrations.urlPlaceholder')}
              inputMode="url"
              autoComplete="off"
              {...form.getInputProps('url')}
            />
            <DatabaseField
              url={form.values.url.trim()}
              input={form.getInputProps('db')}
              onChoose={(database) => form.setFieldValue('db', database)}
              onError={(error) => showFieldErrors(form, error)}
            />
            <TextInput
              label={t('integrations.login')}
              description={t('integrations.loginHint')}
              autoComplete="off"
              {...form.getInputProps('login')}
            />
          </>
        )}
        <PasswordInput
          label={t(isOdoo ? 'integrations.odooKey' : 'integrations.braveKey')}
          description={
            <>
              {t(isOdoo ? 'integrations.odooKeyHint' : 'integrations.braveKeyHint')}{' '}
              {connection && t('integrations.keyKept')}
            </>
          }
          autoComplete="new-password"
          {...form.getInputProps('apiKey')}
        />
        <Textarea
          label={`${t('integrations.description')} (${t('common.optional')})`}
          description={isOdoo ? t('integrations.descriptionHint') : undefined}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={1_000}
          {...form.getInputProps('description')}
        />
        <TestResultLine type={type} result={result} />
        <Group justify="space-between">
          <Button
            variant="default"
            onClick={testOnly}
            loading={isTesting && !form.submitting}
            disabled={form.submitting}
          >
            {t('integrations.test')}
          </Button>
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={form.submitting} disabled={isTesting && !form.submitting}>
              {t(connection ? 'common.save' : 'integrations.connect')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function TestResultLine({ type, result }: { type: IntegrationType; result: TestResult | null }) {
  const { t } = useTranslation();
  const say = useSentences();
  return (
    <div role="status">
      {result?.kind === 'works' && (
        <Alert ref={scrollIntoView} variant="light" color="teal" p="sm" icon={<CircleCheck size={18} aria-hidden />}>
          {t(`integrations.works.${type}`, { version: result.version })}
        </Alert>
      )}
      {result?.kind === 'failed' && (
        <Alert ref={scrollIntoView} variant="light" color="red" p="sm" icon={<CircleAlert size={18} aria-hidden />}>
          {t('integrations.failed', { reason: say(result.reason) })}
        </Alert>
      )}
    </div>
  );
}
