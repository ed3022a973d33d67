import { useQuery } from '@tanstack/react-query';
import type { ProviderId } from '../../../contract/providers.ts';
import { visibleText } from '../../../contract/visible-text.ts';
import { hasText, useTranslation } from '../../texts/language.ts';
import { modelName } from '../../ui/model-name.ts';
import { modelsQuery } from '../agents/agent-queries.ts';
import classes from './transcript.module.css';

/** Says that another model than the agent's wrote an answer, and whose servers it went to. */
export default function FallbackNote({ model }: { model: string }) {
  const { t } = useTranslation();
  const { data: models } = useQuery(modelsQuery);
  const id = model.slice(0, model.indexOf('/'));
  const provider = hasText(`providers.${id}.name`) ? t(`providers.${id as ProviderId}.name`) : visibleText(id);
  const name = models?.find((one) => one.id === model)?.displayName ?? modelName(model);
  return <p className={classes.interrupted}>{t('about.answeredBy', { model: visibleText(name), provider })}</p>;
}
