/** The packs that ship with the product. A new pack is one JSON file and one line here. */
import { PortolanError } from '../../shared/errors.ts';
import { DomainPack, LanguageWords } from '../../shared/model/domain-pack.ts';
import generic from './packs/generic.json' with { type: 'json' };
import languages from './packs/languages.json' with { type: 'json' };
import energy from './packs/energy.json' with { type: 'json' };
import erp from './packs/erp.json' with { type: 'json' };
import healthcare from './packs/healthcare.json' with { type: 'json' };
import telecom from './packs/telecom.json' with { type: 'json' };
import utilityBilling from './packs/utility-billing.json' with { type: 'json' };

/** Words of databases in general; part of every lexicon. */
export const genericPack: DomainPack = DomainPack.parse(generic);

export const domainPacks: ReadonlyMap<string, DomainPack> = new Map(
  [energy, erp, healthcare, telecom, utilityBilling].map((pack) => [pack.id, DomainPack.parse(pack)]),
);

/** Words of other languages than English, by language code in code-unit order. */
export const languagePacks: ReadonlyMap<string, LanguageWords> = new Map(
  Object.entries(languages).map(([code, words]) => [code, LanguageWords.parse(words)]),
);

/** The shipped packs and someone's own; an own pack with a shipped one's id takes its place. */
export function withOwnPacks(own: readonly DomainPack[]): ReadonlyMap<string, DomainPack> {
  return own.length === 0 ? domainPacks : new Map([...domainPacks, ...own.map((pack) => [pack.id, pack] as const)]);
}

/** The pack of that id; null for no domain. Throws INPUT_INVALID for an id that no pack has. */
export function findDomainPack(
  id: string | null,
  packs: ReadonlyMap<string, DomainPack> = domainPacks,
): DomainPack | null {
  if (id === null) return null;
  const pack = packs.get(id);
  if (pack === undefined) {
    throw new PortolanError('INPUT_INVALID', `No domain pack named ${id}`, {
      hint: `Choose one of: ${[...packs.keys()].join(', ')}`,
    });
  }
  return pack;
}
