// The attendant signs with a finger, a pen or the mouse. Strokes are kept as points of a field of 1,000 × 400.

const box = document.querySelector("[data-signature]");
const canvas = box?.querySelector("canvas");
const input = document.querySelector('input[name="strokes"]');
const NEAR = 4; // points nearer than this are left out
let strokes = [];
let present = null;

if (box) start();

function start() {
  box.hidden = false;
  strokes = JSON.parse(input.value || "[]");
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    present = [pointOf(event)];
    strokes.push(present);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!present) return;
    const [x, y] = pointOf(event);
    const [lastX, lastY] = present.at(-1);
    if (Math.hypot(x - lastX, y - lastY) < NEAR) return;
    present.push([x, y]);
    draw();
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, keep);
  box.querySelector("[data-clear]").addEventListener("click", () => {
    strokes = [];
    keep();
    draw();
  });
  draw();
}

function keep() {
  present = null;
  input.value = strokes.length ? JSON.stringify(strokes) : "";
}

function pointOf({ clientX, clientY }) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
  return [within(((clientX - left) / width) * canvas.width, canvas.width), within(((clientY - top) / height) * canvas.height, canvas.height)];
}

function draw() {
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  Object.assign(pen, { lineWidth: 6, lineCap: "round", lineJoin: "round" });
  for (const [first, ...rest] of strokes) {
    pen.beginPath();
    pen.moveTo(...first);
    for (const point of rest.length ? rest : [first]) pen.lineTo(...point);
    pen.stroke();
  }
}
