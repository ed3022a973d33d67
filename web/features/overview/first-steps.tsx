import { Progress, Text } from '@mantine/core';
import { Circle, CircleCheck } from 'lucide-react';
import type { Overview } from '../../../contract/overview.ts';
import { useTranslation } from '../../texts/language.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Section } from '../../ui/section.tsx';
import { TextWithCode } from '../../ui/text-with-code.tsx';
import classes from './overview.module.css';

type StepName = keyof Overview['steps'];

const order: readonly StepName[] = ['provider', 'agent', 'documents', 'question', 'people', 'backup'];
const places = {
  provider: { to: '/settings', search: { section: 'providers' } },
  agent: { to: '/agents/new' },
  documents: { to: '/knowledge', search: {} },
  question: { to: '/' },
  people: { to: '/settings', search: { section: 'users' } },
  backup: undefined,
} as const;

/** A list that ticks itself off, and goes once all is done. */
export function FirstSteps({ steps }: { steps: Overview['steps'] }) {
  const { t } = useTranslation();
  const done = order.filter((step) => steps[step]).length;
  const progress = t('overview.stepsHint', { done, all: order.length });
  return (
    <Section title={t('overview.steps')} description={progress}>
      <Progress value={(100 * done) / order.length} size="sm" mb="sm" aria-label={progress} />
      <ul className={classes.list} aria-label={t('overview.steps')}>
        {order.map((step) => (
          <Step key={step} name={step} isDone={steps[step]} />
        ))}
      </ul>
    </Section>
  );
}

function Step({ name, isDone }: { name: StepName; isDone: boolean }) {
  const { t } = useTranslation();
  const Icon = isDone ? CircleCheck : Circle;
  const place = places[name];
  const title = t(`overview.step.${name}.title`);
  return (
    <li className={classes.item} data-done={isDone || undefined}>
      <Icon size={18} strokeWidth={1.8} aria-hidden className={classes.icon} />
      <div className={classes.text}>
        <Text size="sm" fw={600}>
          {title}
          {isDone && <span className="visually-hidden"> ({t('overview.isDone')})</span>}
        </Text>
        {!isDone && (
          <Text size="sm" c="dimmed" component="div">
            <TextWithCode text={t(`overview.step.${name}.body`)} />
          </Text>
        )}
      </div>
      {!isDone && place && (
        <ButtonLink
          {...place}
          size="compact-sm"
          variant="default"
          flex="none"
          aria-label={`${t('overview.open')}: ${title}`}
        >
          {t('overview.open')}
        </ButtonLink>
      )}
    </li>
  );
}
