// Changing language in the middle of a step keeps what was typed: the header's link becomes the form's own button.
const form = document.querySelector("form[data-request]");
for (const link of form ? document.querySelectorAll(".site-header__languages a[hreflang]") : []) {
  const button = form.querySelector(`button[name="switch"][value="${link.hreflang}"]`);
  if (button) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      form.requestSubmit(button);
    });
  }
}
// After a refusal the summary is read first.
document.querySelector("#errors")?.focus();
