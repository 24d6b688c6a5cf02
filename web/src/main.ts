import "uplot/dist/uPlot.min.css";
import "./report.css";
import type { Payload } from "./payload";
import { Report } from "./report";
import { h } from "./dom";
import { visible } from "./visible";
import { answer } from "./sections/answer";
import { Campaigns } from "./sections/campaigns";
import { CloseUp } from "./sections/closeup";
import { gauges } from "./sections/gauges";
import { NetworkMap } from "./sections/map";
import { method } from "./sections/method";
import { networks } from "./sections/networks";
import { analyst } from "./sections/notes";
import { AccountPanel } from "./sections/panel";
import { settings } from "./sections/settings";
import { signs } from "./sections/signs";
import { synchronous } from "./sections/synchronous";
import { targets } from "./sections/targets";
import { unused } from "./sections/unused";

function read(): Report {
  const source = document.getElementById("payload");
  const report = new Report(JSON.parse(source?.textContent ?? "") as Payload);
  source?.remove();
  return report;
}

function build(report: Report, root: HTMLElement): void {
  const found = report.data.networks[0];
  const map = found ? new NetworkMap(report) : null;
  const closeUp = found ? new CloseUp(report) : null;
  const campaigns = Object.keys(report.data.campaigns).length > 0 ? new Campaigns(report) : null;
  const panel = new AccountPanel(report, leaveAccount);
  // A new section is one more line here; null leaves it out.
  const sections = [
    answer(report),
    networks(report),
    gauges(report),
    map?.element ?? null,
    closeUp?.element ?? null,
    campaigns?.element ?? null,
    targets(report),
    signs(report),
    synchronous(report),
    analyst(report),
    unused(report),
    method(report),
    settings(report),
  ].filter((section): section is HTMLElement => section !== null);
  root.append(
    h("a", { class: "skip", href: "#content" }, "Skip to the findings"),
    navigation(sections),
    h("main", { id: "content", tabindex: "-1" }, ...sections),
    panel.element,
  );
  document.title = `${visible(report.data.title)}: ${report.data.answer.headline} (Syncline)`;
  if (found) closeUp?.show(found.id);
  map?.drawLater();
  const go = () => follow(closeUp, campaigns, panel);
  go();
  window.addEventListener("hashchange", go);
}

function navigation(sections: HTMLElement[]): HTMLElement {
  const entries = sections.map((section) => {
    const title = section.querySelector("h2")?.textContent ?? "Answer";
    return h("li", {}, h("a", { href: `#${section.id}` }, title));
  });
  return h("nav", { "aria-label": "Sections" }, h("ul", { class: "plain" }, ...entries));
}

/** The address says what is open, so that the browser's back button and copied links work. */
function follow(closeUp: CloseUp | null, campaigns: Campaigns | null, panel: AccountPanel): void {
  const [, kind, number] = window.location.hash.match(/^#(account|network)-(\d+)$/) ?? [];
  if (kind === "account" && panel.knows(Number(number))) {
    panel.show(Number(number));
    return;
  }
  panel.close();
  if (kind === "network") {
    closeUp?.show(Number(number));
    campaigns?.show(Number(number));
    closeUp?.element.scrollIntoView();
  }
}

function leaveAccount(index: number): void {
  // Another account may have been asked for while this one was closing.
  if (window.location.hash === `#account-${index}`) {
    history.replaceState(null, "", window.location.href.replace(/#.*$/, "#"));
  }
}

const root = document.getElementById("report");
if (root) build(read(), root);
