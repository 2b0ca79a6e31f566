/** The list of alerts, each with its reasons as bars: observed against what was expected. */
import { SEVERITIES, count, element, oneIn, plain, span, when } from "./format.js";

const MOST_OF_A_SEVERITY = 40;
const SHOWN = 12;

export class AlertList {
  /** @param parts list, empty, least and more: elements of the page */
  constructor(parts, choose) {
    Object.assign(this, parts);
    this.choose = choose;
    this.shown = SHOWN;
    this.openedByHand = false;
    this.least.addEventListener("change", () => this.show());
    this.more.addEventListener("click", () => {
      this.shown += 3 * SHOWN;
      this.show();
    });
  }

  reset() {
    this.list.replaceChildren();
    this.show();
  }

  /** @param first whether it was there before this page was opened */
  add(alert, now, first) {
    const item = element("li", "alert");
    item.dataset.severity = alert.severity;
    const details = element("details", "", this.line(alert, now), this.why(alert));
    details.addEventListener("toggle", () => {
      if (details.open) this.choose(alert.id);
    });
    details.addEventListener("pointerenter", () => this.choose(alert.id));
    details.querySelector("summary").addEventListener("focus", () => this.choose(alert.id));
    details.querySelector("summary").addEventListener("click", () => { this.openedByHand = true; });
    item.append(details);
    // The gravest stands open, of those that were there the newest, until someone opens another.
    const open = this.list.querySelector("details[open]");
    const openRank = open ? rank(open.closest("li")) : -1;
    if (!this.openedByHand && (rank(item) > openRank || (first && rank(item) === openRank))) {
      if (open) open.open = false;
      details.open = true;
    }
    this.list.prepend(item);
    this.forgetOldest(alert.severity);
  }

  /** A storm of one severity leaves the others alone. */
  forgetOldest(severity) {
    const same = this.list.querySelectorAll(`:scope > [data-severity="${severity}"]`);
    const last = same[same.length - 1];
    if (same.length > MOST_OF_A_SEVERITY && !last.contains(document.activeElement)) last.remove();
  }

  /** Hides what is less severe than is asked for, and what is more than a screen or so. */
  show() {
    const least = Number(this.least.value);
    let fitting = 0;
    for (const item of this.list.children) {
      const fits = rank(item) >= least;
      if (fits) fitting++;
      item.hidden = !fits || (fitting > this.shown && !item.querySelector("details[open]"));
    }
    this.empty.hidden = fitting > 0;
    this.more.hidden = fitting <= this.shown;
  }

  line(alert, now) {
    const at = element("time", "", when(alert.at, now));
    at.dateTime = new Date(alert.at).toISOString();
    return element(
      "summary",
      "",
      element("span", "severity", icon(alert.severity), alert.severity.toLowerCase()),
      at,
      element("span", "about", alert.key || alert.source),
      element("span", "rarity", oneIn(alert.pValue)),
      element("span", "reason", headline(alert)));
  }

  why(alert) {
    const bars = element("ul", "bars");
    const contributions = [...alert.contributions, combination(alert)].sort((a, b) => b.nats - a.nats);
    const most = Math.max(contributions[0].nats, 1e-9);
    for (const contribution of contributions) bars.append(bar(contribution, most));
    return element(
      "div",
      "why",
      bars,
      element(
        "p",
        "quiet facts",
        `score ${plain(alert.score)} nats, KL ${plain(alert.kl)} of them · p = ${plain(alert.pValue)} · model ${alert.version}` +
          ` · ${alert.source} · event time ${new Date(alert.eventTime).toISOString().replace("T", " ").replace("Z", " UTC")}`));
  }
}

function rank(item) {
  return SEVERITIES.indexOf(item.dataset.severity);
}

/** The reason without its end, which stands beside it already. */
function headline(alert) {
  return alert.reason.replace(/; p = \S+$/, "");
}

/** What the values add together, beyond what each adds: the KL divergence. */
function combination(alert) {
  return { feature: null, nats: alert.klContribution, observed: null, expected: null, low: null, high: null, probability: null };
}

/** One feature: what it adds to the score, and where the value lies beside the interval. */
function bar(c, most) {
  const amount = element("span", "amount");
  amount.append(element("span", "fill"));
  amount.firstChild.style.width = Math.max(1.5, 100 * Math.max(0, c.nats) / most) + "%";
  const expected = c.feature === null ? "" : c.low === null || c.high === null
    ? (c.expected === null ? "" : plain(c.expected)) + (c.probability === null ? "" : ` at ${Math.round(100 * c.probability)} %`)
    : `${plain(c.expected)} (${plain(c.low)} to ${plain(c.high)})`;
  const item = element(
    "li",
    "bar",
    element("span", "feature", c.feature === null ? "combination of values" : c.feature),
    c.feature === null
      ? element("span", "values quiet", "ordinary each, unusual together (KL)")
      : element("span", "values",
        element("b", "", c.observed === null ? "missing" : plain(c.observed)),
        element("span", "quiet", " where ", expected, " was expected")),
    amount,
    element("span", "nats", (c.nats < 0 ? "−" : "+") + plain(Math.abs(c.nats)), element("small", "", " nats")));
  const strip = interval(c);
  if (strip) item.append(strip);
  return item;
}

/** The expected interval as a band and the observed value as a mark on one line. */
function interval(c) {
  if (typeof c.observed !== "number" || typeof c.low !== "number" || typeof c.high !== "number") return null;
  const width = Math.max(c.high - c.low, 1e-12);
  // Far outside, the mark stands at the edge, or the band would shrink to nothing.
  const reach = 2.2 * width;
  const from = c.low - reach;
  const to = c.high + reach;
  const place = (v) => 100 * (Math.min(Math.max(v, from), to) - from) / (to - from);
  const band = element("span", "band");
  band.style.left = place(c.low) + "%";
  band.style.width = place(c.high) - place(c.low) + "%";
  const middle = element("span", "expected");
  middle.style.left = place(c.expected) + "%";
  const mark = element("span", "observed" + (c.observed > to ? " above" : c.observed < from ? " below" : ""));
  mark.style.left = place(c.observed) + "%";
  const strip = element("span", "interval", band, middle, mark);
  strip.setAttribute("aria-hidden", "true"); // the words before it say the same
  return strip;
}

const ICONS = {
  LOW: "M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z",
  MEDIUM: "M8 2.5L13.5 8L8 13.5L2.5 8z",
  HIGH: "M8 2L14 13H2z",
  CRITICAL: "M8 1l1.9 4.7 5.1.3-3.9 3.3 1.3 4.9L8 11.5l-4.4 2.7 1.3-4.9L1 6l5.1-.3z",
};

function icon(severity) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[severity] || ICONS.LOW);
  svg.append(path);
  return svg;
}

/** The counts of all severities that occurred, the gravest first. */
export function split(target, bySeverity) {
  const parts = [...SEVERITIES].reverse().filter((s) => bySeverity[s] > 0).map((s) => {
    const part = element("span", "severity", icon(s), count(bySeverity[s]), element("span", "unseen", " " + s.toLowerCase()));
    part.dataset.severity = s;
    part.title = s.toLowerCase();
    return part;
  });
  target.replaceChildren(...parts);
}

export function ago(ms, now) {
  return span(now - ms) + " ago";
}
