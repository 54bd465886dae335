// How an answer of the outbox is sent, and what becomes of it.

import { user } from "./store.js";

export function attempt({ base, values }) {
  return { key: crypto.randomUUID(), base, values };
}

export function request({ url, line, pending }) {
  const body = new URLSearchParams(pending.values);
  body.set("key", pending.key);
  body.set("line", line);
  body.set(`a${line}-base`, pending.base);
  return { url, body };
}

export function settled(entry, { status, base, message, errors, current }) {
  const { pending, ...rest } = entry;
  const isCurrent = same(rest.values, pending.values); // nothing was typed since it was sent
  if (status === 200) return isCurrent ? undefined : { ...rest, base };
  if (!current && !isCurrent) return rest; // what was refused has been mended meanwhile: try that
  return { ...rest, trouble: { message: message ?? "저장하지 못했습니다.", errors, current, base } };
}

export function idOf(inspection, line) {
  return `${user}:${inspection}:${line}`;
}

// A base is the version and a digest of what was shown: 3-aa9bc7e41c91
export function isNewer(row, base) {
  return Boolean(row) && versionOf(row.base) > versionOf(base);
}

function versionOf(base) {
  return Number(base.split("-")[0]);
}

// `known` with what was changed in `values` since `was`.
export function overlaid(known, values, was) {
  const made = { ...known };
  for (const name of Object.keys({ ...values, ...was })) {
    if (tidy(values[name]) === tidy(was[name])) continue;
    if (name in values) made[name] = values[name];
    else delete made[name];
  }
  return made;
}

export function same(one, other) {
  return Object.keys({ ...one, ...other }).every((name) => tidy(one[name]) === tidy(other[name]));
}

function tidy(value) {
  return (value ?? "").replaceAll("\r\n", "\n").trim();
}
