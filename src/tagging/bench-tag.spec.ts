import { benchPlaceable, benchTag } from './bench-tag.js';
import { loadTagModel } from './files/load-model.js';

const model = loadTagModel();
let now = 0;
const clock = (): number => (now += 500);

describe('the bench', () => {
  it('counts what is right, per language and in all', () => {
    const report = benchTag(
      model,
      [
        { lang: 'fr', text: 'Travaux de peinture intérieure', cpv: '45442100' },
        { lang: 'fr', text: 'Travaux de peinture intérieure', cpv: '15000000' },
        { lang: 'nl', text: 'Schoonmaak van kantoren', cpv: '90919200' },
      ],
      clock,
    );
    expect(report.textsPerSecond).toBe(6);
    expect(report.languages['fr']).toMatchObject({ texts: 2, top1: 0.5, answered: 1, groupTop1: 1 });
    const { calibrationError, calibrationErrorByChance, calibrationErrorBeyondChance } =
      report.languages['fr']!;
    expect(calibrationErrorBeyondChance).toBeCloseTo(calibrationError - calibrationErrorByChance, 3);
    expect(calibrationErrorBeyondChance).toBeGreaterThan(0.1);
    expect(report.languages['nl']).toMatchObject({ texts: 1, top1: 1, top3: 1, macroF1: 1 });
    expect(report.languages['all']?.top1).toBeCloseTo(2 / 3, 3);
    expect(report.languages['de+en+nl']).toEqual(report.languages['nl']);
  });

  it('has nothing to say of no text', () => {
    const report = benchTag(model, [], clock);
    expect(report.languages['all']).toMatchObject({ texts: 0, groupTop1: null, acceptedPrecision: null });
  });

  it('lets either reader be right where they disagree', () => {
    const text = 'Entretien des espaces verts';
    const report = benchPlaceable(model, [
      { lang: 'fr', text, label: 'yes', labels: ['yes', 'yes'] },
      { lang: 'fr', text, label: null, labels: ['yes', 'no'] },
    ]);
    expect(report).toMatchObject({ agreed: 1, accuracy: 1, disputed: 1, disputedRight: 1 });
  });
});
