import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { visibleText } from '../../../contract/visible-text.ts';
import { useTranslation } from '../../texts/language.ts';
import { modelsQuery } from '../agents/agent-queries.ts';
import type { Words } from './entry-words.ts';
import { useSentences } from '../../sentences/sentences.ts';

export function useWords(): Words {
  const { t, locale } = useTranslation();
  const say = useSentences();
  const { data: models } = useQuery(modelsQuery);
  return useMemo(
    () => ({
      t,
      locale,
      say,
      modelName: (id) => models?.find((model) => model.id === id)?.displayName ?? visibleText(id),
    }),
    [t, locale, say, models],
  );
}
