import { loadTagModel } from '../files/load-model.js';
import { tagText } from './tag-text.js';
import type { PlaceableLabel } from './tag.js';

const model = loadTagModel();

/** Written by hand from the official vocabulary, not by the tagger: text, language, group (three digits), placeable. */
const OBVIOUS: readonly (readonly [string, string, string, PlaceableLabel])[] = [
  ['Travaux de peinture des murs et plafonds de l’école communale', 'fr', '454', 'yes'],
  ['Entretien des espaces verts et tonte des pelouses', 'fr', '773', 'yes'],
  ['Nettoyage des locaux administratifs et des vitres', 'fr', '909', 'yes'],
  ['Pose de carrelage et de faïences dans les sanitaires', 'fr', '454', 'yes'],
  ['Maîtrise d’œuvre pour la construction d’un groupe scolaire', 'fr', '712', 'no'],
  ['Souscription de contrats d’assurances dommages aux biens', 'fr', '665', 'no'],
  ['Fourniture de carburants et de gazole', 'fr', '091', 'no'],
  ['Restauration scolaire : confection et livraison de repas en liaison froide', 'fr', '555', 'yes'],
  ['Désamiantage et retrait d’amiante friable', 'fr', '452', 'no'],
  ['Reconstruction du pont et des ouvrages d’art sur la Meuse', 'fr', '452', 'no'],
  ['Blanchisserie et entretien du linge', 'fr', '983', 'yes'],
  ['Acquisition d’un progiciel de gestion financière', 'fr', '484', 'no'],
  ['Schilderwerken binnen en buiten', 'nl', '454', 'yes'],
  ['Onderhoud van groenzones en maaien van gazons', 'nl', '773', 'yes'],
  ['Schoonmaak van gebouwen en ramen wassen', 'nl', '909', 'yes'],
  ['Levering van elektriciteit', 'nl', '093', 'no'],
  ['Juridische bijstand door een advocaat', 'nl', '791', 'no'],
  ['Verzekeringsdiensten voor het wagenpark', 'nl', '665', 'no'],
  ['Opleiding en begeleiding van werkzoekenden', 'nl', '805', 'yes'],
  ['Malerarbeiten in der Grundschule', 'de', '454', 'yes'],
  ['Unterhaltsreinigung und Glasreinigung der Verwaltungsgebäude', 'de', '909', 'yes'],
  ['Pflege der Grünanlagen und Mäharbeiten', 'de', '773', 'yes'],
  ['Tragwerksplanung und Objektplanung Ingenieurbauwerke', 'de', '713', 'no'],
  ['Lieferung von Strom aus erneuerbaren Energien', 'de', '093', 'no'],
  ['Internal painting and decorating of council houses', 'en', '454', 'yes'],
  ['Grounds maintenance and grass cutting', 'en', '773', 'yes'],
  ['Office cleaning and window cleaning services', 'en', '909', 'yes'],
  ['Legal advice and representation', 'en', '791', 'no'],
  ['Supply of natural gas', 'en', '091', 'no'],
  // As people say it, not as buyers write it.
  ['Mise sous pli et tri de documents', 'fr', '795', 'yes'],
  ['Accompagnement de demandeurs d’emploi : formation en cuisine', 'fr', '805', 'yes'],
  ['Femme de ménage pour les bureaux', 'fr', '909', 'yes'],
  ['Kuisen van de bureaus en de gangen', 'nl', '909', 'yes'],
  ['Klusjesdienst en huishoudhulp voor senioren', 'nl', '985', 'yes'],
  ['Fensterputzen und Treppenhaus putzen im Rathaus', 'de', '909', 'yes'],
  ['Hecken schneiden und Unkraut jäten auf dem Friedhof', 'de', '773', 'yes'],
  ['Scanning of records and files for the town hall', 'en', '799', 'yes'],
  ['Envelope stuffing for the council', 'en', '795', 'yes'],
];

describe('texts whose trade nobody would dispute', () => {
  it.each(OBVIOUS)('%s', (text, lang, group, placeable) => {
    const result = tagText(model, { text });
    expect(result.lang).toBe(lang);
    expect(result.cpv.map(({ code }) => code.slice(0, 3))).toContain(group);
    expect(result.cpv[0]?.code.slice(0, 2)).toBe(group.slice(0, 2));
    expect(result.cpv[0]?.evidence.length).toBeGreaterThan(0);
    expect(result.placeable.label).toBe(placeable);
  });
});
