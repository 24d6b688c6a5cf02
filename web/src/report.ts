// The payload with the look-ups that several sections need.
import type { Account, Link, Network, Payload, Text } from "./payload";
import { foreign, h } from "./dom";

export class Report {
  readonly accountsOf = new Map<number, number[]>();
  readonly linksOf = new Map<number, number[]>();
  private readonly networks = new Map<number, Network>();

  constructor(readonly data: Payload) {
    for (const network of data.networks) this.networks.set(network.id, network);
    data.accounts.forEach((account, index) => push(this.accountsOf, account.network, index));
    data.links.forEach((link, index) => {
      push(this.linksOf, link.a, index);
      push(this.linksOf, link.b, index);
    });
  }

  account(index: number): Account {
    const account = this.data.accounts[index];
    if (!account) throw new RangeError(`no account ${index}`);
    return account;
  }

  text(place: Text): string {
    return this.data.strings[place] ?? "";
  }

  network(id: number): Network | undefined {
    return this.networks.get(id);
  }

  /** Links of a network, strongest first. */
  linksWithin(network: number): Link[] {
    const within = new Set<number>();
    for (const account of this.accountsOf.get(network) ?? []) {
      for (const link of this.linksOf.get(account) ?? []) within.add(link);
    }
    return this.strongestFirst([...within]);
  }

  linksTo(account: number): Link[] {
    return this.strongestFirst(this.linksOf.get(account) ?? []);
  }

  private strongestFirst(indices: number[]): Link[] {
    return indices
      .map((index) => this.data.links[index])
      .filter((link): link is Link => link !== undefined)
      .sort((one, other) => other.log10_e - one.log10_e);
  }
}

/** A link to an account's panel, by its user name where the log has one. */
export function accountLink(report: Report, index: number): HTMLElement {
  return h("a", { href: `#account-${index}`, class: "account" }, foreign(report.account(index).name));
}

function push(lists: Map<number, number[]>, key: number, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
