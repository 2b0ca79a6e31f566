/** Numbers, times and elements. Text from records goes through textContent only. */

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export const SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

export function count(n) {
  return n < 1e6 ? whole.format(n) : short.format(n);
}

/** Up to four digits that mean something. */
export function plain(x) {
  if (typeof x !== "number") return String(x);
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e7 || size < 1e-3)) return minus(x.toExponential(1).replace("e+", "e"));
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return minus(x.toFixed(decimals));
}

function minus(text) {
  return text.replace(/^-/, "−");
}

/** A p-value as people say it: 1 in 200,000. */
export function oneIn(p) {
  const n = 1 / p;
  if (n < 10) return "1 in " + n.toFixed(1).replace(/\.0$/, "");
  const digits = Math.pow(10, Math.floor(Math.log10(n)) - 1);
  const rounded = Math.round(n / digits) * digits;
  return "1 in " + (rounded < 1e7 ? whole.format(rounded) : short.format(rounded));
}

/** A surprise as the rarity it stands for, short enough for an axis. */
export function shortOneIn(surprise) {
  return "1 in " + (surprise < 6 ? whole : short).format(Math.pow(10, surprise));
}

export function time(ms) {
  return clock.format(ms);
}

/** The time of day, with the day before it where it is another. */
export function when(ms, now) {
  const other = Math.abs(now - ms) > 43_200_000 && day.format(ms) !== day.format(now);
  return other ? day.format(ms) + " " + clock.format(ms) : clock.format(ms);
}

export function span(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 90) return s + " s";
  if (s < 5400) return Math.round(s / 60) + " min";
  if (s < 172_800) return Math.round(s / 3600) + " h";
  return Math.round(s / 86_400) + " days";
}

/** Makes an element with a class and children; strings become text, never markup. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function setText(id, text) {
  const target = document.getElementById(id);
  if (target.textContent !== text) target.textContent = text;
}
