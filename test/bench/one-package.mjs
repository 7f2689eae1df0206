// The smallest tender a contractor brings, for benches that publish many.
const PLACES = [
  '4100 Seraing',
  '1000 Bruxelles',
  '9000 Gent',
  '6000 Charleroi',
  '2000 Antwerpen',
  '5000 Namur',
];

/** A tender of one package, ready to be published. @param n another one each time */
export async function draftOf(contractor, n, { trades, value }) {
  const bill = `Projet;Chantier ${n};;;;\nLieu;${PLACES[n % PLACES.length]};;;;\nPoste;Désignation;Unité;Quantité;Prix unitaire;Total
1;PEINTURES;;;;\n1.1;Peinture des murs intérieurs, local ${n};m2;100;8,00;800,00\n`;
  const reading = (await contractor.send('/api/v1/readings', 'metre.csv', bill)).json();
  const { tenderId } = await contractor.call('POST', `/api/v1/readings/${reading.id}/draft`);
  const { packages } = await contractor.call('GET', `/api/v1/tenders/${tenderId}`);
  const review = { trades, value, placeable: 'yes', offered: true };
  for (const { id, version } of packages)
    await contractor.call('PUT', `/api/v1/work-packages/${id}/review`, { ...review, version });
  const deadline = new Date(Date.now() + 60 * 86_400_000).toISOString();
  await contractor.call('PATCH', `/api/v1/tenders/${tenderId}`, { deadline });
  await contractor.call('PUT', `/api/v1/tenders/${tenderId}/buyer`, { buyer: 'private' });
  const clause = { instrument: 'VOLUNTARY', basis: 'BE-CONTRACT' };
  await contractor.call('PUT', `/api/v1/tenders/${tenderId}/clause`, clause);
  return { tenderId, packageId: packages[0].id };
}
