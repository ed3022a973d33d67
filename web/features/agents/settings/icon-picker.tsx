import { Group, Input, SegmentedControl, Stack, TextInput, UnstyledButton } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { type AgentIcon, iconColors, iconSymbols } from '../../../../contract/agent-icon.ts';
import type { Agent } from '../../../../contract/agents.ts';
import { useTranslation } from '../../../texts/language.ts';
import { AgentAvatar } from '../../../ui/agent-avatar.tsx';
import classes from './icon-picker.module.css';

/** Some that suit a colleague's work; any other can be typed. */
const emojis = [
  ...['📚', '🧭', '💡', '🔎', '📈', '🧾', '💶', '📦', '🚚', '🛠️', '🏗️', '🧪'],
  ...['⚖️', '🩺', '🎓', '🎨', '🌍', '🛡️', '📣', '🤝', '👥', '🗓️', '✈️', '🦉'],
];

const kinds = ['none', 'emoji', 'symbol'] as const;
type Kind = (typeof kinds)[number];

const kindOf = (icon: AgentIcon | null): Kind => (!icon ? 'none' : 'emoji' in icon ? 'emoji' : 'symbol');

interface IconPickerProps {
  agent: Pick<Agent, 'id' | 'isPersonal'>;
  value: AgentIcon | null;
  onChange: (icon: AgentIcon | null) => void;
  error?: string | undefined;
}

/** What stands for the agent: what its id gives, an emoji, or a figure in a colour. */
export function IconPicker({ agent, value, onChange, error }: IconPickerProps) {
  const { t } = useTranslation();
  const kind = kindOf(value);
  const choose = (next: Kind) => {
    if (next === 'none') onChange(null);
    else onChange(next === 'emoji' ? { emoji: emojis[0]! } : { symbol: 'sunrise', color: 'teal' });
  };
  return (
    <Input.Wrapper component="fieldset" className={classes.fieldset} error={error}>
      <Input.Label component="legend">{t('gallery.icon')}</Input.Label>
      <Input.Description mb={6}>{t('gallery.iconHint')}</Input.Description>
      <Stack gap="sm">
        <Group gap="md">
          <AgentAvatar id={agent.id} isPersonal={agent.isPersonal} icon={value} size={44} />
          <SegmentedControl
            aria-label={t('gallery.icon')}
            value={kind}
            onChange={(next) => choose(kinds.find((known) => known === next) ?? 'none')}
            data={kinds.map((known) => ({ value: known, label: t(`gallery.iconKinds.${known}`) }))}
          />
        </Group>
        {value && 'emoji' in value && <EmojiChoice value={value.emoji} onChange={(emoji) => onChange({ emoji })} />}
        {value && 'symbol' in value && (
          <>
            <Choices label={t('gallery.symbol')}>
              {iconSymbols.map((symbol) => (
                <Choice
                  key={symbol}
                  label={t(`gallery.symbols.${symbol}`)}
                  isChosen={symbol === value.symbol}
                  onChoose={() => onChange({ ...value, symbol })}
                >
                  <AgentAvatar id={agent.id} icon={{ ...value, symbol }} size={30} />
                </Choice>
              ))}
            </Choices>
            <Choices label={t('gallery.color')}>
              {iconColors.map((color) => (
                <Choice
                  key={color}
                  label={t(`gallery.colors.${color}`)}
                  isChosen={color === value.color}
                  onChoose={() => onChange({ ...value, color })}
                >
                  <AgentAvatar id={agent.id} icon={{ ...value, color }} size={30} />
                </Choice>
              ))}
            </Choices>
          </>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function EmojiChoice({ value, onChange }: { value: string; onChange: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(emojis.includes(value) ? '' : value);
  const isWrong = typed !== '' && !/^\p{RGI_Emoji}$/v.test(typed);
  const type = (text: string) => {
    setTyped(text);
    if (/^\p{RGI_Emoji}$/v.test(text.trim())) onChange(text.trim());
  };
  return (
    <>
      <Choices label={t('gallery.emoji')}>
        {emojis.map((emoji) => (
          <Choice
            key={emoji}
            label={emoji}
            isChosen={emoji === value}
            onChoose={() => {
              setTyped('');
              onChange(emoji);
            }}
          >
            <span className={classes.emoji}>{emoji}</span>
          </Choice>
        ))}
      </Choices>
      <TextInput
        w={200}
        label={t('gallery.emojiOther')}
        value={typed}
        maxLength={32}
        onChange={(event) => type(event.currentTarget.value)}
        error={isWrong && t('gallery.emojiWrong')}
      />
    </>
  );
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className={classes.choices}>
      {children}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Choice({ label, isChosen, onChoose, children }: ChoiceProps) {
  return (
    <UnstyledButton className={classes.choice} aria-label={label} aria-pressed={isChosen} onClick={onChoose}>
      {children}
    </UnstyledButton>
  );
}
