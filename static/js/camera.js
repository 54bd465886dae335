// The camera in the page: as many photographs as are needed without leaving the checklist.

import { jpeg } from "./photo_file.js";

const dialog = document.getElementById("camera-dialog");
const video = dialog?.querySelector("video");
let take; // what becomes of each photograph
let count = 0;

export const hasCamera = Boolean(dialog && navigator.mediaDevices?.getUserMedia);

export async function openCamera(taken) {
  take = taken;
  tell((count = 0));
  say("");
  dialog.showModal();
  try {
    const wanted = { facingMode: "environment", width: { ideal: 2560 }, height: { ideal: 1920 } };
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: wanted });
    if (!dialog.open) stop();
  } catch {
    say("카메라를 열지 못했습니다. 브라우저에서 카메라 사용을 허락했는지 확인하거나, 닫고 ‘사진·파일’로 올리세요.");
  }
}

async function shoot() {
  if (!video.videoWidth) return;
  const size = { width: video.videoWidth, height: video.videoHeight };
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d").drawImage(video, 0, 0);
  const now = new Date();
  const file = await jpeg(canvas);
  tell((count += 1));
  take({ file, name: `현장사진-${stamp(now)}.jpg`, takenAt: now.toISOString() });
}

function stamp(moment) {
  return moment.toLocaleString("sv-SE").replaceAll(/[-:]/g, "").replace(" ", "-"); // 20201230-140305
}

function stop() {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

function tell(number) {
  dialog.querySelector("[data-taken]").textContent = number ? `${number}장 찍음` : "";
}

function say(text) {
  const told = dialog.querySelector("[data-camera-error]");
  Object.assign(told, { textContent: text, hidden: !text });
  video.hidden = Boolean(text);
}

dialog?.querySelector("[data-shoot]").addEventListener("click", shoot);
dialog?.addEventListener("close", stop);
