import { Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { departments, type Template } from '../../../../contract/agents.ts';
import { useTranslation } from '../../../texts/language.ts';
import { TextLink } from '../../../ui/button-link.tsx';
import { ChoiceCard } from '../../../ui/choice-card.tsx';
import { ChoiceGroup } from '../../../ui/choice-group.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { integrationsQuery } from '../../settings/integrations/integration-queries.ts';
import { useTemplateTexts } from './template-texts.ts';
import classes from './templates.module.css';

interface TemplatePickerProps {
  templates: readonly Template[];
  value: string;
  onChange: (id: string) => void;
}

/** What a new agent starts with, by department; with what each may touch and what it needs first. */
export function TemplatePicker({ templates, value, onChange }: TemplatePickerProps) {
  const { t } = useTranslation();
  const textsOf = useTemplateTexts();
  const [query, setQuery] = useState('');
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = templates.filter((template) => {
    const { name, description, tagline, touches } = textsOf(template, 'all');
    const department = t(`templates.departments.${template.department}`);
    const text = [name, description, tagline, department, ...touches].join('\n').toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <>
      <TextInput
        type="search"
        mb="md"
        aria-label={t('templates.search')}
        placeholder={t('templates.search')}
        leftSection={<Search size={16} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
        // Enter would create the agent.
        onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      />
      <ChoiceGroup label={t('agents.template')} value={value} onChange={onChange}>
        {departments.map((department) => {
          const those = found.filter((template) => template.department === department);
          if (those.length === 0) return null;
          return (
            <section
              key={department}
              className={classes.department}
              aria-label={t(`templates.departments.${department}`)}
            >
              <h3>{t(`templates.departments.${department}`)}</h3>
              <div className={classes.cards}>
                {those.map((template) => (
                  <TemplateCard key={template.id} template={template} />
                ))}
              </div>
            </section>
          );
        })}
      </ChoiceGroup>
      {found.length === 0 && <EmptyState picture="search">{t('templates.none', { query })}</EmptyState>}
    </>
  );
}

function TemplateCard({ template }: { template: Template }) {
  const { t } = useTranslation();
  const { name, description, touches } = useTemplateTexts()(template);
  const { data: connections } = useQuery({ ...integrationsQuery, enabled: template.integration !== null });
  const isMissing =
    template.integration === 'odoo' && connections !== undefined && !connections.some(({ type }) => type === 'odoo');
  return (
    <div className={classes.card}>
      <ChoiceCard value={template.id} title={name} description={description}>
        <div className={classes.touches}>
          {touches.map((line) => (
            <div key={line}>{line}</div>
          ))}
        </div>
      </ChoiceCard>
      {isMissing && (
        <Text size="sm" className={classes.missing}>
          {t('templates.needsOdoo')}{' '}
          <TextLink
            to="/settings"
            search={{ section: 'integrations', template: template.id }}
            aria-label={`${t('templates.setUp')}: ${name}`}
          >
            {t('templates.setUp')}
          </TextLink>
        </Text>
      )}
    </div>
  );
}
