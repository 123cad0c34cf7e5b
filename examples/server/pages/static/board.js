// The board of a campaign: cards are dragged between the columns, and moves by button need no new page. Each is sent to the
// same place as the form without script; the answer is a whole page, of which the board is taken.
"use strict";

const board = () => document.getElementById("board");

async function move(at, status, reason) {
	const form = document.getElementById("move");
	const body = new URLSearchParams(new FormData(form));
	body.set("move", `${at} ${status}`);
	if (reason) body.set("reason", reason);
	const back = new URL(location.href);
	back.searchParams.delete("done");
	body.set("back", back.pathname + back.search);
	document.dispatchEvent(new Event("crm:sending"));
	let page;
	try {
		const answer = await fetch(form.action, { method: "POST", body });
		page = new DOMParser().parseFromString(await answer.text(), "text/html");
	} catch {
		location.reload();
		return;
	}
	if (!page.getElementById("board")) {
		location.reload();
		return;
	}
	for (const id of ["campaign-head", "board"]) {
		document.getElementById(id).replaceWith(document.importNode(page.getElementById(id), true));
	}
	document.dispatchEvent(new CustomEvent("crm:sent", { detail: page.body.dataset.seq }));
	for (const old of document.querySelectorAll(".toast")) old.remove();
	const toast = page.querySelector(".toast");
	if (toast) document.body.append(document.importNode(toast, true));
	const card = document.getElementById(`c${at.split(".")[0]}`);
	card?.focus();
	const problem = card?.closest("li").querySelector(".error");
	document.getElementById("moved").textContent = problem?.textContent ?? toast?.querySelector("p")?.textContent ?? board().dataset.moved;
}

// why asks for the reason to take a signature back, and answers nothing if there is none.
function why() {
	const dialog = document.getElementById("why");
	const input = dialog.querySelector("input");
	input.value = "";
	dialog.returnValue = "";
	dialog.showModal();
	return new Promise((answer) => {
		dialog.addEventListener("close", () => answer(dialog.returnValue === "move" ? input.value : null), { once: true });
	});
}

let dragged;

document.addEventListener("dragstart", (e) => {
	dragged = e.target.closest?.("[data-at]");
	if (!dragged) return;
	dragged.classList.add("dragged");
	e.dataTransfer.effectAllowed = "move";
	e.dataTransfer.setData("text/plain", dragged.dataset.at);
});
document.addEventListener("dragend", () => {
	document.querySelectorAll(".dragged, .over").forEach((x) => x.classList.remove("dragged", "over"));
	dragged = null;
});
document.addEventListener("dragover", (e) => {
	const column = e.target.closest?.("[data-status]");
	document.querySelectorAll(".over").forEach((x) => x !== column && x.classList.remove("over"));
	if (!dragged || !column || column.contains(dragged)) return;
	e.preventDefault();
	column.classList.add("over");
});
document.addEventListener("drop", async (e) => {
	const column = e.target.closest?.("[data-status]");
	if (!dragged || !column || column.contains(dragged)) return;
	e.preventDefault();
	const { at } = dragged.dataset;
	let reason;
	if (dragged.closest("[data-status]").dataset.status === "signed") {
		reason = await why();
		if (reason === null) return;
	}
	await move(at, column.dataset.status, reason);
});
document.addEventListener("submit", (e) => {
	if (!("move" in e.target.dataset) || !e.submitter?.value) return;
	e.preventDefault();
	const [at, status] = e.submitter.value.split(" ");
	move(at, status, e.target.elements.reason?.value);
});
