"use strict";
// The bytes hold absolute dates; how far they are is said on opening, and deadlines that have passed are called late.
const page = document.documentElement, today = new Date(), far = new Intl.RelativeTimeFormat(page.lang, {numeric: "auto"});
const start = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
for (const time of document.querySelectorAll("time")) {
  const days = Math.round((Date.parse(time.dateTime) - start) / 864e5), size = Math.abs(days);
  if (Number.isNaN(days)) continue;
  const [unit, length] = size < 60 ? ["day", 1] : size < 730 ? ["month", 30.44] : ["year", 365.25];
  const said = document.createElement("span");
  said.className = days < 0 && "open" in time.dataset ? "relative late" : "relative";
  said.textContent = ` (${far.format(Math.round(days / length), unit)})`;
  time.parentNode.append(said);
}
