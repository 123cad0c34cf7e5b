// A sheet is planned as soon as it is chosen or dropped, and the progress of an import is shown as it goes.
"use strict";

// The server then need not have the page load itself again while an import goes on.
document.cookie = "crm_script=1; path=/; SameSite=Lax";

for (const form of document.querySelectorAll("form[data-drop]")) {
	const input = form.querySelector("input[type=file]");
	const send = () => {
		if (!input.files.length) return;
		form.querySelector("[data-status]").textContent = form.dataset.busy;
		form.requestSubmit();
	};
	const headers = form.querySelector("[name^='header.']");
	if (!headers) input.addEventListener("change", send);
	for (const name of ["dragover", "dragenter"]) form.addEventListener(name, (e) => { e.preventDefault(); form.classList.add("over"); });
	for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
	form.addEventListener("drop", (e) => {
		if (!e.dataTransfer.files.length) return;
		e.preventDefault();
		input.files = e.dataTransfer.files;
		if (!headers) send();
	});
	form.addEventListener("submit", () => { form.querySelector("[data-status]").textContent = form.dataset.busy; });
}

for (const part of document.querySelectorAll("[data-events]")) {
	const events = new EventSource(part.dataset.events);
	const number = new Intl.NumberFormat(document.documentElement.lang);
	let said = 0;
	events.addEventListener("progress", (e) => {
		const job = JSON.parse(e.data);
		if (!job.total) return;
		part.querySelector("progress").value = 100 * job.done / job.total;
		if (Date.now() - said < 1000) return; // those who hear it hear it once a second
		said = Date.now();
		let n = 0;
		part.querySelector("[role=status]").textContent = part.dataset.text.replace(/%s/g, () => number.format([job.done, job.total][n++]));
	});
	events.addEventListener("result", () => { events.close(); location.reload(); });
}
