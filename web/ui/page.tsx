import { Container, Group, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from '../texts/language.ts';
import classes from './page.module.css';

/** Of so many characters it has the line for itself, and what can be done stands below. */
const longTitle = 40;

interface PageProps {
  title: string;
  description?: ReactNode;
  /** Stands before the title, an avatar for instance. */
  mark?: ReactNode;
  actions?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A page of the administration: its title, what can be done, and a column of content. */
export function Page({ title, description, mark, actions, wide = false, children }: PageProps) {
  const { t } = useTranslation();
  useDocumentTitle(`${title} · ${t('common.productName')}`);
  return (
    <Container size={wide ? 1180 : 860} px={{ base: 'md', sm: 'xl' }} className={classes.page}>
      <Group justify="space-between" align="flex-start" gap="md" mb="lg">
        <Group
          wrap="nowrap"
          align="flex-start"
          gap="md"
          miw={0}
          flex={`1 1 ${title.length > longTitle ? '100%' : '280px'}`}
        >
          {mark}
          <div className={classes.heading}>
            <Title order={1}>{title}</Title>
            {description && (
              <Text c="dimmed" mt={4} component="div">
                {description}
              </Text>
            )}
          </div>
        </Group>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Container>
  );
}
