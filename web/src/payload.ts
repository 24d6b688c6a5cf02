// The shape of the JSON that `syncline/report/payload.py` writes into the page.

export interface Payload {
  title: string;
  answer: Answer;
  networks: Network[];
  timeline: Timeline | null;
  accounts: Account[];
  links: Link[];
  posts: Post[];
  /** Strings that come again and again, held once; `Text` is a place in this list. */
  strings: string[];
  left_out: string[];
  signs: Signs | null;
  synchronous: { groups: SynchronousGroup[]; left_out: string };
  /** Coordination, source and impact by network; authenticity is in `signs`. */
  gauges: Record<string, Gauges>;
  campaigns: Record<string, Campaign>;
  targets: { pages: Target[]; left_out: string };
  notes: Note[];
  unused: Unused;
  method: { title: string; text: string }[];
  provenance: Provenance;
}

/** Accounts that came to several things in the same second. */
export interface SynchronousGroup {
  id: number;
  summary: string;
  sentences: string[];
  moments: { time: string; behaviour: string; object: string; text: string; said: string }[];
  more_moments: number;
  accounts: { name: string; platform: string; id: string; said: string; network: number | null }[];
  more_accounts: number;
}

export interface Answer {
  headline: string;
  sentences: string[];
  placebo: string;
  facts: { label: string; value: string; note: string }[];
  notes: string[];
}

export interface Network {
  id: number;
  kind: "network" | "pair";
  label: string;
  size: number;
  named: number;
  links: number;
  evidence: string;
  log10_e: number;
  by: string;
  active: string;
  days: string;
  confirmed: string;
  confirmed_words: string;
  sentence: string;
  ladder: { explanation: string; left: number; of: number; log10_e: number; words: string }[];
  explanations: { applies: boolean | null; statement: string }[];
}

/** Sparse counts: [bin, posts]. */
export type Counts = [number, number][];

export interface Timeline {
  start_s: number;
  width_s: number;
  unit: string;
  bins: number;
  everybody: Counts;
  networks: Record<string, Counts>;
}

export type Text = number;

export interface Account {
  network: number;
  platform: string;
  id: string;
  name: string;
  display: string | null;
  created: string | null;
  named: boolean;
  reason: Text;
  log10_e: number;
  evidence: string;
  links: number;
  posts: number;
  role: string;
  x: number;
  y: number;
}

/** [what was done, object, post of a, post of b, lag, odds]; posts are places in `posts`. */
export type CoAction = [Text, Text, number, number, Text, Text];

export interface Link {
  a: number;
  b: number;
  log10_e: number;
  words: Text;
  shown: CoAction[];
  total: number;
}

/** [account or -1, time, text, characters cut off, id]. */
export type Post = [number, string, Text, number, Text];

/** What the accounts themselves show: the gauge of authenticity. */
export interface Signs {
  introduction: string[];
  gauges: Gauge[];
  /** Links across platforms, evidence of another kind; a and b are places in `accounts`. */
  across: { a: number; b: number; words: string }[];
}

export interface Gauge {
  /** null is the whole log, or a list of accounts. */
  network: number | null;
  label: string;
  sentence: string;
  compared: string;
  signs: Sign[];
}

export interface Sign {
  sign: string;
  title: string;
  state: "found" | "not found" | "not tested";
  claims: Claim[];
  innocent: string;
  figure: Figure | null;
}

export interface Claim {
  statement: string;
  chance: string;
  accounts: number[];
  /** [name, id] of accounts that are in no network, and how many further ones are in the case. */
  people: [string, string][];
  more: number;
  /** [accounts of the group, of, comparable accounts, of]. */
  shares: [number, number, number, number] | null;
}

export type Figure = { caption: string } & (
  | { kind: "histogram"; accounts: number[]; others: number[]; first: string; last: string; batches: [number, number][] }
  | { kind: "week"; posts: number[]; others: number[]; break: number | null }
  | { kind: "templates"; templates: string[][]; words: [string, number, number][] }
  | { kind: "handles"; examples: string[][] }
  | { kind: "portraits"; pictures: { name: string; thumbnail: string | null; words: string }[] }
  | { kind: "pairs"; pairs: { a: string; b: string; words: string }[] }
);

export interface Gauges {
  coordination: Dial;
  source: Dial;
  impact: Dial;
}

export interface Dial {
  statements: string[];
  /** Innocent explanations; `applies` is null where nobody knows. */
  explanations: { title: string; applies: boolean | null; statement: string }[];
}

export interface Campaign {
  summary: string;
  days: { day: string; directives: Directive[] }[];
  throughout: Directive[];
  applause: { name: Text; platform: Text; share: number; words: Text }[];
  /** [account, role, what it did, how early it was, what else is known]. */
  roles: { summary: string; rows: [number, Text, Text, Text, Text][]; more: number };
}

export interface Directive {
  id: number;
  kind: string;
  label: Text;
  share: number;
  followers: number;
  active: number;
  words: Text;
  when: string;
  speed: string;
  /** Who moved first, a place in `accounts`. */
  first: number | null;
  /** [seconds since the first, accounts so far]. */
  curve: [number, number][];
  posts: Post[];
  with: [string, Text][];
  more: number;
}

export interface Target {
  network: number;
  name: Text;
  platform: Text;
  account_id: Text;
  episodes: { when: string; sentences: string[]; posts: Post[]; answered: Post[]; total: number }[];
  more: number;
}

export interface Note {
  kind: string;
  title: string;
  about: string[];
  networks: number[];
  lost: boolean;
  name: string;
  text: string;
  link: string;
  by: string;
  when: string;
}

export interface Unused {
  summary: string;
  rejects: { file: string; reason: string; why: string; rows: string; first: string; detail: string }[];
  behaviours: string[];
  windows: string[];
}

export interface Provenance {
  versions: [string, string][];
  log: [string, string][];
  settings: [string, string][];
  inputs: { path: string; format: string; sha256: string; bytes: string; rows: string; posts: string }[];
  timings: [string, string][];
}
