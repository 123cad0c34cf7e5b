// A list with boxes: one that chooses all on the page, and the part for changing several at once, which opens as
// soon as one is chosen.
"use strict";

function chooseAll() {
	for (const form of document.querySelectorAll("[data-select]")) {
		const all = form.querySelector("[data-select-all]");
		const boxes = [...form.querySelectorAll("input[name=at]")];
		const bulk = form.querySelector("details.bulk");
		if (!all) continue;
		all.hidden = false;
		const show = () => {
			const chosen = boxes.filter((box) => box.checked).length;
			all.checked = chosen === boxes.length;
			all.indeterminate = chosen > 0 && !all.checked;
			if (chosen > 0 && bulk) bulk.open = true;
		};
		all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; show(); });
		for (const box of boxes) box.addEventListener("change", show);
		show();
	}
}

chooseAll();
document.addEventListener("crm:shown", chooseAll);
