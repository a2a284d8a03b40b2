// The review page without loading it again for each step. Everything here has a way
// without it: the links lead to pages, the forms are sent. It keeps three promises:
// what was typed is never thrown away, what was saved was confirmed by the server, and
// what others do appears within seconds.
"use strict";
(() => {
  const draft = document.getElementById("draft"), words = document.getElementById("words");
  if (!draft || !words) return;
  const plan = draft.dataset.plan, say = words.dataset, part = { "Luoshi-Part": "1" };
  const [address, query] = plan.split("?");
  const at = (path) => address + path + (query ? (path.includes("?") ? "&" : "?") + query : "");
  let last = Number(draft.dataset.last), current = null, open = null;
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const tell = (text) => { $("#tell").textContent = text; };
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));

  // ask speaks with the server until it answers; a command has its id, so that sending
  // it again does it once. While it does, the draft says that it is busy.
  let asked = 0;
  const busy = (by) => { asked += by; draft.setAttribute("aria-busy", asked > 0); };
  async function ask(path, options = {}) {
    busy(1);
    try {
      for (let wait = 1000; ; wait = Math.min(2 * wait, 8000)) {
        try {
          const answer = await fetch(path, { ...options, headers: part, redirect: "manual" });
          const { status, ok, headers: heads } = answer, text = await answer.text();
          if (status !== 503) return { status, ok, headers: heads, text };
        } catch { /* nobody answers */ }
        tell(say.lost);
        await pause(wait);
      }
    } finally { busy(-1); }
  }

  // ---- what changed, here and elsewhere ----

  let syncing = false;
  async function sync(mine) {
    if (syncing) { await pause(150); return sync(mine); }
    syncing = true;
    try {
      const answer = await ask(at("/steps?after=" + last));
      if (answer.status !== 200) return;
      const steps = JSON.parse(answer.text);
      if (!steps.length) return;
      const nodes = [...new Set(steps.flatMap((s) => s.nodes || []))];
      // What could not be shown anew is asked for again, so the place is kept until it was.
      if (!(await refresh(nodes))) return;
      last = steps[steps.length - 1].seq;
      const other = steps.filter((s) => !s.mine).pop();
      if (other) tell(say.other.replace("%s", other.who).replace("%s", other.what));
      else if (mine) tell(say.saved);
    } finally { syncing = false; }
  }

  async function refresh(nodes) {
    const answer = await ask(at("/parts?nodes=" + nodes.join(",")));
    if (answer.status !== 200) return false;
    const fresh = new DOMParser().parseFromString(answer.text, "text/html");
    const stop = current && (current.id || current.closest("[id]")?.id);
    const ticked = new Set(all("[name=items]:checked").map((box) => box.value));
    const told = $("#tell").textContent;
    $("#bar").replaceChildren(...fresh.getElementById("bar").childNodes);
    tell(told);
    for (const pair of all(".pair[data-node]", fresh)) {
      const stands = document.getElementById(pair.id);
      // A form that is being filled in stays; its clause is shown anew when it is closed.
      if (!stands || (open && stands.contains(open.form))) continue;
      keepWords(stands, pair);
      stands.replaceWith(document.adoptNode(pair));
    }
    for (const box of all("[name=items]")) box.checked = ticked.has(box.value);
    if (stop && !current?.isConnected) go(document.getElementById(stop), !open && document.activeElement === document.body);
    showKeys();
    return true;
  }

  function keepWords(stands, pair) {
    for (const form of all("[data-ask]", stands)) {
      const typed = $("[name=words]", form)?.value, same = $("form#" + form.id, pair);
      if (typed && same) ownWords(same).value = typed;
      const alike = same && $("[name=alike]", same);
      if (alike) alike.checked = $("[name=alike]", form)?.checked;
    }
  }

  // ownWords chooses to answer in one's own words and gives the field for them, which the
  // page leaves out where very many questions are open.
  function ownWords(question) {
    $("[value='-1']", question).checked = true;
    const there = $("[name=words]", question);
    if (there) return there;
    const field = document.createElement("input");
    field.name = "words";
    field.setAttribute("aria-label", say.words);
    $("fieldset", question).append(field);
    return field;
  }

  // ---- forms in their place ----

  async function openAt(link, where) {
    if (open && !(await close())) return;
    const stop = where.id, pair = where.closest(".pair")?.id;
    const answer = await ask(link.href);
    if (answer.status !== 200) { location.href = link.href; return; }
    // The clause may have been shown anew meanwhile.
    if (!where.isConnected) where = document.getElementById(stop) || $(".read", document.getElementById(pair) || document);
    const box = document.createElement("div");
    box.innerHTML = answer.text;
    const section = box.firstElementChild, form = $("form", section);
    if (!form) { tell(section.textContent.trim()); return; }
    const table = where.closest("table");
    if (table) table.after(section);
    else where.append(section);
    open = { form, shell: section };
    Object.assign(open, { pair: section.closest(".pair"), back: link, sent: content(form), saves: !/\/(new|remove|split|add\/\w+)$/.test(new URL(form.action).pathname) && !/\/items\/\w{3,4}$/.test(new URL(form.action).pathname) });
    (all("input:not([type=hidden]), select, textarea", form)[0] || $("button", form)).focus({ preventScroll: true });
    section.scrollIntoView({ block: "nearest" });
  }

  const content = (form) => new URLSearchParams(new FormData(form)).toString().replace(/command=[^&]*/, "");

  // save sends a form; the answer is nothing but a new command id, or the form again
  // with what is wrong with it.
  async function save(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.set(submitter.name, submitter.value);
    tell(say.saving);
    const answer = await ask(form.action, { method: "POST", body });
    if (answer.status === 204) {
      form.command.value = answer.headers.get("Luoshi-Command");
      const more = answer.headers.get("Luoshi-Next");
      if (more) {
        const { back, pair } = open;
        await close(true);
        await openAt({ href: new URL(more, location).href, closest: (s) => back.closest(s) }, $(".read", document.getElementById(pair.id)));
        return false;
      }
      await sync(true);
      tell(say.saved);
      return true;
    }
    const text = answer.text, box = document.createElement("div");
    box.innerHTML = text;
    const again = answer.ok ? null : $("form", box);
    if (!again || answer.headers.get("Content-Type")?.startsWith("text/html") && $("html", box)) { form.submit(); return false; }
    $(".errors", form.parentElement)?.remove();
    const wrong = $(".errors", box);
    if (wrong) form.before(wrong);
    for (const name of ["saw", "told"]) if (form[name] && again[name]) form[name].value = again[name].value;
    tell(wrong?.textContent.trim().split("\n")[0] || "");
    return false;
  }

  // autosave saves an open form that differs from what was saved.
  async function autosave() {
    const stays = open;
    if (!stays || !stays.saves) return true;
    if (stays.saving) { await stays.saving; return autosave(); }
    const { form } = stays, now = content(form);
    if (now === stays.sent) return true;
    stays.saving = save(form);
    const good = await stays.saving;
    stays.saving = null;
    if (good) {
      $(".errors", form.parentElement)?.remove();
      stays.sent = now;
      if (stays === open && content(form) === now) await renew(stays, now);
      if (stays === open && content(form) !== stays.sent) return autosave();
    }
    return good;
  }

  // renew fills a form with what now stands, others' changes too, unless somebody has
  // typed on meanwhile: then it keeps saying which state its values come from.
  async function renew(stays, now) {
    const answer = await ask(stays.back.href);
    if (answer.status !== 200) return;
    const fresh = new DOMParser().parseFromString(answer.text, "text/html").querySelector("form");
    if (!fresh || content(stays.form) !== now) return;
    for (const field of stays.form.elements) {
      const same = field.name && fresh.elements[field.name];
      if (!same || field.name === "command") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = [...fresh.elements].some((f) => f.name === field.name && f.value === field.value && f.checked);
      else if (field.value !== same.value) field.value = same.value;
    }
    stays.sent = content(stays.form);
  }

  async function close(force) {
    const closing = open;
    if (!closing) return true;
    if (!force && !(await autosave())) return false;
    if (open !== closing) return true;
    const { shell, pair, back } = closing, node = pair?.dataset.node;
    shell.remove();
    open = null;
    if (node) await refresh([node]);
    const shown = node && document.getElementById(pair.id);
    go(document.getElementById(back.closest("[data-stop]")?.id) || shown && $("[data-stop]", shown));
    return true;
  }

  let typing;
  document.addEventListener("input", (event) => {
    if (!open || !open.form.contains(event.target)) return;
    clearTimeout(typing);
    typing = setTimeout(autosave, 1500);
  });
  document.addEventListener("change", (event) => {
    const { target } = event, question = target.closest("[data-ask]");
    if (question && target.type === "radio") {
      if (target.value === "-1") ownWords(question).focus();
      else save(question).then((good) => good && next(1));
    } else if (open?.form.contains(target)) autosave();
    else if (target.name === "items") countTicked();
  });
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.matches("[data-ask]")) {
      event.preventDefault();
      save(form, submitter).then((good) => good && next(1));
    } else if (open?.form === form) {
      event.preventDefault();
      if (open.saves && !submitter?.name) { close(); return; }
      const stays = open;
      if (stays.busy) return; // Enter pressed twice
      stays.busy = true;
      save(form, submitter).then((good) => {
        stays.busy = false;
        if (good && open === stays) close(true);
      });
    } else if (form.matches("[data-again]")) {
      event.preventDefault();
      again(form);
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a, button");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.matches("a[data-open]")) {
      event.preventDefault();
      // With words selected an item is split there at once.
      if (!link.matches("[data-key=s]") || !pick(link)) openAt(link, link.closest("[data-stop]") || link.closest(".read") || link.parentElement);
    } else if (link.matches("[data-kind]")) {
      if (pick(link)) event.preventDefault();
    } else if (open?.form.contains(link) && link.matches(".acts a")) {
      event.preventDefault();
      close(true);
    } else if (link.matches("[data-keys]")) {
      localStorage.setItem("luoshi-keys", keysOn() ? "off" : "on");
      showKeys();
    }
  });
  addEventListener("beforeunload", (event) => { if (open?.saves && content(open.form) !== open.sent) event.preventDefault(); });

  async function again(form) {
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.status === 204) { await close(true); await sync(true); return; }
    const box = document.createElement("div");
    box.innerHTML = answer.text;
    tell($(".lede", box)?.textContent || say.nothing);
    form.command.value = "";
    refresh([]);
  }

  // ---- words of the document ----

  // placeOf is the rune of the stored text at a place of the page.
  function placeOf(node, offset) {
    const block = (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-at]");
    if (!block) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    return Number(block.dataset.at) + [...range.toString()].length;
  }

  let picked = null;
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount) return;
    const range = chosen.getRangeAt(0);
    const from = placeOf(range.startContainer, range.startOffset), to = placeOf(range.endContainer, range.endOffset);
    picked = from !== null && to !== null && from < to ? { at: from + "-" + to, pair: range.startContainer.parentElement.closest(".pair") } : null;
    $("#pick").classList.toggle("on", picked !== null);
  });

  function pick(link) {
    if (!picked) return false;
    const there = new URL(link.href);
    there.searchParams.set("at", picked.at);
    const stop = link.closest("[data-stop]"), where = stop || $(".read", picked.pair);
    getSelection().removeAllRanges();
    openAt({ href: there.href, closest: () => stop }, where);
    picked = null;
    $("#pick").classList.remove("on");
    return true;
  }

  // paste opens the form for words that are typed or pasted, beside what the reader is at.
  function paste(link) {
    const there = new URL(link.href), item = current?.closest(".itemread");
    if (item) there.searchParams.set("item", item.id.slice(2));
    const stop = item || current;
    openAt({ href: there.href, closest: (s) => stop?.closest(s) }, stop?.closest(".read") || $(".read"));
  }

  // ---- keys ----

  const keysOn = () => localStorage.getItem("luoshi-keys") !== "off";
  function showKeys() {
    const keys = $(".keys");
    if (!keys) return;
    keys.hidden = false;
    keys.classList.toggle("off", !keysOn());
    $("[data-keys]").textContent = keysOn() ? say.on : say.off;
    countTicked();
  }
  function countTicked() {
    const n = all("[name=items]:checked").length;
    if ($("#ticked")) $("#ticked").textContent = n ? say.ticked.replace("%s", n) : "";
    $("#many")?.classList.toggle("on", n > 0);
  }
  const stops = () => all("[data-stop]"), questions = () => all("[data-ask]").sort((a, b) => a.dataset.ask - b.dataset.ask);
  function go(stop, focus = true) {
    if (!stop) return;
    current?.closest(".pair")?.classList.remove("cur");
    current?.classList.remove("at");
    current = stop;
    stop.closest(".pair")?.classList.add("cur");
    stop.classList.add("at");
    stop.tabIndex = -1;
    if (focus) { stop.focus({ preventScroll: true }); stop.scrollIntoView({ block: "nearest" }); }
  }
  // step goes on in a list; from elsewhere to the nearest behind, or with questions, whose
  // order is what hangs on them, to the first.
  function step(list, by) {
    if (!list.length) return;
    const k = list.indexOf(current);
    if (k >= 0) return go(list[Math.max(0, Math.min(list.length - 1, k + by))]);
    const near = current?.isConnected && !list[0].dataset.ask;
    const after = near && list.find((s) => current.compareDocumentPosition(s) & (by > 0 ? 4 : 2));
    go(after || list[by > 0 ? 0 : list.length - 1]);
  }
  const next = (by) => step(questions(), by);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) { event.preventDefault(); close(true); return; }
    const typed = event.target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, dialog");
    if (typed && event.key === "Enter" && open?.form.contains(typed) && typed.tagName !== "TEXTAREA") { event.preventDefault(); open.form.requestSubmit(); return; }
    if (typed || event.ctrlKey || event.altKey || event.metaKey || !keysOn()) return;
    const key = event.key.toLowerCase(), question = current?.matches?.("[data-ask]") ? current : null;
    // What is done with an item is done from its figures and days too.
    const press = (selector) => { const item = current?.closest(".itemread"), link = current && ($(selector, current) || key !== "e" && key !== "x" && item && $(selector, item)); if (link) { event.preventDefault(); link.click(); } };
    const link = { i: "item", t: "target", d: "milestone", o: "owner", p: "phase" }[key];
    if (question && /^[1-9]$/.test(key)) {
      const choice = all("[name=choice]", question)[key - 1];
      if (choice) { event.preventDefault(); choice.click(); }
    } else if (link) {
      const add = $("[data-kind=" + link + "]");
      if (add) { event.preventDefault(); if (!pick(add)) paste(add); }
    } else if (key === "j") next(1);
    else if (key === "k") next(-1);
    else if (key === "n") step(stops(), 1);
    else if (key === "b") step(stops(), -1);
    else if (key === "a" && question) $("[name=alike]", question)?.click();
    else if (key === "w" && question) { event.preventDefault(); ownWords(question).focus(); }
    else if (key === "l" && question) { event.preventDefault(); question.requestSubmit($("[name=later]", question)); }
    else if ("exsmg".includes(key)) press("[data-key=" + key + "]");
    else if (key === "v") press("[name=items]");
    else if (key === "u" || key === "r") { const form = $("form[data-again][action*='/" + (key === "u" ? "undo" : "redo") + "']"); if (form) again(form); }
    else if (key === "?") $("#allkeys").showModal();
  });
  document.addEventListener("focusin", (event) => {
    const stop = event.target.closest("[data-ask], [data-stop]");
    if (stop && stop !== current && !open) go(stop, false);
  });

  showKeys();
  (async () => { for (;;) { await pause(4000); if (!document.hidden) await sync(false); } })();
})();
