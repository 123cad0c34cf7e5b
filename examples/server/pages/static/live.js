// A page that goes on while others work. What they change comes as events of the API; then the page is asked for once more and
// takes the place of the one that is there. While somebody types or chooses in it, and in the form of a record, it only says so.
"use strict";

(() => {
	const { body } = document;
	const button = document.querySelector("button[data-live]");
	const place = document.createElement("div"); // of news; it is there before them, so that they are read aloud
	place.setAttribute("role", "status");
	body.append(place);

	let { seq, version } = body.dataset;
	let events, timer, asked = 0, patience = 1_000;
	let owed = false; // a page was asked for and did not come: a stream that opens is no sign that the next one will

	const off = () => { try { return localStorage.getItem("crm_live") === "off"; } catch { return false; } };

	function stop() {
		clearTimeout(timer);
		events?.close();
	}

	function follow() {
		stop();
		button.setAttribute("aria-pressed", String(!off()));
		if (document.hidden || off()) return; // a browser has few connections to a server, and a tab that nobody sees needs none
		events = new EventSource(`/v1/workspaces/${body.dataset.workspace}/events?after=${seq}`);
		events.addEventListener("open", () => { if (!owed) patience = 1_000; });
		events.addEventListener("change", () => { // others may follow at once, and the page has them all
			stop();
			timer = setTimeout(ask, Math.max(300, asked + 2_000 - Date.now()));
		});
		events.addEventListener("error", () => {
			if (events.readyState === EventSource.CLOSED) later(); // else it comes back by itself
		});
	}

	function ends() {
		stop();
		button.setAttribute("aria-pressed", "false");
	}

	function later() {
		stop();
		timer = setTimeout(follow, patience);
		patience = Math.min(2 * patience, 300_000);
	}

	async function ask() {
		const after = seq;
		asked = Date.now();
		const address = new URL(location.href);
		for (const name of ["done", "already"]) address.searchParams.delete(name);
		address.searchParams.set("news", after);
		let page;
		try {
			const answer = await fetch(address);
			if (answer.status === 429 || answer.status >= 500) { owed = true; later(); return; }
			if (!answer.ok) { ends(); return; } // what it shows is gone, or the visitor is not let in any more
			page = new DOMParser().parseFromString(await answer.text(), "text/html");
		} catch {
			owed = true;
			later();
			return;
		}
		owed = false;
		patience = 1_000;
		if (seq !== after) return; // the visitor has changed something meanwhile
		if (!page.body.dataset.seq) { ends(); return; } // and was signed out
		seq = page.body.dataset.seq;
		const toast = page.querySelector(".toast");
		if (version !== "0") {
			if (page.body.dataset.version !== version) tell(toast);
			version = page.body.dataset.version;
		} else if (busy()) {
			tell(toast);
		} else {
			show(page);
			toast?.querySelector("[data-show]")?.remove();
			tell(toast);
		}
		follow();
	}

	// busy tells that somebody types, chooses or drags something that a new page would take away.
	function busy() {
		const main = document.getElementById("main");
		if (document.querySelector("dialog[open], .dragged, details.menu[open]") || !getSelection().isCollapsed) return true;
		if (main.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return true;
		return [...main.querySelectorAll("input, select, textarea")].some(changed);
	}

	function changed(field) {
		if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
		if (!field.options) return field.value !== field.defaultValue;
		const first = Math.max(0, [...field.options].findIndex((o) => o.defaultSelected));
		return field.type === "select-one" && field.selectedIndex !== first;
	}

	// show puts the content of a page in the place of that which is there; what was open stays open, and the focus where it was.
	function show(page) {
		const main = document.getElementById("main");
		const active = main.contains(document.activeElement) && document.activeElement !== main ? document.activeElement : null;
		const open = [...main.querySelectorAll("details")].map((d) => d.open);
		main.replaceChildren(...document.importNode(page.getElementById("main"), true).childNodes);
		const details = main.querySelectorAll("details");
		if (details.length === open.length) details.forEach((d, n) => { d.open = open[n]; });
		if (active?.id) document.getElementById(active.id)?.focus();
		else if (active?.matches("a[href]")) main.querySelector(`a[href="${CSS.escape(active.getAttribute("href"))}"]`)?.focus();
		document.dispatchEvent(new Event("crm:shown"));
	}

	function tell(toast) {
		place.replaceChildren();
		if (!toast) return;
		const news = document.importNode(toast, true);
		news.classList.add("news");
		news.removeAttribute("role");
		news.querySelector(".close").addEventListener("click", (e) => { e.preventDefault(); news.remove(); });
		place.append(news);
	}

	button.hidden = false;
	button.addEventListener("click", () => {
		const on = button.getAttribute("aria-pressed") === "true"; // it is not where the page has ended, whatever is stored
		try { localStorage.setItem("crm_live", on ? "off" : "on"); } catch { return; }
		follow();
	});
	// What the visitor sends is no news; the page that follows says what it did.
	const own = () => { stop(); timer = setTimeout(follow, 10_000); };
	document.addEventListener("crm:sending", own);
	addEventListener("submit", (e) => { if (e.target.method === "post") own(); }, true);
	document.addEventListener("crm:sent", (e) => { seq = e.detail ?? seq; follow(); });
	document.addEventListener("visibilitychange", follow);
	addEventListener("pagehide", stop);
	addEventListener("pageshow", (e) => { if (e.persisted) follow(); });
	follow();
})();
