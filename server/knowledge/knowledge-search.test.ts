import { expect, test } from 'vitest';
import { setKnowledgeScene } from '../../test/knowledge/knowledge-scene.ts';

test('finds passages by words in other forms, and says where they stand', async () => {
  const scene = await setKnowledgeScene({
    '/data/hr/leave.md':
      '# Leave\n\nGeneral remarks.\n\n## Parental leave\n\nParents may take fourteen weeks of paid leave.\n',
    '/data/hr/travel.md': '# Travel\n\nTrains are booked in second class.\n',
  });
  await scene.indexer.runPass();
  const { passages, pending } = await scene.search('How many weeks can a parent take?');
  expect(pending).toBe(0);
  expect(passages[0]).toMatchObject({ path: '/data/hr/leave.md', place: 'line 5', heading: 'Leave › Parental leave' });
  expect(passages[0]?.text).toContain('fourteen weeks');
});
