// Saves each line of the checklist as it is typed: first in this browser, then at the server (see outbox.js).
// What is not confirmed shows at its line and in the total. The buttons of the form wait for it and then do
// what they do without this script.

import { baseOf, fill, valuesOf } from "./line_fields.js";
import { showTrouble, sides, strayRow } from "./line_trouble.js";
import { moment } from "./moments.js";
import { changes, decide, drop, entries, isCut, isLate, keep, send, since } from "./outbox.js";
import { isNewer, same } from "./outbox_answers.js";
import { all as rowsOf, remove, strangers } from "./store.js";

const PAUSE = 800; // ms without a key
const form = document.querySelector("[data-checklist]");

if (form) start(form);

async function start(form) {
  const { inspection, saveUrl } = form.dataset;
  const total = form.querySelector("[data-save-state]");
  const confirmed = new Map(); // line → what the server is known to hold
  const known = new Map(); // line → what this window last knew to be kept
  const timers = new Map();
  let savedAt = "";
  let keeping = 0; // lines on their way into the browser's store
  let showing = 0; // how often the state was read; only the last reading is shown
  let cannotKeep = false; // the buttons then do all by themselves, as without this script

  for (const line of lines()) confirmed.set(line, valuesOf(line, { asServed: true }));
  form.addEventListener("input", ({ target }) => typed(target, PAUSE));
  form.addEventListener("change", ({ target }) => typed(target, 0));
  form.addEventListener("submit", submit);
  document.addEventListener("click", leave);
  changes.addEventListener("changed", changed);
  await bringUpToDate().catch(() => {});
  for (const line of lines()) if (isTouched(line)) typed(line, 0); // before this script was there
  await bringBack();
  navigator.storage?.persist?.();
  show();
  send();

  // Typing ---------------------------------------------------------------------------------------------

  async function typed(target, pause) {
    const line = target.closest("[data-line]");
    if (!line || target.closest(".line-trouble")) return;
    clearTimeout(timers.get(line));
    const values = valuesOf(line);
    keeping += 1;
    mark(line, "unsent", "저장하는 중");
    total.textContent = "저장하는 중";
    try {
      if (isTouched(line) || (await isKept(line))) await keepLine(line, values);
    } catch {
      cannotKeep = true;
      total.textContent = "";
      mark(line, "failed", "이 기기에 보관하지 못했습니다. 자리를 비우거나 지금 저장을 누르세요.");
      return;
    } finally {
      keeping -= 1;
    }
    show();
    timers.set(line, setTimeout(send, pause));
  }

  async function keepLine(line, values) {
    const was = known.get(line) ?? confirmed.get(line);
    const about = { inspection, line: line.dataset.line, url: saveUrl, base: baseOf(line).value };
    known.set(line, values);
    const kept = await keep({ ...about, values, was });
    if (same(kept, values)) return;
    // Another window had put something else into this line; what is typed here goes on.
    known.set(line, kept);
    if (same(valuesOf(line), values)) fill(line, kept);
  }

  async function isKept(line) {
    return (await entries(inspection, "answers")).some((entry) => entry.line === line.dataset.line);
  }

  // What the server has confirmed since this page was made: it may have been kept for the way without a network,
  // or another window may have saved meanwhile.
  async function bringUpToDate() {
    const rows = (await rowsOf("confirmed")).filter((row) => row.inspection === inspection && lineOf(row.line));
    const newer = rows.filter((row) => isNewer(row, baseOf(lineOf(row.line)).value));
    const older = rows.filter((row) => !newer.includes(row));
    for (const row of newer) {
      const line = lineOf(row.line);
      if (!isTouched(line)) fill(line, row.values);
      confirmed.set(line, row.values);
      baseOf(line).value = row.base;
    }
    if (!document.body.dataset.prepared) await remove("confirmed", older.map(({ id }) => id));
  }

  // What was left from before, or is typed in another window: shown as it was typed.
  async function bringBack() {
    for (const entry of await entries(inspection, "answers").catch(() => [])) {
      const line = lineOf(entry.line);
      if (!line || (isTouched(line) && !same(valuesOf(line), known.get(line) ?? {}))) continue;
      fill(line, entry.values);
      known.set(line, entry.values);
    }
  }

  function isTouched(line) {
    return !same(valuesOf(line), confirmed.get(line));
  }

  // Showing --------------------------------------------------------------------------------------------

  function changed({ detail }) {
    const line = detail.inspection === inspection && detail.kind === "answers" && lineOf(detail.line);
    if (line && detail.status === 200) saved(line, detail);
    else if (detail.isElsewhere && !detail.status) bringBack();
    show();
  }

  function saved(line, { base, values, verdict, is_failed, saved_at, isElsewhere }) {
    // Another window of mine has saved it: show it, unless something else is being typed here.
    if (isElsewhere && !isTouched(line)) fill(line, values);
    confirmed.set(line, values);
    if (same(known.get(line) ?? {}, values)) known.delete(line);
    baseOf(line).value = base;
    savedAt = saved_at;
    line.classList.toggle("line-failed", is_failed);
    line.dataset.mine = "";
    const badge = line.querySelector("[data-verdict]");
    if (badge) Object.assign(badge, { textContent: verdict, hidden: !verdict, className: `badge badge-${is_failed ? "danger" : "success"}` });
    line.querySelector(".field-errors")?.remove();
    line.classList.remove("line-invalid");
    document.dispatchEvent(new CustomEvent("salpim:contact"));
  }

  async function show() {
    const turn = (showing += 1);
    const all = await entries().catch(() => []);
    const mine = await entries(inspection, "answers").catch(() => []);
    // What was read before the last key was kept would say that all is sent.
    if (keeping || turn !== showing) return;
    for (const line of lines()) {
      const entry = mine.find((each) => each.line === line.dataset.line);
      if (!entry) mark(line, line.dataset.state ? "saved" : "");
      else if (entry.trouble) trouble(line, entry);
      else mark(line, "unsent", isCut() ? "미전송" : "저장하는 중");
    }
    showStray(mine.filter((entry) => entry.trouble && !lineOf(entry.line)));
    const late = isLate(all) && `${moment(since(all))}부터 보내지 못했습니다. 연결된 곳에서 이 화면을 열어 두세요.`;
    total.textContent = [savedAt && `저장됨 ${savedAt}`, `미전송 ${all.length}`, late].filter(Boolean).join(" · ");
    total.classList.toggle("sheet-state-unsaved", all.length > 0);
    const others = form.parentElement.querySelector("[data-others-unsent]");
    others.hidden = !(await strangers().catch(() => 0));
  }

  // What the server did not take of items that are not on this page: nothing typed is out of sight.
  function showStray(stray) {
    const box = form.parentElement.querySelector("[data-stray]");
    box.hidden = !stray.length;
    const shown = stray.map((entry) => entry.line).join();
    if (box.dataset.shown === shown) return;
    box.dataset.shown = shown;
    const rows = stray.map((entry) => strayRow(entry, form.dataset.wholeUrl, () => drop(inspection, entry.line)));
    box.replaceChildren(...rows);
  }

  function mark(line, state, text = "") {
    line.dataset.state = state;
    let told = line.querySelector(".line-state");
    if (!told) {
      told = Object.assign(document.createElement("span"), { className: "line-state" });
      line.querySelector(".line-question").append(" ", told);
    }
    told.textContent = text || (state === "saved" ? "저장됨" : "");
    if (state !== "failed") line.querySelector(".line-trouble")?.remove();
  }

  // What the server did not take; of a collision there are three ways out.
  function trouble(line, entry) {
    mark(line, "failed", "미전송");
    const { current, base } = entry.trouble;
    const save = (values) => decide({ inspection, line: entry.line, base, values });
    const then = (act) => async () => {
      await act(sides(line, current, valuesOf(line)));
      line.focus();
      send();
    };
    showTrouble(line, entry.trouble, {
      "내 것으로": then(({ mine }) => save(mine)),
      "상대 것으로": then(({ theirs }) => {
        take(line, theirs, base);
        return drop(inspection, entry.line);
      }),
      합치기: then(({ both }) => {
        fill(line, both);
        return save(both);
      }),
    });
  }

  function take(line, values, base) {
    fill(line, values);
    confirmed.set(line, valuesOf(line));
    baseOf(line).value = base;
  }

  // Buttons --------------------------------------------------------------------------------------------

  async function submit(event) {
    if (event.defaultPrevented || form.dataset.flushed || cannotKeep) return;
    event.preventDefault();
    const button = event.submitter?.name ? event.submitter : null;
    for (const timer of timers.values()) clearTimeout(timer);
    const isAll = await Promise.race([send(), answersSent()]); // photographs go on where the next page is
    delete form.dataset.sent;
    if (isAll) return go(button);
    const first = form.querySelector('[data-state="failed"]');
    first?.scrollIntoView({ block: "center" });
    first?.focus();
    const text = first
      ? "보내지 못한 항목이 있습니다. 표시된 항목을 확인해 주세요."
      : "서버에 닿지 못했습니다. 적은 내용은 이 기기에 보관했고, 연결되면 저절로 보냅니다.";
    document.dispatchEvent(new CustomEvent("salpim:toast", { detail: text }));
    return undefined;
  }

  async function answersSent() {
    while ((await entries(undefined, "answers")).length) await new Promise((done) => changes.addEventListener("changed", done, { once: true }));
    return true;
  }

  // Whoever goes on by a link finds there what he has just typed.
  async function leave(event) {
    const link = event.target.closest?.("a[href]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button || link?.target;
    if (!link || elsewhere || event.defaultPrevented || link.hash || form.dataset.flushed || !navigator.onLine) return;
    event.preventDefault();
    await Promise.race([send(), new Promise((done) => setTimeout(done, 4000))]);
    location.assign(link.href);
  }

  function go(button) {
    if (!button) return;
    form.dataset.flushed = "yes";
    form.elements.autosaved.value = "yes";
    form.requestSubmit(button);
  }

  function lines() {
    return form.querySelectorAll("[data-line]");
  }

  function lineOf(key) {
    return form.querySelector(`[data-line="${key}"]`);
  }
}

window.addEventListener("pageshow", () => delete form?.dataset.flushed);
