import { Alert, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { ButtonLink } from '../../../ui/button-link.tsx';
import { templatesQuery } from '../../agents/agent-queries.ts';
import { useTemplateTexts } from '../../agents/templates/template-texts.ts';

/** For whoever came here to set up what a new agent needs: the way back. */
export function BackToNewAgent({ templateId }: { templateId: string }) {
  const { t } = useTranslation();
  const textsOf = useTemplateTexts();
  const { data: templates } = useQuery(templatesQuery);
  const template = templates?.find(({ id }) => id === templateId);
  if (!template) return null;
  return (
    <Alert variant="light" mb="md" title={t('templates.backTitle', { template: textsOf(template).name })}>
      <Stack gap="sm" align="flex-start">
        {t('templates.backBody')}
        <ButtonLink
          to="/agents/new"
          search={{ template: templateId }}
          size="sm"
          variant="default"
          leftSection={<Undo2 size={15} aria-hidden />}
        >
          {t('templates.back')}
        </ButtonLink>
      </Stack>
    </Alert>
  );
}
