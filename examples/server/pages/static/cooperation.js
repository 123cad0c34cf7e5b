// The form of a cooperation: what is chosen fills in the rest at once, and conflicts and the plan follow while somebody
// types. The server does it; this sends the form as it is and puts the parts of the answer in their places.
"use strict";

const deal = document.querySelector("form[data-cooperation]");

let sending = 0; // counts the requests, and what makes an answer to an earlier one late
let whole = false; // the parts for typing are to be replaced too
let timer;

// refresh asks for the parts of the form. With all, those for typing are replaced too, but for the one that has the focus. An answer
// that somebody has typed before is late: it is left aside, and later asks again.
async function refresh(all) {
	clearTimeout(timer);
	whole ||= all;
	const turn = ++sending;
	const body = new URLSearchParams(new FormData(deal));
	body.set("do", "fill");
	const address = new URL(deal.action);
	address.searchParams.set("part", "form");
	let text;
	try {
		const answer = await fetch(address, { method: "POST", body });
		text = answer.ok ? await answer.text() : "";
	} catch {
		return; // the button does the same
	}
	if (!text || turn !== sending) return;
	let skipped = false;
	const parts = new DOMParser().parseFromString(text, "text/html");
	for (const part of parts.querySelectorAll("[data-part]")) {
		const old = document.getElementById(part.id);
		if (!old || (!("live" in part.dataset) && !whole)) continue;
		if (!("live" in part.dataset) && old.contains(document.activeElement)) skipped = true;
		else old.replaceWith(document.importNode(part, true));
	}
	whole &&= skipped;
}

function later() {
	clearTimeout(timer);
	sending++;
	timer = setTimeout(() => refresh(false), 400);
}

// find asks for the records that a text finds, and lists them while one is looked for. The arrow down leads into the list, and
// Enter takes the first one that was found.
function find(picker) {
	const input = picker.querySelector("input[type=search]");
	const select = picker.querySelector("select");
	let waiting;
	let turn = 0;
	picker.querySelector("button").hidden = true;
	let asked = false; // the list is not yet that of what is typed
	let enter = false; // and the first one of it is wanted
	const looking = () => input.value.trim() !== "";
	// The list has the chosen one also where the text does not find it.
	const found = () => [...select.options].filter((o) => o.value && !("kept" in o.dataset));
	const list = (open) => { select.size = open ? Math.min(8, Math.max(2, select.options.length)) : 1; };
	const choose = (value) => {
		list(false);
		if (select.value === value) return;
		select.value = value;
		refresh(true);
	};
	const chooseFirst = () => { looking() && found().length ? choose(found()[0].value) : list(false); };
	select.addEventListener("click", () => { if (select.value) list(false); });
	select.addEventListener("keydown", (e) => {
		if (e.key !== "Enter" || select.size < 2) return;
		e.preventDefault();
		list(false);
	});
	input.addEventListener("keydown", (e) => {
		if (e.key === "Escape") list(false);
		if (e.key === "ArrowDown" && select.size > 1) select.focus();
		if (e.key === "Enter" && asked) enter = looking();
		else if (e.key === "Enter" && select.size > 1) chooseFirst();
		if (["Enter", "ArrowDown"].includes(e.key)) e.preventDefault();
	});
	const answered = async () => {
		const address = new URL(deal.dataset.choices, location.href);
		address.search = new URLSearchParams({ kind: picker.dataset.picker, text: input.value, chosen: select.value });
		try {
			const answer = await fetch(address);
			return answer.ok ? await answer.text() : null;
		} catch {
			return null;
		}
	};
	input.addEventListener("input", (e) => {
		e.stopPropagation();
		clearTimeout(waiting);
		const mine = ++turn;
		asked = true;
		enter = false;
		waiting = setTimeout(async () => {
			const options = await answered();
			if (mine !== turn) return;
			asked = false;
			if (options === null) { // what is listed is not what the text finds
				enter = false;
				list(false);
				return;
			}
			const { value } = select;
			const others = new DOMParser().parseFromString(`<select>${options}</select>`, "text/html").querySelector("select");
			select.replaceChildren(...others.children);
			select.value = value; // options that move choose themselves
			list(looking());
			if (enter) chooseFirst();
			else if (!value && looking() && found().length === 1) choose(found()[0].value); // the one that was meant
			enter = false;
		}, 200);
	});
}

const filling = ["campaign", "influencer", "profile", "period.start"];

if (deal && !deal.querySelector("fieldset").disabled) {
	deal.querySelectorAll("[data-picker]").forEach(find);
	deal.addEventListener("input", later);
	deal.addEventListener("change", (e) => { if (filling.includes(e.target.name)) refresh(true); });
	deal.addEventListener("click", (e) => {
		const button = e.target.closest("button");
		if (!button) return;
		if ("addRule" in button.dataset) {
			e.preventDefault();
			const rows = deal.querySelectorAll("[data-rule]");
			const last = rows[rows.length - 1];
			const row = last.cloneNode(true);
			const n = Number(last.dataset.rule) + 1;
			row.dataset.rule = n;
			row.querySelectorAll(".error").forEach((x) => x.remove());
			for (const x of row.querySelectorAll("input, select, button")) {
				for (const name of ["name", "id", "value", "aria-label"]) {
					if (x.hasAttribute(name) && !(name === "value" && x.tagName === "INPUT")) {
						const was = x.getAttribute(name);
						x.setAttribute(name, name === "aria-label" ? was.replace(/\d+/, n + 1) : was.replace(/(rules\[|drop\.)\d+/, `$1${n}`));
					}
				}
				if (x.tagName === "INPUT") { x.value = ""; x.removeAttribute("value"); x.removeAttribute("aria-invalid"); }
				else if (x.name.endsWith(".benefit.kind")) x.value = "percentage";
			}
			last.after(row);
			row.querySelector("input").focus();
			later();
		}
		if ("dropRule" in button.dataset) {
			e.preventDefault();
			const row = button.closest("[data-rule]");
			const other = row.nextElementSibling ?? row.previousElementSibling;
			if (other) row.remove();
			else row.querySelectorAll("input").forEach((x) => { x.value = ""; });
			(other ?? row).querySelector("input").focus();
			later();
		}
	});
}

for (const button of document.querySelectorAll("[data-copy]")) {
	if (!navigator.clipboard) continue;
	button.hidden = false;
	button.addEventListener("click", async () => {
		await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
		button.parentElement.querySelector("[data-copy-status]").textContent = button.dataset.copied;
	});
}
