"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const finding = (number) => document.getElementById("f" + number);
  const numbers = (cell) => cell.dataset.f.split(" ");

  // A target inside a closed group is opened before the browser scrolls to it.
  const reveal = (node) => {
    for (let up = node; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  };
  const cool = () => all(".hot").forEach((node) => node.classList.remove("hot", "first"));
  const warm = (number, target) => {
    cool();
    finding(number)?.classList.add("hot");
    all("[data-f]").filter((cell) => numbers(cell).includes(number)).forEach((cell) => cell.classList.add("hot"));
    if (target) target.classList.add("first");
  };

  const uncover = (target) => {
    target.hidden = target.closest(".group").hidden = false;
    reveal(target);
    warm(target.id.slice(1), target);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const item = event.target.closest(".finding");
    const cell = event.target.closest("[data-f]");
    if (link) {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      reveal(target);
      if (item) warm(item.id.slice(1), target);
      else if (cell) uncover(target);
    } else if (item && !event.target.closest("summary") && !String(getSelection())) {
      item.querySelector("a.place")?.click();
    } else if (cell) {
      const target = finding(numbers(cell)[0]);
      uncover(target);
      location.hash = target.id;
    }
  });
  all(".finding").forEach((item) => item.classList.toggle("link", !!item.querySelector("a.place")));
  const open = () => { const node = document.getElementById(location.hash.slice(1)); if (node) reveal(node); };
  addEventListener("hashchange", open);
  open();
  addEventListener("beforeprint", () => all("details").forEach((node) => { node.open = true; }));

  // The message of a cell, shown while it is pointed at or focused.
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  const show = (cell) => {
    tip.replaceChildren(...numbers(cell).slice(0, 4).map((number) => {
      const item = finding(number);
      const entry = document.createElement("div");
      entry.className = item.dataset.severity;
      const place = document.createElement("i");
      place.textContent = "  " + item.querySelector(".place").textContent;
      entry.append(item.querySelector(".badge").cloneNode(true), place);
      for (const name of [".message", ".english"]) entry.append(item.querySelector(name).cloneNode(true));
      return entry;
    }));
    tip.hidden = false;
    const box = cell.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 12);
    const below = box.bottom + 6 + tip.offsetHeight < innerHeight;
    tip.style.left = Math.max(8, left) + scrollX + "px";
    tip.style.top = (below ? box.bottom + 6 : box.top - tip.offsetHeight - 6) + scrollY + "px";
  };
  const hide = () => { tip.hidden = true; };
  all("[data-f]").forEach((cell) => {
    all("[title]", cell).forEach((node) => {
      node.setAttribute("aria-label", node.textContent + " " + node.title);
      node.removeAttribute("title");
    });
    cell.addEventListener("mouseenter", () => show(cell));
    cell.addEventListener("mouseleave", hide);
    cell.addEventListener("focusin", () => show(cell));
    cell.addEventListener("focusout", hide);
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); cool(); } });

  // Filters
  const form = document.querySelector(".filters");
  if (!form) return;
  form.hidden = false;
  const items = all(".finding");
  const filter = () => {
    const off = new Set(all(".toggle[aria-pressed=false]", form).map((button) => button.dataset.severity));
    const rule = form.elements.rule.value;
    const title = form.elements.form.value;
    const words = form.elements.text.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      item.hidden = off.has(item.dataset.severity) || (rule && item.dataset.rule !== rule) ||
        (title && item.dataset.form !== title) || !words.every((word) => text.includes(word));
      shown += !item.hidden;
    }
    const narrowed = shown < items.length;
    for (const group of all(".group")) {
      group.hidden = !group.querySelector(".finding:not([hidden])");
      if (narrowed && (rule || title || words.length)) group.open = true;
    }
    document.getElementById("no-match").hidden = shown > 0;
    form.querySelector(".shown").textContent = narrowed ? `显示 ${shown} / ${items.length} 条` : "";
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest(".toggle");
    if (!button) return;
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    filter();
  });
})();
