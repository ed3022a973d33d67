import { Box, Button, Group, List, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { call } from '../../api/client.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { showFieldErrors } from '../../ui/field-errors.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { askToConfirm } from '../../ui/confirm.ts';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { NewDirectoryDialog } from '../knowledge/new-directory-dialog.tsx';
import { agentKeys, templatesQuery } from './agent-queries.ts';
import { DirectoryPicker } from './directory-picker.tsx';
import { ModelSelect } from './model-select.tsx';
import { OdooConnectionPicker } from './odoo-connection-picker.tsx';
import { TemplatePicker } from './templates/template-picker.tsx';
import { tellCreated } from './tell-created.ts';
import { useTemplateTexts } from './templates/template-texts.ts';

export function NewAgentPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const templates = useQuery(templatesQuery);
  const textsOf = useTemplateTexts();
  const { template: asked } = useSearch({ from: '/shell/agents/new' });
  const directoriesId = useId();
  const [problem, setProblem] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const isOdoo = (id: string) => templates.data?.find((template) => template.id === id)?.integration === 'odoo';
  const form = useForm({
    initialValues: {
      templateId: asked ?? '',
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
  const texts = template && textsOf(template, 'all');

  const firstTemplate = templates.data?.[0];
  const needsOdoo = isOdoo(templateId);
  const { setFieldValue } = form;
  useEffect(() => {
    if (firstTemplate && !template) setFieldValue('templateId', firstTemplate.id);
  }, [template, firstTemplate, setFieldValue]);

  const create = async ({ name, tagline, model, pluginConfig, connectionId }: typeof form.values) => {
    setProblem(null);
    try {
      const agent = await call('createAgent', {
        body: {
          name: name.trim(),
          templateId,
          tagline: tagline.trim() === '' ? (texts?.tagline ?? null) : tagline.trim(),
          ...(texts && { greetingMessage: texts.greeting }),
          ...(model === null ? {} : { model }),
          ...(template?.needsDirectory && pluginConfig.length > 0
            ? { pluginConfig: { allowed_paths: pluginConfig } }
            : {}),
          ...(needsOdoo && connectionId !== null ? { connectionId } : {}),
        },
      });
      await queryClient.invalidateQueries({ queryKey: agentKeys.all });
      await tellCreated({
        agent,
        directories: template?.needsDirectory ? pluginConfig : undefined,
        goTo: (place) =>
          void ('directory' in place
            ? navigate({ to: '/knowledge', search: place })
            : navigate({
                to: '/agents/$agentId/settings',
                params: { agentId: place.settings },
                search: { tab: 'permissions' },
              })),
      });
      await navigate({ to: '/chat/$agentId', params: { agentId: agent.id } });
    } catch (error) {
      setProblem(showFieldErrors(form, error));
    }
  };
  const submit = form.onSubmit(async (values) => {
    if (!template?.needsDirectory || values.pluginConfig.length > 0) return create(values);
    document.getElementById(directoriesId)?.scrollIntoView({ block: 'center' });
    return askToConfirm({
      title: t('templates.noDirectoryTitle'),
      body: t('templates.noDirectoryBody'),
      confirm: t('templates.noDirectoryConfirm'),
      danger: false,
      action: () => create(values),
    });
  });

  return (
    <Page title={t('agents.newTitle')} description={t('agents.newIntro')}>
      <form onSubmit={submit} noValidate>
        <Section title={t('agents.template')}>
          <QueryState query={templates} lines={2}>
            {(list) => (
              <TemplatePicker
                templates={list}
                value={templateId}
                onChange={(id) => {
                  form.setFieldValue('templateId', id);
                  // What another template needs may be there.
                  form.clearFieldError('connectionId');
                }}
              />
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
              placeholder={texts?.tagline ?? ''}
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
          <Box id={directoriesId} mt={16}>
            <Section
              title={t('agents.directories')}
              description={t('agents.directoriesHint')}
              actions={
                <Button size="sm" variant="default" onClick={() => setMaking(true)}>
                  {t('templates.makeDirectory')}
                </Button>
              }
            >
              <DirectoryPicker
                value={form.values.pluginConfig}
                onChange={(paths) => form.setFieldValue('pluginConfig', paths)}
                error={form.errors.pluginConfig as string | undefined}
              />
            </Section>
          </Box>
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
        {needsOdoo && texts && (
          <Section title={t('templates.touches')}>
            <List size="sm" spacing={4}>
              {texts.touches.map((line) => (
                <List.Item key={line}>{line}</List.Item>
              ))}
            </List>
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
      {isMaking && (
        <NewDirectoryDialog
          directory="/data"
          onClose={() => setMaking(false)}
          onMade={(path) => form.setFieldValue('pluginConfig', [...form.values.pluginConfig, path])}
        />
      )}
    </Page>
  );
}
