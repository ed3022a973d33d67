import { Button, Group, Radio, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { call } from '../../api/client.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { showFieldErrors } from '../../ui/field-errors.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { ChoiceCard } from '../../ui/choice-card.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { agentKeys, templatesQuery } from './agent-queries.ts';
import classes from './agents.module.css';
import { DirectoryPicker } from './directory-picker.tsx';
import { ModelSelect } from './model-select.tsx';
import { OdooConnectionPicker } from './odoo-connection-picker.tsx';

export function NewAgentPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const templates = useQuery(templatesQuery);
  const [problem, setProblem] = useState<string | null>(null);
  const isOdoo = (id: string) => templates.data?.find((template) => template.id === id)?.integration === 'odoo';
  const form = useForm({
    initialValues: {
      templateId: '',
      name: '',
      tagline: '',
      model: null as string | null,
      pluginConfig: [] as string[],
      connectionId: null as string | null,
    },
    validate: {
      name: (name) => (name.trim() === '' ? t('agents.nameMissing') : null),
      connectionId: (connectionId, values) =>
        connectionId === null && isOdoo(values.templateId) ? t('integrations.odooChoose') : null,
    },
  });
  const { templateId } = form.values;
  const template = templates.data?.find(({ id }) => id === templateId);

  const firstTemplate = templates.data?.[0];
  const needsOdoo = isOdoo(templateId);
  const { setFieldValue } = form;
  useEffect(() => {
    if (templateId === '' && firstTemplate) setFieldValue('templateId', firstTemplate.id);
  }, [templateId, firstTemplate, setFieldValue]);

  const submit = form.onSubmit(async ({ name, tagline, model, pluginConfig, connectionId }) => {
    setProblem(null);
    try {
      const agent = await call('createAgent', {
        body: {
          name: name.trim(),
          templateId,
          tagline: tagline.trim() === '' ? (template?.suggestedTagline ?? null) : tagline.trim(),
          ...(model === null ? {} : { model }),
          ...(template?.needsDirectory && pluginConfig.length > 0
            ? { pluginConfig: { allowed_paths: pluginConfig } }
            : {}),
          ...(needsOdoo && connectionId !== null ? { connectionId } : {}),
        },
      });
      await queryClient.invalidateQueries({ queryKey: agentKeys.all });
      notifyDone(t('agents.created', { name: agent.name }));
      await navigate({ to: '/chat/$agentId', params: { agentId: agent.id } });
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  });

  return (
    <Page title={t('agents.newTitle')} description={t('agents.newIntro')}>
      <form onSubmit={submit} noValidate>
        <Section title={t('agents.template')}>
          <QueryState query={templates} lines={2}>
            {(list) => (
              <Radio.Group
                aria-label={t('agents.template')}
                value={templateId}
                onChange={(id) => {
                  form.setFieldValue('templateId', id);
                  // What another template needs may be there.
                  form.clearFieldError('connectionId');
                }}
              >
                <div className={classes.templates}>
                  {list.map(({ id, name, description }) => (
                    <ChoiceCard key={id} value={id} title={name} description={description} />
                  ))}
                </div>
              </Radio.Group>
            )}
          </QueryState>
        </Section>
        <Section title={t('agents.tabGeneral')}>
          <Stack>
            <TextInput
              label={t('common.name')}
              placeholder={t('agents.namePlaceholder')}
              maxLength={100}
              {...form.getInputProps('name')}
            />
            <TextInput
              label={t('agents.tagline')}
              description={t('agents.taglineHint')}
              placeholder={template?.suggestedTagline ?? ''}
              maxLength={200}
              {...form.getInputProps('tagline')}
            />
            <ModelSelect
              value={form.values.model}
              onChange={(model) => form.setFieldValue('model', model)}
              error={form.errors.model as string | undefined}
              allowsDefault
            />
          </Stack>
        </Section>
        {template?.needsDirectory && (
          <Section title={t('agents.directories')} description={t('agents.directoriesHint')}>
            <DirectoryPicker
              value={form.values.pluginConfig}
              onChange={(paths) => form.setFieldValue('pluginConfig', paths)}
              error={form.errors.pluginConfig as string | undefined}
            />
          </Section>
        )}
        {needsOdoo && (
          <Section title={t('integrations.odooTitle')} description={t('integrations.odooHint')}>
            <OdooConnectionPicker
              value={form.values.connectionId}
              onChange={(connectionId) => form.setFieldValue('connectionId', connectionId)}
              error={form.errors.connectionId as string | undefined}
            />
          </Section>
        )}
        <Stack mt="lg">
          <FormAlert message={problem} />
          <Group>
            <Button type="submit" loading={form.submitting}>
              {t('agents.createAgent')}
            </Button>
            <ButtonLink to="/" variant="default">
              {t('common.cancel')}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
