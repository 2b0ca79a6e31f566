/**
 * The stream of scores on a canvas: time to the right, surprise upwards, so that each line up is a
 * record ten times as rare. Drawn by hand, at most once a frame of the display.
 */
import { SEVERITIES, oneIn, plain, shortOneIn, time } from "./format.js";

const SPAN_MS = 120_000;
const MOST = 12_000;
const LEFT = 96;
const BOTTOM = 24;
const TOP = 18;
const RIGHT = 12;

export class Plot {
  constructor(canvas, readout) {
    this.canvas = canvas;
    this.readout = readout;
    this.times = [];
    this.surprises = [];
    this.scores = [];
    this.alerts = new Map();
    this.swaps = new Map();
    this.threshold = 3;
    this.chosen = null;
    this.now = Date.now();
    const restyle = () => { this.style = null; this.draw(); };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
    new ResizeObserver(() => this.draw()).observe(canvas);
    canvas.addEventListener("pointermove", (event) => this.point(event));
    canvas.addEventListener("pointerleave", () => { readout.hidden = true; });
  }

  reset(alertRate) {
    this.threshold = -Math.log10(alertRate);
    this.times.length = this.surprises.length = this.scores.length = 0;
    this.alerts.clear();
    this.swaps.clear();
  }

  add(samples, now) {
    for (let i = 0; i < samples.age.length; i++) {
      this.times.push(now - samples.age[i]);
      this.surprises.push(samples.surprise[i]);
      this.scores.push(samples.score[i]);
    }
    const old = now - SPAN_MS - 5000;
    let gone = Math.max(0, this.times.length - MOST);
    while (gone < this.times.length && this.times[gone] < old) gone++;
    if (gone > 0) for (const list of [this.times, this.surprises, this.scores]) list.splice(0, gone);
    for (const [id, alert] of this.alerts) if (alert.at < old) this.alerts.delete(id);
    for (const [version, at] of this.swaps) if (at < old) this.swaps.delete(version);
  }

  addAlert(alert) {
    this.alerts.set(alert.id, alert);
  }

  addSwap(version, at) {
    this.swaps.set(version, at);
  }

  choose(id) {
    this.chosen = id;
    this.draw();
  }

  tick(now) {
    this.now = now;
    this.draw();
  }

  draw() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => { this.pending = 0; this.paint(); });
  }

  colours() {
    if (!this.style) {
      const root = getComputedStyle(document.documentElement);
      const of = (name) => root.getPropertyValue(name).trim();
      this.style = {
        ink: of("--ink"), quiet: of("--quiet"), rule: of("--rule"), dot: of("--dot"), paper: of("--paper"),
        alarm: of("--threshold"), severity: SEVERITIES.map((s) => of("--" + s.toLowerCase())),
        font: of("--font"),
      };
    }
    return this.style;
  }

  /** Critical begins three decades above the threshold; what is rarer than a bit more stands at the top. */
  top() {
    return this.threshold + 4.3;
  }

  paint() {
    const ratio = window.devicePixelRatio || 1;
    const width = this.canvas.clientWidth;
    const height = this.canvas.clientHeight;
    if (!width || !height) return;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
    }
    const g = this.canvas.getContext("2d");
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, width, height);
    const c = this.colours();
    const top = this.top();
    this.x = (t) => LEFT + (width - LEFT - RIGHT) * (1 - (this.now - t) / SPAN_MS);
    this.y = (s) => height - BOTTOM - (height - BOTTOM - TOP) * Math.min(s, top) / top;
    this.grid(g, c, width, height, top);
    this.dots(g, c);
    this.thresholdLine(g, c, width);
    this.swapLines(g, c, height);
    this.marks(g, c);
  }

  grid(g, c, width, height, top) {
    g.font = "12px " + c.font;
    g.textBaseline = "middle";
    g.lineWidth = 1;
    // Severity begins at the threshold and rises with each decade above it.
    for (let i = 0; i < SEVERITIES.length; i++) {
      const from = this.threshold + i;
      if (from >= top) break;
      const to = i === SEVERITIES.length - 1 ? top : Math.min(top, from + 1);
      g.globalAlpha = 0.07 + 0.02 * i;
      g.fillStyle = c.severity[i];
      g.fillRect(LEFT, this.y(to), width - LEFT - RIGHT, this.y(from) - this.y(to));
      g.globalAlpha = 1;
      if (this.y(from) - this.y(to) > 15 && width > 480) {
        g.fillStyle = c.severity[i];
        g.textAlign = "left";
        g.fillText(SEVERITIES[i].toLowerCase(), LEFT + 8, (this.y(to) + this.y(from)) / 2);
      }
    }
    g.textAlign = "right";
    for (let s = 0; s <= top; s++) {
      const y = Math.round(this.y(s)) + 0.5;
      g.strokeStyle = c.rule;
      g.beginPath();
      g.moveTo(LEFT, y);
      g.lineTo(width - RIGHT, y);
      g.stroke();
      g.fillStyle = c.quiet;
      if (y > TOP) g.fillText(s === 0 ? "ordinary" : shortOneIn(s), LEFT - 10, y);
    }
    g.textAlign = "center";
    const every = width < 520 ? 60_000 : 30_000;
    for (let age = 0; age <= SPAN_MS; age += every) {
      const x = LEFT + (width - LEFT - RIGHT) * (1 - age / SPAN_MS);
      const label = age === 0 ? "now" : "−" + (age >= 60_000 ? age / 60_000 + " min" : age / 1000 + " s");
      g.fillStyle = c.quiet;
      g.textAlign = age === 0 ? "right" : age === SPAN_MS ? "left" : "center";
      g.fillText(label, x, height - BOTTOM / 2 + 2);
    }
  }

  dots(g, c) {
    g.fillStyle = c.dot;
    const from = this.now - SPAN_MS;
    for (let i = 0; i < this.times.length; i++) {
      if (this.times[i] >= from && this.surprises[i] <= this.threshold) {
        g.fillRect(this.x(this.times[i]) - 1, this.y(this.surprises[i]) - 1, 2, 2);
      }
    }
  }

  thresholdLine(g, c, width) {
    const y = Math.round(this.y(this.threshold)) + 0.5;
    g.strokeStyle = c.alarm;
    g.lineWidth = 1.5;
    g.setLineDash([6, 4]);
    g.beginPath();
    g.moveTo(LEFT, y);
    g.lineTo(width - RIGHT, y);
    g.stroke();
    g.setLineDash([]);
  }

  swapLines(g, c, height) {
    g.strokeStyle = c.ink;
    g.fillStyle = c.ink;
    g.lineWidth = 1;
    let free = Infinity; // where the label to the right begins
    for (const [version, at] of [...this.swaps].sort((a, b) => b[1] - a[1])) {
      const x = Math.round(this.x(at)) + 0.5;
      if (x < LEFT) continue;
      g.globalAlpha = 0.55;
      g.beginPath();
      g.moveTo(x, 2);
      g.lineTo(x, height - BOTTOM);
      g.stroke();
      g.globalAlpha = 1;
      const label = "model " + version;
      const width = g.measureText(label).width;
      const atEnd = x + 5 + width > this.canvas.clientWidth;
      const from = atEnd ? x - 5 - width : x + 5;
      if (from + width < free) {
        g.textAlign = "left";
        g.fillText(label, from, TOP - 9);
        free = from - 6;
      }
    }
  }

  /** A shape for each severity, so that colour is not all that tells them apart. */
  marks(g, c) {
    const top = this.top();
    for (const alert of this.alerts.values()) {
      const x = this.x(alert.at);
      if (x < LEFT) continue;
      const y = this.y(alert.surprise);
      const rank = SEVERITIES.indexOf(alert.severity);
      g.fillStyle = c.severity[rank];
      g.strokeStyle = c.paper;
      g.lineWidth = 1.5;
      shape(g, rank, x, y, 4.5 + rank);
      g.fill();
      g.stroke();
      if (alert.surprise > top) {
        g.strokeStyle = c.severity[rank];
        g.beginPath();
        g.moveTo(x - 4, y - 9);
        g.lineTo(x, y - 13);
        g.lineTo(x + 4, y - 9);
        g.stroke();
      }
      if (alert.id === this.chosen) {
        g.strokeStyle = c.ink;
        g.lineWidth = 2;
        g.beginPath();
        g.arc(x, y, 12, 0, 2 * Math.PI);
        g.stroke();
      }
    }
  }

  point(event) {
    if (!this.x) return;
    const box = this.canvas.getBoundingClientRect();
    const px = event.clientX - box.left;
    const py = event.clientY - box.top;
    let best = null;
    let least = 400;
    const near = (t, s, text) => {
      const d = (this.x(t) - px) ** 2 + (this.y(s) - py) ** 2;
      if (d < least) { least = d; best = text; }
    };
    for (const a of this.alerts.values()) {
      near(a.at, a.surprise, () => `${time(a.at)} · ${a.severity} · ${oneIn(a.pValue)} · ${a.key || a.source} · ${a.reason}`);
    }
    for (let i = 0; i < this.times.length; i++) {
      near(this.times[i], this.surprises[i], () =>
        `${time(this.times[i])} · ${oneIn(Math.pow(10, -this.surprises[i]))} · score ${plain(this.scores[i])} nats`);
    }
    this.readout.hidden = best === null;
    if (best !== null) this.readout.textContent = best();
  }

  /** One sentence of what is drawn, for those who do not see it. */
  summary() {
    const from = this.now - SPAN_MS;
    const alerts = [...this.alerts.values()].filter((a) => a.at >= from);
    const greatest = alerts.reduce((m, a) => Math.max(m, a.surprise), 0);
    return alerts.length === 0
      ? "Scores of the last two minutes; none above the threshold."
      : `Scores of the last two minutes; ${alerts.length} alerts, the rarest ${oneIn(Math.pow(10, -greatest))}.`;
  }
}

export function shape(g, rank, x, y, r) {
  g.beginPath();
  if (rank === 0) {
    g.arc(x, y, r, 0, 2 * Math.PI);
  } else if (rank === 1) {
    g.moveTo(x, y - r); g.lineTo(x + r, y); g.lineTo(x, y + r); g.lineTo(x - r, y);
  } else if (rank === 2) {
    g.moveTo(x, y - r); g.lineTo(x + r, y + r * 0.8); g.lineTo(x - r, y + r * 0.8);
  } else {
    for (let i = 0; i < 10; i++) {
      const a = -Math.PI / 2 + i * Math.PI / 5;
      const d = i % 2 ? r * 0.5 : r * 1.15;
      g.lineTo(x + d * Math.cos(a), y + d * Math.sin(a));
    }
  }
  g.closePath();
}
