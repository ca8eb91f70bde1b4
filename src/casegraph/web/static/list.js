// Reads a file of names into the form, where they can be seen before they are sent.
const LARGEST = 1 << 20; // bytes
const file = document.querySelector("#file");
const told = document.querySelector("#told");
const names = document.querySelector("textarea[name=names]");

if (file) {
  file.closest("p").hidden = false;
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > LARGEST) {
      told.textContent = "The file is larger than 1 MB.";
      return;
    }
    names.value = await chosen.text();
    told.textContent = `${names.value.split("\n").filter((line) => line.trim()).length} lines read.`;
  });
}
