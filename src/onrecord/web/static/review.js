// One key for each answer; whoever has no scripts uses the buttons, or their access keys.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=hidden]), select, textarea")) return;
  const key = event.key.toLowerCase();
  const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!found) return;
  event.preventDefault();
  if (found.tagName === "SUMMARY") found.parentElement.open = true;
  found.focus();
  if (found.tagName !== "SUMMARY") found.click();
});
