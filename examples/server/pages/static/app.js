// What pages add to HTML. Each works without it, but for dragging cards and what comes while somebody types.
"use strict";

// A page with what is wrong shows that first.
document.querySelector(".problems")?.focus();

// Only one menu is open, and a click elsewhere or Escape closes it.
addEventListener("click", (e) => {
	for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
});
addEventListener("keydown", (e) => {
	if (e.key !== "Escape") return;
	for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
});
