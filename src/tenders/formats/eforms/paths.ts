import { pathsWith, xpathOf, type XmlNode } from '../xml-tree.js';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';
const EFORMS = 'http://data.europa.eu/p27/';

/** Root elements of notices, by namespace. @source eForms SDK 1.3 to 1.16, fields.json */
export const NOTICE_ROOTS: ReadonlyMap<string, string> = new Map(
  ['ContractNotice', 'PriorInformationNotice', 'ContractAwardNotice'].map((root) => [
    `${UBL}${root}-2`,
    root,
  ]),
);

/** Elements along a path written with the prefixes the SDK uses. */
export const at = pathsWith({
  cac: `${UBL}CommonAggregateComponents-2`,
  cbc: `${UBL}CommonBasicComponents-2`,
  ext: `${UBL}CommonExtensionComponents-2`,
  efac: `${EFORMS}eforms-ubl-extension-aggregate-components/1`,
  efbc: `${EFORMS}eforms-ubl-extension-basic-components/1`,
  efext: `${EFORMS}eforms-ubl-extensions/1`,
});

export const EXTENSION = 'ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension';

/** First text along a path; null when absent or empty. */
export function textAt(from: XmlNode, path: string): string | null {
  return at(from, path).find((node) => node.text !== '')?.text ?? null;
}

/** The text in the notice's own language, else the first there is: a notice may repeat it in several. */
export function textIn(language: string | null, from: XmlNode, path: string): string | null {
  const texts = at(from, path).filter((node) => node.text !== '');
  return (texts.find((node) => node.attributes.get('languageID') === language) ?? texts[0])?.text ?? null;
}

/** Codes along a path whose `listName` is the one asked, each once, in order. */
export function codesAt(from: XmlNode, path: string, listName: string): readonly string[] {
  const codes = at(from, path).filter(
    (node) => node.attributes.get('listName') === listName && node.text !== '',
  );
  return [...new Set(codes.map((node) => node.text))];
}

export { xpathOf };
