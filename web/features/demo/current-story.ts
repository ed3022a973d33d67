import { useSyncExternalStore } from 'react';
import { type Story, storyNames } from '../../../contract/setup.ts';

type StoryName = Story['name'];

const key = 'pinchy.demo.story';
const listeners = new Set<() => void>();

/** Which story is told in this tab; it outlives the change to another person. */
export function tellStory(name: StoryName | undefined): void {
  if (name) sessionStorage.setItem(key, name);
  else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

export const useCurrentStory = (): StoryName | undefined => useSyncExternalStore(subscribe, readStory);

function readStory(): StoryName | undefined {
  const stored = sessionStorage.getItem(key);
  return storyNames.find((name) => name === stored);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
