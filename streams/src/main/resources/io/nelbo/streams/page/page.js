/** Follows the server's events and keeps the page as they say. */
import { AlertList, ago, split } from "./alerts.js";
import { count, element, oneIn, plain, setText, span, when } from "./format.js";
import { Plot } from "./plot.js";

const MOST_TIMELINE = 30;
const MOST_STRAYS = 5;
const ANNOUNCE_MS = 8000;
const SILENT_MS = 5000;
const RETRY_MS = 10_000;

const byId = (id) => document.getElementById(id);
const plot = new Plot(byId("plot"), byId("readout"));
const alerts = new AlertList(
  { list: byId("alert-list"), empty: byId("alerts-empty"), least: byId("least"), more: byId("more") },
  (id) => plot.choose(id));

let frameNumber = 0;
let lastHeard = 0;
let paused = false;
let missed = 0;
let announced = 0;
let detects = true;
let timeline = [];

let source = connect();

function connect() {
  const opened = new EventSource("/events");
  opened.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    heard();
    if (!paused) begin(state);
  });
  opened.addEventListener("frame", (event) => {
    const frame = JSON.parse(event.data);
    heard();
    if (frame.number <= frameNumber) return;
    frameNumber = frame.number;
    if (!paused) {
      follow(frame);
    } else if (frame.alerts.length > 0) {
      missed += frame.alerts.length;
      showPause();
    }
  });
  opened.onerror = () => {
    showState("lost", "connection lost, trying again");
    // Turned away, since too many watch, a browser does not try again by itself.
    if (opened.readyState === EventSource.CLOSED && opened === source) {
      setTimeout(() => { source = connect(); }, RETRY_MS);
    }
  };
  return opened;
}

byId("pause").addEventListener("click", () => {
  paused = !paused;
  missed = 0;
  showPause();
  if (!paused) {
    // What went by meanwhile comes with a new beginning.
    source.close();
    source = connect();
  }
});

setInterval(() => {
  if (lastHeard && Date.now() - lastHeard > SILENT_MS) showState("lost", "connection lost, trying again");
  byId("plot").setAttribute("aria-label", plot.summary());
}, 2000);

function heard() {
  lastHeard = Date.now();
}

function begin(state) {
  frameNumber = state.number;
  detects = state.detects;
  document.title = state.application + " · Nelbo";
  setText("application", state.application);
  setText("input", state.inputTopic ? "watches " + state.inputTopic : "");
  setText("stream-note", `a dot is a record; above the dashed line, rarer than ${oneIn(state.alertRate)}, it is an alert`);
  for (const id of ["stream", "alerts", "strays"]) byId(id).hidden = !detects;
  document.body.classList.toggle("trainer", !detects);
  plot.reset(state.alertRate);
  alerts.reset();
  byId("stray-list").replaceChildren();
  timeline = [];
  follow(state, true);
}

function follow(frame, first = false) {
  plot.add(frame.samples, frame.now);
  for (const alert of frame.alerts) {
    plot.addAlert(alert);
    alerts.add(alert, frame.now, first);
  }
  if (frame.alerts.length > 0) {
    alerts.show();
    if (!first) announce(frame.alerts[frame.alerts.length - 1]);
  }
  for (const stray of frame.strays) addStray(stray, frame.now);
  if (frame.timeline.length > 0) showTimeline(frame.timeline, frame.now);
  if (frame.totals) showTotals(frame.totals, frame.now);
  plot.tick(frame.now);
}

function showState(kind, text) {
  byId("state").dataset.state = kind;
  setText("state", text);
}

function showPause() {
  byId("pause").setAttribute("aria-pressed", String(paused));
  setText("pause", !paused ? "Pause" : missed > 0 ? `Resume (${count(missed)} new)` : "Resume");
}

function showTotals(totals, now) {
  const parts = Object.entries(totals.parts);
  const dead = parts.find(([, part]) => part.dead);
  const waiting = parts.find(([, part]) => part.notReady);
  const warming = detects && !totals.model;
  if (dead) showState("dead", `${dead[0]}: ${dead[1].dead}`);
  else if (warming) showState("waiting", totals.training ? "training the first model" : "warming up");
  else if (waiting) showState("waiting", `${waiting[0]}: ${waiting[1].notReady}`);
  else showState("good", totals.training ? (detects ? "scoring; a model is trained" : "training a model") : detects ? "scoring" : "running");

  byId("warm-up").hidden = !warming;
  byId("stream").hidden = !detects || warming;
  if (warming) {
    const needed = Math.max(1, totals.warmUpNeeded);
    byId("warm-up-progress").value = Math.min(1, totals.warmUpRecords / needed);
    setText("warm-up-text", totals.warmUpRecords < needed
      ? `${count(totals.warmUpRecords)} of the ${count(needed)} records that the first model takes`
      : `${count(totals.warmUpRecords)} records collected; the first model is on its way`);
  }

  const severities = totals.alerts;
  const all = Object.values(severities).reduce((a, b) => a + b, 0);
  setText("figure-alerts", count(all));
  split(byId("split-alerts"), severities);
  setText("figure-rate", count(totals.perSecond));
  setText("split-scored", `${count(totals.scored)} so far`);
  setText("figure-lag", count(totals.lag));
  setText("split-lag", totals.perSecond > 0 && totals.lag > totals.perSecond ? `${span(1000 * totals.lag / totals.perSecond)} at this pace` : "up to date");
  const letters = Object.entries(totals.deadLetters).filter(([, n]) => n > 0);
  const strays = letters.reduce((a, [, n]) => a + n, 0);
  setText("figure-strays", count(strays));
  setText("split-strays", strays === 0 ? "none" : letters.length === 1 ? words(letters[0][0]) : `${letters.length} reasons`);
  byId("figure-strays").parentElement.classList.toggle("warn", strays > 0);
  showReasons(letters);
  showModel(totals, now);
}

function showModel(totals, now) {
  const model = totals.model;
  setText("figure-model", model ? String(model.version) : "none");
  setText("model", model ? `model ${model.name}, version ${model.version}` : "");
  setText("split-model", model
    ? `trained ${ago(model.trainedAt, now)}` + (!detects && totals.windowRecords > 0 ? `, window of ${count(totals.windowRecords)}` : "")
    : totals.training ? "the first is being trained" : "not yet");
  byId("models-trouble").hidden = !totals.trouble;
  setText("models-trouble", totals.trouble || "");
}

function showReasons(letters) {
  byId("strays-empty").hidden = letters.length > 0;
  const key = JSON.stringify(letters);
  const list = byId("reasons");
  if (list.dataset.shown === key) return;
  list.dataset.shown = key;
  list.replaceChildren(...letters.map(([reason, n]) =>
    element("div", "", element("dt", "", words(reason)), element("dd", "", count(n)))));
}

function addStray(stray, now) {
  const list = byId("stray-list");
  list.prepend(element("li", "",
    element("p", "", element("time", "", when(stray.at, now)), " ", stray.message),
    element("p", "quiet", words(stray.reason) + " · " + stray.source)));
  while (list.children.length > MOST_STRAYS) list.lastElementChild.remove();
}

const KINDS = {
  IN_FORCE: "in force here", TRAINED: "trained", PUBLISHED: "published", VETOED: "vetoed", FAILED: "training failed",
  HELD: "learning held", RELEASED: "released", ACCEPTED: "accepted", REJECTED: "rejected", DECLINED: "declined",
};

function showTimeline(more, now) {
  timeline = timeline.concat(more).sort((a, b) => a.at - b.at).slice(-MOST_TIMELINE);
  byId("timeline-empty").hidden = timeline.length > 0;
  const told = new Set(timeline.filter((event) => event.kind === "PUBLISHED").map((event) => event.version));
  let before = null;
  const items = timeline.map((event) => {
    const change = event.validationElbo !== undefined && before !== null ? event.validationElbo - before : null;
    if (event.kind === "IN_FORCE") {
      plot.addSwap(event.version, event.at);
      before = event.validationElbo;
    }
    const at = element("time", "", when(event.at, now));
    at.dateTime = new Date(event.at).toISOString();
    const item = element("li", "",
      element("p", "what", element("b", "", event.version ? `Version ${event.version} ` : ""), words(KINDS[event.kind] || event.kind), at),
      event.kind === "IN_FORCE" && told.has(event.version) ? null : element("p", "quiet", event.sentence),
      event.validationElbo === undefined || event.kind !== "IN_FORCE" ? null : element("p", "elbo",
        `validation ELBO ${plain(event.validationElbo)} nats`,
        change === null || Math.abs(change) < 5e-4 ? null
          : element("span", change > 0 ? "better" : "worse", ` ${change > 0 ? "▲" : "▼"} ${plain(Math.abs(change))}`)));
    item.dataset.kind = event.kind;
    return item;
  });
  byId("timeline").replaceChildren(...items.reverse());
}

function words(constant) {
  return constant.toLowerCase().replaceAll("_", " ");
}

/** Not each alert of a storm: the latest, every few seconds. */
function announce(alert) {
  if (Date.now() - announced < ANNOUNCE_MS) return;
  announced = Date.now();
  setText("announcer", `Alert, ${alert.severity.toLowerCase()}: ${alert.key || alert.source}, ${alert.reason}`);
}
