// What pages add to HTML. Each works without it, but for dragging cards and what comes while somebody types.
"use strict";

// A page with what is wrong shows that first.
document.querySelector(".problems")?.focus();

// A form that is sent is not sent once more while its answer is under way.
addEventListener("submit", (e) => {
	if (e.defaultPrevented || e.target.method !== "post") return;
	if (e.target.dataset.sent) { e.preventDefault(); return; }
	e.target.dataset.sent = "yes";
	setTimeout(() => { delete e.target.dataset.sent; }, 10_000); // its answer may have been stopped
});
addEventListener("pageshow", () => { // the page may come back from the browser's memory
	for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Only one menu is open, and a click elsewhere or Escape closes it.
addEventListener("click", (e) => {
	for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
});
addEventListener("keydown", (e) => {
	if (e.key !== "Escape") return;
	for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
});

// The palette: a search from everywhere, with the keyboard alone.
const workspace = document.body.dataset.workspace;
let palette;

function openPalette() {
	if (!palette) {
		const label = document.querySelector("[data-palette] span").textContent;
		palette = document.createElement("dialog");
		palette.className = "palette";
		palette.setAttribute("aria-label", label);
		const input = document.createElement("input");
		input.type = "search";
		input.setAttribute("aria-label", label);
		const list = document.createElement("div");
		list.setAttribute("aria-live", "polite");
		palette.append(input, list);
		document.body.append(palette);
		let asked = 0;
		let late = true; // the list is not yet that of what is typed
		let enter = false; // and the first one of it is wanted
		const answered = async () => {
			try {
				const answer = await fetch(`/w/${workspace}/search?part=1&q=${encodeURIComponent(input.value)}`);
				return answer.ok ? await answer.text() : "";
			} catch {
				return "";
			}
		};
		const find = async () => {
			const mine = ++asked;
			const text = await answered();
			if (mine !== asked) return;
			list.innerHTML = text;
			if (enter) list.querySelector("a")?.click();
			late = enter = false;
		};
		let wait;
		input.addEventListener("input", () => {
			clearTimeout(wait);
			asked++;
			late = true;
			enter = false;
			wait = setTimeout(find, 120);
		});
		palette.addEventListener("keydown", (e) => {
			const links = [...list.querySelectorAll("a")];
			const at = links.indexOf(document.activeElement);
			if (e.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
			else if (e.key === "ArrowUp") at > 0 ? links[at - 1].focus() : input.focus();
			else if (e.key === "Enter" && document.activeElement === input && late) enter = true;
			else if (e.key === "Enter" && document.activeElement === input) links[0]?.click();
			else return;
			e.preventDefault();
		});
		palette.addEventListener("click", (e) => { if (e.target === palette) palette.close(); });
		find();
	}
	palette.showModal();
	palette.querySelector("input").select();
}

// unsaved tells that leaving the page loses what somebody has typed: since it came, or before it came back with what is wrong.
let unsaved = document.querySelector("main .problems") !== null;
addEventListener("input", (e) => { if (e.target.form?.method === "post") unsaved = true; }, true);

// Who has typed in one form and leaves by a link, or sends another form beside it, is asked first: only a form that is sent is saved.
// Boxes of a list, by which records are chosen, say nothing that is lost.
const typedIn = new Set([...document.querySelectorAll('main [aria-invalid="true"]')].map((x) => x.form));
let sentForm;
addEventListener("input", ({ target: { form } }) => { if (form?.method === "post" && !("select" in form.dataset)) typedIn.add(form); }, true);
addEventListener("submit", (e) => { sentForm = e.defaultPrevented ? null : e.target; });
addEventListener("beforeunload", (e) => {
	if (![...typedIn].some((form) => form?.method === "post" && form.isConnected && form !== sentForm)) return;
	e.preventDefault();
	const left = sentForm;
	setTimeout(() => { // who stays may send it all the same, and may have sent another one by now
		delete left?.dataset.sent;
		if (sentForm === left) sentForm = null;
	});
});
addEventListener("pageshow", () => { sentForm = null; });

// Who has chosen what somebody else has saved, and then types in the field, wants what is typed. What a choice is about says its name,
// or its group, and for a profile the row with its id.
addEventListener("input", ({ target: { form, name: typed } }) => {
	for (const mine of form?.querySelectorAll('input[name^="take."][value=mine]') ?? []) {
		const name = mine.name.slice("take.".length);
		const id = /^profile\.([^.]+)/.exec(name)?.[1];
		const row = id && [...form.querySelectorAll('input[name^="profiles["][name$="].id"]')].find((x) => x.value === id);
		if (id && !row) continue;
		const begins = row ? row.name.slice(0, -"id".length) : "";
		const group = form.elements[`group.${name}`]?.value;
		const fields = group ? JSON.parse(group).of : [id ? name.slice(`profile.${id}.`.length) : name];
		if (fields.some((f) => typed === begins + f || ((f === "" || f.endsWith("[")) && typed.startsWith(begins + f)))) mine.checked = true;
	}
});

if (workspace) {
	document.querySelector("[data-palette]").addEventListener("click", (e) => { e.preventDefault(); openPalette(); });
	addEventListener("keydown", (e) => {
		const typing = e.target.closest("input, select, textarea, [contenteditable], dialog");
		if ((e.key === "k" && (e.ctrlKey || e.metaKey)) || (e.key === "/" && !typing)) { e.preventDefault(); openPalette(); return; }
		if (typing || unsaved || e.ctrlKey || e.metaKey || e.altKey) return;
		if (e.key === "n") location.href = `/w/${workspace}/cooperations/new`;
		if (e.key === "g") location.href = `/w/${workspace}/planning`;
	});
}
