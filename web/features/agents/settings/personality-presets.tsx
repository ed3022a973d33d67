import { Badge, Group, Text, UnstyledButton } from '@mantine/core';
import { ConciergeBell, GraduationCap, Plane, Sprout } from 'lucide-react';
import { useTranslation } from '../../../texts/language.ts';
import { askToConfirm } from '../../../ui/confirm.ts';
import classes from './personality-presets.module.css';
import { personalities, type PersonalityName, personalityNames, recognisePersonality } from './personalities.ts';

const icons = { butler: ConciergeBell, professor: GraduationCap, pilot: Plane, coach: Sprout };

interface PersonalityPresetsProps {
  text: string;
  onChoose: (text: string) => void;
}

/** Four characters to start from. A text of somebody's own is never replaced unasked. */
export function PersonalityPresets({ text, onChoose }: PersonalityPresetsProps) {
  const { t } = useTranslation();
  const current = recognisePersonality(text);
  const choose = (name: PersonalityName) => {
    const replace = () => onChoose(personalities[name]);
    if (!current.customised || text.trim() === '') return replace();
    return askToConfirm({
      title: t('agents.presetQuestion', { name: t(`agents.presets.${name}.name`) }),
      body: t('agents.presetBody'),
      confirm: t('agents.presetConfirm'),
      danger: false,
      action: async () => replace(),
    });
  };
  return (
    <div role="group" aria-label={t('agents.presetsTitle')} className={classes.presets}>
      {personalityNames.map((name) => {
        const Icon = icons[name];
        const isCurrent = current.name === name;
        return (
          <UnstyledButton
            key={name}
            className={classes.preset}
            aria-pressed={isCurrent && !current.customised}
            data-current={isCurrent || undefined}
            onClick={() => choose(name)}
          >
            <Group gap={8} wrap="nowrap">
              <Icon size={17} strokeWidth={1.8} aria-hidden />
              <Text span size="sm" fw={600} flex={1}>
                {t(`agents.presets.${name}.name`)}
              </Text>
              {isCurrent && current.customised && (
                <Badge size="sm" variant="light">
                  {t('agents.customised')}
                </Badge>
              )}
            </Group>
            <Text span size="xs" c="dimmed" className={classes.line}>
              {t(`agents.presets.${name}.line`)}
            </Text>
          </UnstyledButton>
        );
      })}
    </div>
  );
}
