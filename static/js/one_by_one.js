// A form that is sent once for each of its ticked boxes, one after the other, with a bar that shows how far it
// is: data-one-by-one names the boxes, data-one-by-one-if a box without which the form is sent as it is.
// Each is safe to be asked for again, so whatever was lost on the way is.

const HEADERS = { "X-Requested-With": "fetch" };
const LOST = "서버에 닿지 못해 멈췄습니다. 연결을 확인하고 이어서 하세요. 이미 처리한 것은 두 번 처리되지 않습니다.";
const BROKEN = "처리하지 못했습니다. 잠시 뒤 다시 해 보세요.";

for (const form of document.querySelectorAll("[data-one-by-one]")) {
  form.addEventListener("submit", (event) => {
    const boxes = ticked(form);
    const only = form.dataset.oneByOneIf;
    if (boxes.length < 2 || (only && !form.elements[only].checked)) return;
    event.preventDefault();
    new Run(form, boxes, event.submitter).go();
  });
}

function ticked(form) {
  return [...form.querySelectorAll(`input[name="${form.dataset.oneByOne}"]:checked`)];
}

class Run {
  constructor(form, boxes, button) {
    Object.assign(this, { form, boxes, button, next: 0, done: 0, refused: [], isStopped: false });
    this.warn = (event) => event.preventDefault(); // before the page is left in the midst of it
    const progress = Object.assign(document.createElement("progress"), { max: boxes.length, value: 0 });
    progress.setAttribute("aria-label", "처리한 건수");
    this.bar = progress;
    this.text = Object.assign(document.createElement("span"), { className: "progress-text" });
    this.text.setAttribute("role", "status");
    this.stop = Object.assign(document.createElement("button"), { type: "button", className: "button button-small" });
    this.stop.addEventListener("click", () => this.toggle());
    this.box = Object.assign(document.createElement("div"), { className: "progress one-by-one" });
    this.box.append(progress, this.text, this.stop);
    form.querySelector(".one-by-one")?.remove();
    form.append(this.box);
  }

  toggle() {
    if (this.isStopped) this.go();
    else this.isStopped = true;
  }

  async go() {
    this.isStopped = false;
    this.button.disabled = true;
    this.stop.textContent = "멈추기";
    window.addEventListener("beforeunload", this.warn);
    while (this.next < this.boxes.length && !this.isStopped) {
      this.show();
      if (!(await this.one(this.boxes[this.next]))) this.isStopped = true;
      else this.next += 1;
    }
    window.removeEventListener("beforeunload", this.warn);
    this.show();
    if (this.next === this.boxes.length) this.finish();
    else this.stop.textContent = "이어서 하기";
  }

  // Whether the server has answered, be it with a refusal.
  async one(box) {
    const name = this.form.dataset.oneByOne;
    const body = new URLSearchParams(new FormData(this.form));
    body.delete(name);
    body.set(name, box.value);
    try {
      const reply = await fetch(this.form.action, { method: "POST", body, headers: HEADERS, redirect: "error" });
      const found = reply.ok ? await reply.json() : { done: 0, refused: [`${labelOf(box)}: ${BROKEN}`] };
      this.done += found.done;
      this.refused.push(...found.refused);
      return true;
    } catch {
      document.dispatchEvent(new CustomEvent("salpim:toast", { detail: LOST }));
      return false;
    }
  }

  show() {
    this.bar.value = this.next;
    this.text.textContent = `${this.next} / ${this.boxes.length}건`;
  }

  finish() {
    const told = document.createElement("div");
    told.className = `notice notice-${this.refused.length ? "warning" : "success"}`;
    told.setAttribute("role", "status");
    const inside = document.createElement("div");
    const again = Object.assign(document.createElement("a"), { href: location.href, textContent: "목록 새로 보기" });
    inside.append(`${this.done}건을 처리했습니다. `, again, listOf(this.refused));
    told.append(inside);
    this.box.replaceChildren(told);
    this.button.disabled = false;
    again.focus();
  }
}

function listOf(texts) {
  const list = document.createElement("ul");
  list.append(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  return list;
}

function labelOf(box) {
  return box.getAttribute("aria-label") ?? box.closest("label")?.textContent.trim() ?? box.value;
}
