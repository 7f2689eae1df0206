import { rows } from '../../src/platform/db/index.js';
import { loadSample } from '../../src/sample-data.js';
import { tellSampleStory } from '../../src/sample-story.js';
import { startTestApp, type TestApp } from '../app.js';
import { SYSTEM } from '../database.js';

describe('the story of the sample', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await startTestApp();
    await service.database.transaction(SYSTEM, (tx) => loadSample(tx, SYSTEM, service.clock, 'secret'));
  });
  afterAll(() => service.stop());

  const found = <Row extends object>(sql: string) =>
    service.database.transaction(SYSTEM, (tx) => rows<Row>(tx, sql));

  it('leaves a tender that is published and answered, and a draft to go on with', async () => {
    await tellSampleStory(service.app);
    expect(await found('SELECT status FROM tenders.tender ORDER BY status')).toEqual([
      { status: 'draft' },
      { status: 'published' },
    ]);
    const answers = await found<{ kind: string }>('SELECT DISTINCT kind FROM answers.answer ORDER BY kind');
    expect(answers.map(({ kind }) => kind)).toEqual(['full', 'no', 'part']);
    expect(await found('SELECT 1 FROM tenders.shared_file WHERE source_file_id IS NOT NULL')).toHaveLength(1);
    const open = await service.visitor().get('/tenders');
    expect(open.text).toContain('Rafraîchissement de deux maisons ouvrières');
  });
});
