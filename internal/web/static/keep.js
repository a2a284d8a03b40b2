// The form of a unit's reports keeps what is typed a few seconds after it was. Its button
// does the same without this. A form on its way waits for what is being kept, because both
// go by one command id.
"use strict";
(() => {
  const form = document.querySelector("form[data-keep]");
  if (!form) return;
  const said = document.createElement("p");
  said.className = "sm mut";
  said.setAttribute("role", "status");
  form.querySelector(".acts:last-of-type").after(said);
  let timer = 0, keeping = null;
  async function keep() {
    const data = new FormData(form);
    data.set("keep", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), headers: { "Luoshi-Part": "1" }, redirect: "manual" });
      const next = answer.headers.get("Luoshi-Command");
      if (answer.status !== 204 || !next) return; // what is wrong is told when the form is sent
      form.elements.command.value = next;
      said.textContent = form.dataset.keep;
    } catch { /* nobody answers: the words are still here */ }
  }
  form.addEventListener("input", () => {
    said.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(async () => {
      if (keeping) await keeping;
      keeping = keep();
      await keeping;
      keeping = null;
    }, 3000);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!keeping) return;
    event.preventDefault();
    const button = event.submitter;
    keeping.then(() => setTimeout(() => form.requestSubmit(button)));
  });
})();
