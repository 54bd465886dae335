// Several photographs at once from the line they belong to, each with its progress. Without this script the
// same link leads to a plain form. A file that could not be sent keeps its number and may be sent again.

const form = document.querySelector("[data-checklist]");
const SESSION = "로그아웃되었습니다. 다시 로그인한 뒤 다시 올리세요.";
const picker = Object.assign(document.createElement("input"), {
  type: "file",
  multiple: true,
  accept: "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic,.heif",
});
let place = null;

form?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-add-evidence]");
  if (!link) return;
  event.preventDefault();
  place = link;
  picker.value = "";
  picker.click();
});

picker.addEventListener("change", () => {
  for (const file of picker.files) upload(place, { file, id: crypto.randomUUID() });
});

form?.addEventListener("dragover", (event) => {
  if (event.target.closest("[data-files]")) event.preventDefault();
});

form?.addEventListener("drop", (event) => {
  const link = event.target.closest("[data-files]")?.querySelector("[data-add-evidence]");
  if (!link) return;
  event.preventDefault();
  for (const file of event.dataTransfer.files) upload(link, { file, id: crypto.randomUUID() });
});

function upload(link, { file, id }) {
  const row = document.createElement("div");
  row.className = "upload";
  row.setAttribute("role", "status");
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `${file.name} 올리는 중`);
  row.append(name, bar);
  link.before(row);
  send(link, { file, id }, bar).then(
    ({ html }) => {
      const made = document.createElement("template");
      made.innerHTML = html;
      row.replaceWith(made.content);
      document.dispatchEvent(new CustomEvent("salpim:contact"));
    },
    (reason) => fail(row, name, link, { file, id }, reason),
  );
}

function fail(row, name, link, job, { message, isFinal }) {
  row.querySelector("progress").remove();
  row.classList.add("upload-failed");
  row.setAttribute("role", "alert");
  name.textContent = `${job.file.name}: ${message}`;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = isFinal ? "닫기" : "다시 올리기";
  button.addEventListener("click", () => {
    row.remove();
    if (!isFinal) upload(link, job);
  });
  row.append(button);
  if (message === SESSION) document.dispatchEvent(new Event("session:over"));
}

async function send(link, { file, id }, bar) {
  const url = new URL(link.href);
  const token = await freshToken();
  const body = new FormData();
  body.append("client_id", id);
  body.append("item", link.dataset.addEvidence);
  body.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch knows no progress of what goes out
    request.open("POST", url.pathname);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("X-CSRFToken", token);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
    });
    request.addEventListener("load", () => {
      const answer = parse(request.responseText);
      if (request.status === 201 && answer) resolve(answer);
      else if (request.status === 422 && answer) reject({ message: answer.message, isFinal: true });
      else if ([200, 401].includes(request.status)) reject({ message: SESSION });
      else if (request.status === 413) reject({ message: "파일이 너무 큽니다. 20MB까지 올릴 수 있습니다.", isFinal: true });
      else reject({ message: "올리지 못했습니다." });
    });
    request.addEventListener("error", () => reject({ message: "연결이 끊겼습니다." }));
    request.send(body);
  });
}

// A sign-in in another window changes the token of the page.
async function freshToken() {
  const response = await fetch(document.body.dataset.readyUrl, { redirect: "manual", cache: "no-store" }).catch(() => {
    throw { message: "연결이 끊겼습니다." };
  });
  if (response.type === "opaqueredirect" || response.status === 401) throw { message: SESSION };
  if (!response.ok) throw { message: "올리지 못했습니다." };
  const { user, token } = await response.json();
  if (String(user) !== form.dataset.user) throw { message: SESSION };
  return token;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
