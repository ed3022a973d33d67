import { ActionIcon, Checkbox, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '../../texts/language.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { subdirectoriesQuery } from './agent-queries.ts';
import classes from './agents.module.css';
import { isBelow, missingBelow, withDirectory } from './directory-paths.ts';

interface Choice {
  granted: readonly string[];
  onChange: (paths: string[]) => void;
}

interface Directory {
  path: string;
  name: string;
}

interface DirectoryTreeProps extends Choice {
  /** The directory whose directories these are. */
  parent: string;
  directories: readonly Directory[];
}

/** Directories to choose from; each opens and shows those in it. A chosen one covers all below. */
export function DirectoryTree({ parent, directories, granted, onChange }: DirectoryTreeProps) {
  const { t } = useTranslation();
  const missing = missingBelow(
    granted,
    parent,
    directories.map(({ path }) => path),
  );
  if (directories.length + missing.length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes.directories}>
        {t('agents.directoriesNoneBelow')}
      </Text>
    );
  }
  return (
    <ul className={classes.directories}>
      {directories.map((directory) => (
        <DirectoryNode key={directory.path} directory={directory} granted={granted} onChange={onChange} />
      ))}
      {missing.map((path) => (
        <li key={path} className={classes.missingDirectory}>
          <Checkbox
            checked
            onChange={() => onChange(granted.filter((other) => other !== path))}
            label={<DirectoryLabel name={path} hint={t('agents.directoryMissing')} />}
          />
        </li>
      ))}
    </ul>
  );
}

function DirectoryNode({ directory: { path, name }, granted, onChange }: Choice & { directory: Directory }) {
  const { t } = useTranslation();
  const isGranted = granted.includes(path);
  const holder = granted.find((other) => isBelow(path, other));
  const holdsGranted = granted.some((other) => isBelow(other, path));
  const [isOpen, setOpen] = useState(holdsGranted);
  const toggle = (chosen: boolean) =>
    onChange(chosen ? withDirectory(granted, path) : granted.filter((other) => other !== path));
  return (
    <li>
      <div className={classes.directory}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-expanded={isOpen}
          aria-label={t('agents.directoryOpen', { name })}
          onClick={() => setOpen(!isOpen)}
        >
          <ChevronRight size={16} aria-hidden className={classes.chevron} data-open={isOpen || undefined} />
        </ActionIcon>
        <Checkbox
          checked={isGranted || holder !== undefined}
          indeterminate={!isGranted && holder === undefined && holdsGranted}
          disabled={holder !== undefined}
          onChange={(event) => toggle(event.currentTarget.checked)}
          label={<DirectoryLabel name={name} hint={holder ? t('agents.directoryCovered', { path: holder }) : path} />}
        />
      </div>
      {isOpen && <Below path={path} granted={granted} onChange={onChange} />}
    </li>
  );
}

function Below({ path, granted, onChange }: Choice & { path: string }) {
  const query = useQuery(subdirectoriesQuery(path));
  return (
    <div className={classes.below}>
      <QueryState query={query} lines={1}>
        {(directories) => (
          <DirectoryTree parent={path} directories={directories} granted={granted} onChange={onChange} />
        )}
      </QueryState>
    </div>
  );
}

function DirectoryLabel({ name, hint }: { name: string; hint: string }) {
  return (
    <span className={classes.directoryLabel}>
      {name}{' '}
      <Text span size="xs" c="dimmed">
        {hint}
      </Text>
    </span>
  );
}
