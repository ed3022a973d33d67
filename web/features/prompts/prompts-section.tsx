import { ActionIcon, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { promptFields } from '../../../contract/prompt-fields.ts';
import type { Prompt, PromptLibrary } from '../../../contract/prompts.ts';
import { call } from '../../api/client.ts';
import { useTranslation } from '../../texts/language.ts';
import { askToConfirm } from '../../ui/confirm.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { notifyDone } from '../../ui/notify.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { Section } from '../../ui/section.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { useIsAdmin } from '../session/session-queries.ts';
import classes from './prompts.module.css';
import { PromptDialog } from './prompt-dialog.tsx';
import { promptsQuery } from './prompt-queries.ts';

const libraries: readonly PromptLibrary[] = ['own', 'organisation'];

/** Both libraries: one's own, and the organisation's, which only admins change. */
export function PromptsSection() {
  return libraries.map((library) => <Library key={library} library={library} />);
}

function Library({ library }: { library: PromptLibrary }) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const query = useQuery(promptsQuery);
  /** Null for a new one. */
  const [edited, setEdited] = useState<Prompt | null>();
  const editable = library === 'own' || isAdmin;
  return (
    <Section
      title={t(`prompts.${library}.title`)}
      description={t(`prompts.${library}.hint`)}
      actions={
        editable && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setEdited(null)}>
            {t(`prompts.${library}.create`)}
          </Button>
        )
      }
    >
      <QueryState query={query}>
        {(all) => {
          const prompts = all.filter((prompt) => prompt.library === library);
          if (prompts.length === 0) return <EmptyState picture="documents">{t(`prompts.${library}.none`)}</EmptyState>;
          return (
            <ul className={classes.list}>
              {prompts.map((prompt) => (
                <PromptRow key={prompt.id} prompt={prompt} onEdit={editable ? setEdited : undefined} />
              ))}
            </ul>
          );
        }}
      </QueryState>
      {edited !== undefined && <PromptDialog library={library} prompt={edited} onClose={() => setEdited(undefined)} />}
    </Section>
  );
}

function PromptRow({ prompt, onEdit }: { prompt: Prompt; onEdit: ((prompt: Prompt) => void) | undefined }) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { id, name, library } = prompt;
  const fields = promptFields(prompt.text);
  const remove = () =>
    askToConfirm({
      title: t('prompts.deleteQuestion', { name }),
      body: t(`prompts.${library}.deleteBody`),
      confirm: t('common.delete'),
      action: async () => {
        await call(library === 'own' ? 'deletePrompt' : 'deleteSharedPrompt', { params: { promptId: id } });
        await queryClient.invalidateQueries({ queryKey: promptsQuery.queryKey });
        notifyDone(t('prompts.deleted', { name }));
      },
    });
  return (
    <li className={classes.row}>
      <div className={classes.text}>
        <Text fw={600}>{name}</Text>
        <Text size="sm" c="dimmed" lineClamp={2}>
          {prompt.text}
        </Text>
        {fields.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('prompts.asksFor', { fields: fields.join(', ') })}
          </Text>
        )}
      </div>
      {onEdit && (
        <Group gap={4} wrap="nowrap">
          <Tooltip label={t('common.edit')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('prompts.editOf', { name })}
              onClick={() => onEdit(prompt)}
            >
              <Pencil size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('common.delete')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('prompts.deleteOf', { name })}
              onClick={remove}
            >
              <Trash2 size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
    </li>
  );
}
