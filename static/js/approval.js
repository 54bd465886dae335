// A dialog that came back with an error opens by itself, so that its message is seen.

document.querySelector("dialog[data-dialog-now]")?.showModal();
