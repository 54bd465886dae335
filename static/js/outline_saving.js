// Sends the lines of one outline, one request after the other: a new line must be there before the next one
// can stand behind it. What could not be sent for want of a connection is sent again by itself.

import { fields, fill, form, setVersion, SIGNED, signature } from "./outline_line.js";

const RETRY = 5000; // ms
const HEADERS = { "X-Requested-With": "fetch" };
const OFFLINE = "서버에 닿지 못했습니다. 적은 글은 화면에 있고, 연결되면 저절로 저장합니다.";
const GONE = "그 사이 지워진 줄입니다. 적은 글을 어떻게 할지 고르세요.";
const OVER = "로그인이 끝났습니다. 다시 로그인하면 적은 글을 저장합니다.";
const FAILED = "저장하지 못했습니다. 잠시 뒤 다시 저장하세요.";

export class Saving {
  constructor(list, say) {
    Object.assign(this, { list, say, last: Promise.resolve(true), waiting: 0 });
    window.addEventListener("online", () => this.again());
    window.addEventListener("focus", () => this.again()); // back from a sign-in in another window
  }

  get isBusy() {
    return this.waiting > 0;
  }

  get unsaved() {
    return [...this.list.querySelectorAll('[data-state="unsaved"], [data-state="failed"]')];
  }

  save(line) {
    clearTimeout(line.timer);
    if (line.dataset.gone) return Promise.resolve(true);
    if (this.isSaved(line)) return Promise.resolve(true);
    this.state(line, "unsaved");
    return this.send(line, "save/");
  }

  isSaved(line) {
    const isSaved = !line.dataset.isNew && signature(line) === line.dataset.saved;
    if (isSaved && line.dataset.state === "unsaved") this.state(line, "saved");
    return isSaved;
  }

  saveAll() {
    return Promise.all([this.last, ...this.unsaved.map((line) => this.save(line))]);
  }

  send(line, path, extra = () => ({})) {
    this.waiting += 1;
    this.last = this.last
      .then(() => this.post(line, path, extra()))
      .catch(() => this.failed(line, FAILED))
      .finally(() => (this.waiting -= 1));
    return this.last;
  }

  async post(line, path, extra) {
    if (path === "save/" && this.isSaved(line)) return true; // by the request before
    const creating = line.dataset.isNew && path === "save/";
    const sent = signature(line);
    const url = creating ? this.list.dataset.base : `${this.list.dataset.base}${line.dataset.id}/${path}`;
    const body = this.bodyOf(line, creating, extra);
    let reply;
    try {
      reply = await fetch(url, { method: "POST", body, headers: HEADERS, redirect: "error", keepalive: true });
    } catch {
      return this.lost(line);
    }
    const isJson = reply.headers.get("Content-Type")?.includes("json");
    return this.read(line, reply, isJson ? await reply.json() : {}, { sent, path });
  }

  bodyOf(line, creating, extra) {
    const body = new URLSearchParams(new FormData(form(line)));
    const token = document.querySelector('meta[name="csrf-token"]')?.content;
    if (token) body.set("csrfmiddlewaretoken", token); // newer than that of the line after another sign-in
    if (creating) {
      body.set("id", line.dataset.id);
      body.set("after", idBefore(line));
    }
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    return body;
  }

  read(line, reply, data, { sent, path }) {
    if (reply.ok) return this.saved(line, data, sent, path);
    if (reply.status === 401) {
      document.dispatchEvent(new CustomEvent("session:over"));
      line.dataset.lost = "yes";
      return this.failed(line, OVER);
    }
    const isGone = reply.status === 404 || data.current?.is_removed;
    if (isGone && path === "delete/") return this.saved(line, {}, sent, path);
    if (isGone && path !== "restore/") return this.gone(line);
    if (reply.status === 409 && data.current) return this.collision(line, data);
    const reasons = Object.values(data.errors ?? {}).flat().join(" ");
    return this.failed(line, data.message ?? (reasons || FAILED));
  }

  saved(line, data, sent, path) {
    delete line.dataset.isNew;
    if (data.version) setVersion(line, data.version);
    if (path === "restore/") fill(line, data);
    if (path !== "move/") line.dataset.saved = path === "restore/" ? signature(line) : sent;
    line.querySelector(".outline-conflict")?.remove();
    this.state(line, signature(line) === line.dataset.saved ? "saved" : "unsaved");
    this.say("저장했습니다.");
    document.dispatchEvent(new CustomEvent("salpim:contact"));
    this.list.dispatchEvent(new CustomEvent("outline:saved", { bubbles: true, detail: { line, path } }));
    return true;
  }

  failed(line, text) {
    this.state(line, "failed");
    this.say(text);
    if (this.told !== text) document.dispatchEvent(new CustomEvent("salpim:toast", { detail: text }));
    this.told = text;
    setTimeout(() => (this.told = ""), 3 * RETRY);
    return false;
  }

  lost(line) {
    line.dataset.lost = "yes";
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.again(), RETRY);
    return this.failed(line, OFFLINE);
  }

  again() {
    for (const line of this.list.querySelectorAll("[data-lost]")) {
      delete line.dataset.lost;
      if (!line.dataset.isNew && signature(line) === line.dataset.saved) this.state(line, "saved");
      else this.save(line);
    }
  }

  // Both texts, and three ways out: mine, theirs, or both in one line to be mended by hand.
  collision(line, { message, current }) {
    const shown = `${message} 저장되어 있는 글: ${current.text || "(비어 있음)"}`;
    const decide = (values) => {
      setVersion(line, current.version);
      fill(line, values);
      line.dataset.saved = "";
      this.save(line);
      fields(line).text.focus();
    };
    const both = () => `${current.text} ${fields(line).text.value}`.trim();
    return this.ask(line, shown, {
      "내 것으로": () => decide({}),
      "상대 것으로": () => decide(current),
      합치기: () => decide({ text: both() }),
    });
  }

  // The same for a line that somebody else has taken away meanwhile.
  gone(line) {
    return this.ask(line, GONE, {
      "되살려 내 것으로": () => {
        const mine = JSON.parse(signature(line));
        this.send(line, "restore/").then((done) => {
          if (!done) return;
          fill(line, Object.fromEntries(SIGNED.map((name, at) => [name, mine[at] ?? undefined])));
          this.save(line);
        });
      },
      "지운 대로 두기": () => {
        line.dataset.gone = "yes";
        line.remove();
      },
    });
  }

  ask(line, text, ways) {
    this.state(line, "failed");
    line.querySelector(".outline-conflict")?.remove();
    const box = document.createElement("div");
    box.className = "outline-conflict notice notice-error";
    box.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    box.append(words);
    for (const [label, act] of Object.entries(ways)) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button button-small", textContent: label });
      button.addEventListener("click", () => (box.remove(), act()));
      box.append(button);
    }
    line.append(box);
    this.say(text);
    return false;
  }

  state(line, name) {
    line.dataset.state = name;
  }
}

// The nearest line above that the server knows.
function idBefore(line) {
  let before = line.previousElementSibling;
  while (before?.dataset.isNew) before = before.previousElementSibling;
  return before?.dataset.id ?? "";
}
