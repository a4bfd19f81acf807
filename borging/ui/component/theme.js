// Asks for a new run when the browser shows another theme than the charts were drawn in.
// Streamlit calls this after every run that brought other data, and on every change of theme.
let asked = "";

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = getComputedStyle(parentElement).colorScheme;
  const change = `${data.drawn} ${shown}`;
  if (shown === data.drawn || !["light", "dark"].includes(shown)) {
    asked = "";
  } else if (asked !== change) {
    asked = change;
    setTriggerValue("theme", shown);
  }
}
